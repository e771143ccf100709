import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LabAddress } from '../../../src/lib/labs/address.svelte.ts';

/** The window of a browser, as far as an address needs it. */
const browser = new EventTarget();

function goTo(hash: string): void {
	vi.stubGlobal('location', { hash, pathname: '/labs/any' });
	browser.dispatchEvent(new Event('hashchange'));
}

beforeEach(() => {
	vi.stubGlobal('addEventListener', browser.addEventListener.bind(browser));
	vi.stubGlobal('removeEventListener', browser.removeEventListener.bind(browser));
	goTo('');
});
afterEach(() => vi.unstubAllGlobals());

/** The address of a lab whose one knob is a number, and what it took over from it. */
function numberLab() {
	const taken: number[] = [];
	const address = new LabAddress<number>({
		knobs: () => taken.at(-1) ?? 1,
		take: (knob) => taken.push(knob),
		writeLink: String,
		readLink: (text) => {
			const read = Number(text.slice(1) || '1');
			return Number.isNaN(read) ? { knobs: 1, problems: [text] } : { knobs: read, problems: [] };
		}
	});
	return { address, taken };
}

test('what the address says is taken over at once, and whenever it changes, until the page is left', () => {
	goTo('#2');
	const { address, taken } = numberLab();
	expect(address.isRead).toBe(false);
	const leave = address.follow();
	expect(address.isRead).toBe(true);
	goTo('#3');
	leave();
	goTo('#4');
	expect(taken).toEqual([2, 3]);
});

test('an address that says what is set already changes nothing', () => {
	const { address, taken } = numberLab();
	address.follow();
	goTo('#1');
	expect(taken).toEqual([]);
});

test('what cannot be used is told until the next address', () => {
	goTo('#x');
	const { address } = numberLab();
	address.follow();
	expect(address.problems).toEqual(['#x']);
	goTo('#5');
	expect(address.problems).toEqual([]);
});
