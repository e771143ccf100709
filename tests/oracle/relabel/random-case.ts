import { labels, type Labels } from '#engine/model';
import { type RelabelRule } from '#engine/scrape';
import type { Chance } from '../chance.ts';
import { randomExpression, randomTemplate } from './random-expression.ts';

/** A label set, and rules for it. */
export interface RelabelCase {
	readonly rules: readonly RelabelRule[];
	readonly labels: Labels;
	/** Names of labels of the set that count as set last, in this order. */
	readonly added: readonly string[];
}

const ACTIONS = [
	...['replace', 'replace', 'replace', 'labelmap', 'labelmap', 'keep', 'drop', 'hashmod'],
	...['keepequal', 'dropequal', 'labeldrop', 'labelkeep', 'lowercase', 'uppercase']
] as readonly RelabelRule['action'][];

const NAMES = [
	'__name__',
	'a',
	'b',
	'ab',
	'job',
	'instance',
	'__meta_a',
	'__meta_b',
	'a.b',
	'ä',
	'😀'
];
const VALUES = [
	'a',
	'ab',
	'foo',
	'aabb',
	'foo;bar',
	'host:80',
	'line1\nline2',
	'Straße',
	'ᾳΣİ',
	'😀'
];
const SEPARATORS = [';', ';', ';', '', '-', '::'];

/** Random rules for a random label set; many of them match, and few are not valid. */
export function randomCase(chance: Chance): RelabelCase {
	const names = some(chance, NAMES, 6);
	const set = labels(Object.fromEntries(names.map((name) => [name, randomText(chance)])));
	const added = names.filter((name) => set.includes(name) && chance.is(0.3));
	const rules = Array.from({ length: 1 + chance.below(4) }, () => randomRule(chance));
	return { rules, labels: set, added };
}

/** Up to so many of them, each once, in random order. */
function some(chance: Chance, from: readonly string[], most: number): string[] {
	return [...new Set(Array.from({ length: chance.below(most + 1) }, () => chance.pick(from)))];
}

function randomText(chance: Chance): string {
	const piece = () => (chance.is(0.7) ? chance.pick(VALUES) : randomCharacter(chance));
	return Array.from({ length: 1 + chance.below(2) }, piece).join('');
}

/** Mostly one that has a case. */
function randomCharacter(chance: Chance): string {
	const code = chance.below(chance.pick([0x80, 0x600, 0x2200, 0x20000]));
	return String.fromCodePoint(code).toWellFormed();
}

function randomRule(chance: Chance): RelabelRule {
	const action = chance.pick(ACTIONS);
	const isCareless = chance.is(0.05);
	const maybe = (isWanted: boolean) => isCareless || isWanted;
	const looksAtNames = action.startsWith('label');
	const isEqual = action.endsWith('equal');
	const isReplacing = action === 'replace' || action === 'labelmap';
	return {
		action,
		sourceLabels: maybe(!looksAtNames) ? some(chance, NAMES, 2) : undefined,
		separator: maybe(!isEqual && !looksAtNames) ? chance.pick(SEPARATORS) : ';',
		regex: maybe(!isEqual) && chance.is(0.8) ? randomExpression(chance) : undefined,
		modulus: maybe(action === 'hashmod') ? randomModulus(chance) : 0,
		targetLabel: maybe(!looksAtNames) ? randomTarget(chance, action === 'replace') : '',
		replacement: maybe(isReplacing) && chance.is(0.8) ? randomTemplate(chance) : '$1',
		nameValidationScheme: chance.is(0.2) ? 'legacy' : 'utf8'
	};
}

function randomModulus(chance: Chance): number {
	return chance.is(0.1) ? 0 : 1 + chance.below(chance.pick([2, 1_000, 2 ** 32, 2 ** 50]));
}

function randomTarget(chance: Chance, isTemplate: boolean): string {
	return isTemplate && chance.is(0.3) ? randomTemplate(chance) : chance.pick(NAMES);
}
