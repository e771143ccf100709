import type { Chance } from '../chance.ts';

const LITERALS = [
	'a',
	'b',
	'ab',
	'foo',
	'_',
	'__meta_',
	';',
	'\\.',
	'\\Qa.b\\E',
	'ä',
	'😀',
	'line'
];
const CLASSES = [
	'.',
	'\\w',
	'\\d',
	'[a-c]',
	'[^b]',
	'[[:alpha:]]',
	'\\pL',
	'[)(]',
	'\\S',
	'(?i:A)'
];
const FREQUENT = [
	'(.*)',
	'.*',
	'.+',
	'(.+)',
	'',
	'a',
	'a|ab',
	'foo|a.*',
	'__meta_(.+)',
	'(.*);(.*)'
];
const REPETITIONS = ['*', '+', '?', '*?', '+?', '{1,3}', '{2}'];
const GROUPS = ['(', '(', '(', '(?:', '(?P<x>', '(?<y>', '(?P<x>', '(?i)(', '(?P<01>'];
/** What turns many an expression into none. */
const SPLINTERS = [
	'(',
	')',
	'[',
	'*',
	'\\',
	'{',
	'(?',
	'\\Q',
	'$',
	'^',
	'(?<',
	'|',
	'\\C',
	'(?=a)'
];

/** A random RE2 expression with groups, that often matches short texts; now and then it is broken. */
export function randomExpression(chance: Chance): string {
	if (chance.is(0.3)) return chance.pick(FREQUENT);
	const expression = alternatives(chance, 3);
	if (chance.is(0.95)) return expression;
	// Where groups share a name, our message shows a broken expression without the names.
	const unnamed = [...expression.replace(/\(\?P?<\w+>/g, '(')];
	return unnamed.toSpliced(chance.below(unnamed.length + 1), 0, chance.pick(SPLINTERS)).join('');
}

function alternatives(chance: Chance, depth: number): string {
	const count = chance.is(0.2) ? 2 : 1;
	return Array.from({ length: count }, () => sequence(chance, depth)).join('|');
}

function sequence(chance: Chance, depth: number): string {
	const count = 1 + chance.below(3);
	return Array.from({ length: count }, () => repeated(chance, depth)).join('');
}

function repeated(chance: Chance, depth: number): string {
	return atom(chance, depth) + (chance.is(0.4) ? chance.pick(REPETITIONS) : '');
}

function atom(chance: Chance, depth: number): string {
	if (depth > 0 && chance.is(0.4))
		return `${chance.pick(GROUPS)}${alternatives(chance, depth - 1)})`;
	return chance.is(0.5) ? '.' : chance.pick([...LITERALS, ...CLASSES]);
}

const REFERENCES = ['$1', '${1}', '$2', '${2}', '$0', '$x', '${x}', '$y', '${y}', '$01', '$10'];
const TEXTS = ['a', 'b', '_', 'new_', 'a.b', 'ä', '$$', '$', '${', '}', '${}', '$-', '😀', ' '];

/** A random text with references to groups. */
export function randomTemplate(chance: Chance): string {
	const piece = () => chance.pick(chance.is(0.6) ? REFERENCES : TEXTS);
	return Array.from({ length: chance.below(4) }, piece).join('');
}
