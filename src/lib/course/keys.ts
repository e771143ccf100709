/** What a key asks of the lesson. */
export type KeyAction = 'run' | 'check' | 'hint' | 'map';

export interface KeyPress {
	readonly key: string;
	readonly ctrlKey: boolean;
	readonly metaKey: boolean;
	readonly altKey: boolean;
	readonly shiftKey: boolean;
}

/** The keys, for the map that `?` shows. */
export const KEY_MAP: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
	{ keys: ['Ctrl', 'Enter'], does: 'Run your code' },
	{ keys: ['Ctrl', 'Shift', 'Enter'], does: 'Check your code' },
	{ keys: ['h'], does: 'Another hint' },
	{ keys: ['?'], does: 'Show or hide this list' },
	{ keys: ['Esc'], does: 'Leave the editor with the next Tab' }
];

/** What a key press means, if anything. Single letters mean nothing while somebody is typing. */
export function keyAction(press: KeyPress, isTyping: boolean): KeyAction | undefined {
	const { key, altKey, shiftKey } = press;
	if (altKey) return undefined;
	if (press.ctrlKey || press.metaKey) {
		if (key !== 'Enter') return undefined;
		return shiftKey ? 'check' : 'run';
	}
	if (isTyping) return undefined;
	if (key === 'h') return 'hint';
	return key === '?' ? 'map' : undefined;
}

/** Whether keys go into what somebody writes. */
export function isTyping(target: EventTarget | null): boolean {
	return (
		target instanceof HTMLElement &&
		(target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
	);
}
