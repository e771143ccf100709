import { PARTS, type Part, type Parts } from './parts.ts';

/** What the command line asks for. */
export interface Options {
	readonly mode: (typeof MODES)[number];
	readonly runs: number;
	readonly seed: number;
	/** The number of the first run: a failure says which one it was. */
	readonly from: number;
	readonly parts: Parts;
	/** How many failures are made small and printed. */
	readonly show: number;
}

/** The first is what is run without a word. */
const MODES = [
	'queries',
	'parse',
	'exposition',
	'nhcb',
	'relabel',
	'config',
	'export',
	'scrape',
	'stats'
] as const;

export const USAGE = `usage: npm run oracle -- [${MODES.join(' | ')}] [--runs N] [--seed S] [--from N] [--without PART,…] [--show N]`;

/** A command line that makes no sense: one line for the person, and exit code 2. */
export class UsageError extends Error {}

/** Reads the command line; undefined where it asks for the usage. Anything else throws a UsageError, with how it should be. */
export function readOptions(args: readonly string[]): Options | undefined {
	if (args.includes('--help')) return undefined;
	const mode = MODES.find((name) => name === args[0]);
	const values = new Map<string, string>();
	for (let i = mode ? 1 : 0; i < args.length; i += 2) {
		const [name = '', value] = args.slice(i, i + 2);
		const isOption = ['--runs', '--seed', '--from', '--without', '--show'].includes(name);
		if (!isOption || value === undefined) {
			const what = isOption ? `${name} needs a value` : `unknown argument: ${name}`;
			throw new UsageError(`${what}; ${USAGE}`);
		}
		values.set(name, value);
	}
	const count = (name: string, otherwise: number) => integer(name, values.get(name), otherwise);
	return {
		mode: mode ?? 'queries',
		runs: count('--runs', 2_000),
		seed: count('--seed', 1),
		from: count('--from', 0),
		show: count('--show', 10),
		parts: partsWithout(values.get('--without'))
	};
}

function integer(name: string, text: string | undefined, otherwise: number): number {
	if (text === undefined) return otherwise;
	const value = Number(text);
	if (text === '' || !Number.isInteger(value) || value < 0) {
		throw new UsageError(`${name} must be a whole number, not "${text}"; ${USAGE}`);
	}
	return value;
}

function partsWithout(list: string | undefined): Parts {
	const without = list?.split(',') ?? [];
	const unknown = without.find((name) => !PARTS.includes(name as Part));
	if (unknown !== undefined)
		throw new UsageError(`--without: there is no "${unknown}": known are ${PARTS.join(', ')}`);
	return new Set(PARTS.filter((part) => !without.includes(part)));
}
