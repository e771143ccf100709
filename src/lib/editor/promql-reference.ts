import type { Completion } from '@codemirror/autocomplete';
import { hoverTooltip, type Tooltip } from '@codemirror/view';
import type { CompleteStrategy } from '@prometheus-io/codemirror-promql';
import { referenceOf, type ReferenceEntry } from '#engine/promql';
import { textPieces } from '$lib/ui/code-text.ts';

/** Completion in which functions and aggregators are explained by our own reference, and only those that can be used are there. */
export function withReference(
	strategy: CompleteStrategy,
	isExperimental: () => boolean
): CompleteStrategy {
	const explain = (option: Completion) => explained(option, isExperimental());
	return {
		async promQL(context) {
			const found = await strategy.promQL(context);
			return found && { ...found, options: found.options.flatMap(explain) };
		},
		destroy: () => strategy.destroy?.()
	};
}

function explained(option: Completion, isExperimental: boolean): Completion[] {
	const isCall = option.type === 'function' || option.type === 'keyword';
	const entry = isCall ? referenceOf(option.label) : undefined;
	if (!entry) return [option];
	if (entry.experimental && !isExperimental) return [];
	return [{ ...option, detail: entry.kind, info: () => note(entry) }];
}

/** Says what a function or aggregator does where the pointer rests on its name. */
export const referenceHover = hoverTooltip((view, position): Tooltip | null => {
	const { from, text } = view.state.doc.lineAt(position);
	const word = wordAt(text, position - from);
	const entry = word && isCalled(text.slice(word.to)) ? referenceOf(word.text) : undefined;
	if (!word || !entry) return null;
	return {
		pos: from + word.from,
		end: from + word.to,
		above: true,
		create: () => ({ dom: note(entry) })
	};
});

function wordAt(line: string, column: number) {
	for (const match of line.matchAll(/[A-Za-z_]\w*/g)) {
		const to = match.index + match[0].length;
		if (match.index <= column && column <= to) return { from: match.index, to, text: match[0] };
	}
	return undefined;
}

/** Whether what follows makes a call of a name. An aggregator's labels may come before its parentheses. */
function isCalled(rest: string): boolean {
	return /^\s*(\(|(by|without)\b)/i.test(rest);
}

function note({ name, signature, about, trap }: ReferenceEntry): HTMLElement {
	const dom = document.createElement('div');
	dom.className = 'promql-note';
	const head = document.createElement('code');
	head.textContent = signature;
	dom.append(head, paragraph(about));
	if (trap) dom.append(paragraph(`Trap: ${trap}`));
	const link = document.createElement('a');
	link.href = `/reference#${name}`;
	link.textContent = 'Reference';
	dom.append(link);
	return dom;
}

function paragraph(text: string): HTMLElement {
	const made = document.createElement('p');
	for (const piece of textPieces(text)) {
		const part = document.createElement(piece.isCode ? 'code' : 'span');
		part.textContent = piece.text;
		made.append(part);
	}
	return made;
}
