import type { Chance } from '../chance.ts';
import { number } from './random-page.ts';

/** The page with one to three things done to it, none of them when chance will have it so. */
export function mutatePage(chance: Chance, page: Uint8Array): Uint8Array {
	if (chance.is(0.2)) return page;
	let mutated = page;
	for (let i = 1 + chance.below(3); i > 0; i--) mutated = chance.pick(MUTATIONS)(chance, mutated);
	return mutated;
}

type Mutation = (chance: Chance, page: Uint8Array) => Uint8Array;

const MUTATIONS: readonly Mutation[] = [
	replaceByte,
	replaceByte,
	insertText,
	insertText,
	removeBytes,
	cutShort,
	doubleLine,
	swapLines,
	dropLine,
	replaceNumber,
	moveBytes
];

const TEXTS = [
	...[
		'"',
		'\\',
		'\\"',
		'\n',
		'\r\n',
		'\t',
		' ',
		'  ',
		'{',
		'}',
		'=',
		',',
		'#',
		' # ',
		'# ',
		'_',
		':',
		'0'
	],
	...[
		'# EOF',
		'# EOF\n',
		'# TYPE ',
		'# HELP',
		'# UNIT ',
		'# TYPE x counter\n',
		' # {a="b"} 1 2',
		'{"',
		'"}'
	],
	...[
		'\x00',
		'\xff',
		'\xc3',
		'\xc3\xa4',
		'\xe2\x98',
		'\xed\xa0\x80',
		'\xf0\x9f\xa6\x8a',
		'\xef\xbb\xbf',
		'\xc2\xa0'
	],
	...[
		'e',
		'p',
		'x',
		'-',
		'+',
		'.',
		'NaN',
		'Inf',
		' 1',
		' 1.5',
		'le="1"',
		'__name__="a"',
		',,',
		'=""',
		'\x7f',
		"'"
	]
];

/** Each character up to U+00FF as one byte. */
function bytes(text: string): Uint8Array {
	return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function splice(page: Uint8Array, from: number, to: number, inside: Uint8Array): Uint8Array {
	const spliced = new Uint8Array(page.length - (to - from) + inside.length);
	spliced.set(page.subarray(0, from));
	spliced.set(inside, from);
	spliced.set(page.subarray(to), from + inside.length);
	return spliced;
}

function replaceByte(chance: Chance, page: Uint8Array): Uint8Array {
	if (page.length === 0) return page;
	const at = chance.below(page.length);
	return splice(page, at, at + 1, Uint8Array.of(chance.below(chance.is(0.7) ? 128 : 256)));
}

function insertText(chance: Chance, page: Uint8Array): Uint8Array {
	const at = chance.below(page.length + 1);
	return splice(page, at, at, bytes(chance.pick(TEXTS)));
}

function removeBytes(chance: Chance, page: Uint8Array): Uint8Array {
	const [from, to] = range(chance, page, 6);
	return splice(page, from, to, new Uint8Array(0));
}

function cutShort(chance: Chance, page: Uint8Array): Uint8Array {
	return page.slice(0, chance.below(page.length + 1));
}

function moveBytes(chance: Chance, page: Uint8Array): Uint8Array {
	const [from, to] = range(chance, page, 12);
	const without = splice(page, from, to, new Uint8Array(0));
	const at = chance.below(without.length + 1);
	return splice(without, at, at, page.slice(from, to));
}

function range(chance: Chance, page: Uint8Array, most: number): [number, number] {
	const from = chance.below(page.length + 1);
	return [from, Math.min(page.length, from + 1 + chance.below(most))];
}

/** A number in place of what follows some blank. */
function replaceNumber(chance: Chance, page: Uint8Array): Uint8Array {
	const blanks = [...page.keys()].filter((at) => page[at] === 0x20);
	if (blanks.length === 0) return page;
	const from = chance.pick(blanks) + 1;
	let to = from;
	while (to < page.length && page[to] !== 0x20 && page[to] !== 0x0a) to++;
	return splice(page, from, to, new TextEncoder().encode(number(chance)));
}

function doubleLine(chance: Chance, page: Uint8Array): Uint8Array {
	return withLines(page, (lines) => {
		const at = chance.below(lines.length);
		lines.splice(at, 0, lines[at] as Uint8Array);
	});
}

function dropLine(chance: Chance, page: Uint8Array): Uint8Array {
	return withLines(page, (lines) => void lines.splice(chance.below(lines.length), 1));
}

function swapLines(chance: Chance, page: Uint8Array): Uint8Array {
	return withLines(page, (lines) => {
		const [a, b] = [chance.below(lines.length), chance.below(lines.length)];
		[lines[a], lines[b]] = [lines[b] as Uint8Array, lines[a] as Uint8Array];
	});
}

/** Changes the lines of a page, each with its line break. */
function withLines(page: Uint8Array, change: (lines: Uint8Array[]) => void): Uint8Array {
	const lines: Uint8Array[] = [];
	for (let from = 0; from < page.length;) {
		const end = page.indexOf(0x0a, from);
		const to = end < 0 ? page.length : end + 1;
		lines.push(page.subarray(from, to));
		from = to;
	}
	if (lines.length > 0) change(lines);
	return Uint8Array.from(lines.flatMap((line) => [...line]));
}
