import { createChance } from '../chance.ts';
import type { Options } from '../options.ts';
import { mixSeed } from '../seed.ts';
import { mutateConfig } from './mutate-config.ts';
import { readOurs } from './our-configs.ts';
import { readWithPrometheus, type Reading } from './prometheus-configs.ts';
import { randomConfig } from './random-config.ts';

/** So many files go to Prometheus at once. */
const BATCH = 500;

/** What came of all files. */
interface ConfigTally {
	passed: number;
	failed: number;
	/** How many of them Prometheus accepts. */
	accepted: number;
	/** How many of them are no YAML to it. */
	unreadable: number;
}

/** Gives random and damaged files to both readers, and prints the first that they take differently, made small. */
function compareConfigs(program: string, options: Options): ConfigTally {
	const tally: ConfigTally = { passed: 0, failed: 0, accepted: 0, unreadable: 0 };
	const { from, runs, seed, show } = options;
	for (let first = from; first < from + runs; first += BATCH) {
		const count = Math.min(BATCH, from + runs - first);
		const texts = Array.from({ length: count }, (_, i) => textOf(seed, first + i));
		for (const [i, theirs] of readWithPrometheus(program, texts).entries()) {
			const text = texts[i] as string;
			if (theirs.error === undefined) tally.accepted++;
			if (theirs.isSyntax) tally.unreadable++;
			const found = difference(text, theirs);
			if (!found) tally.passed++;
			else if (++tally.failed <= show) report(first + i, shrink(program, text, found.kind));
		}
	}
	return tally;
}

/** Compares, and says what came of it. */
export function runConfigs(program: string, options: Options): void {
	const { passed, failed, accepted, unreadable } = compareConfigs(program, options);
	console.log(`Prometheus accepts ${accepted} of the files; ${unreadable} are no YAML to it`);
	console.log(`${passed} passed, ${failed} failed`);
	if (failed > 0) process.exitCode = 1;
}

/** The file of a run: one in four is damaged. */
function textOf(seed: number, run: number): string {
	const chance = createChance(mixSeed(seed, run));
	const text = randomConfig(chance);
	return chance.is(0.25) ? mutateConfig(chance, text) : text;
}

interface Difference {
	readonly kind: 'acceptance' | 'error' | 'line' | 'values' | 'text';
	readonly ours: string;
	readonly theirs: string;
}

/** What differs in how a file is taken; undefined when nothing does. */
function difference(text: string, theirs: Reading): Difference | undefined {
	const ours = readOurs(text);
	if (ours.error === undefined || theirs.error === undefined) {
		if (ours.error === theirs.error) return differentValue(ours, theirs);
		return {
			kind: 'acceptance',
			ours: ours.error ?? 'accepted',
			theirs: theirs.error ?? 'accepted'
		};
	}
	if (!theirs.isSyntax && ours.error.toWellFormed() !== theirs.error) {
		return { kind: 'error', ours: ours.error, theirs: theirs.error };
	}
	if (!theirs.isSyntax && theirs.line !== undefined && ours.line !== theirs.line) {
		return { kind: 'line', ours: `${ours.line}`, theirs: `${theirs.line}` };
	}
	return undefined;
}

function differentValue(
	ours: ReturnType<typeof readOurs>,
	theirs: Reading
): Difference | undefined {
	const [mine, other] = [ours.values ?? [], theirs.values ?? []];
	const at = Array.from({ length: Math.max(mine.length, other.length) }).findIndex(
		(_, i) => mine[i] !== other[i]
	);
	if (at >= 0) return { kind: 'values', ours: `${mine[at]}`, theirs: `${other[at]}` };
	// What is not used here is not printed either.
	if (ours.hasWarnings || ours.text === theirs.text) return undefined;
	return { kind: 'text', ours: `${ours.text}`, theirs: `${theirs.text}` };
}

function report(run: number, { text, found }: Small): void {
	const { kind, ours, theirs } = found;
	console.log(
		`file ${run}: ${kind}\n${text}\n${JSON.stringify(text)}\n  ours   ${ours}\n  theirs ${theirs}\n`
	);
}

interface Small {
	readonly text: string;
	readonly found: Difference;
}

/** The file with as much cut out as can be while it still differs in the same way. */
function shrink(program: string, text: string, kind: Difference['kind']): Small {
	let small = firstDifferent(program, [text], kind) as Small;
	for (const unit of ['\n', '']) {
		let size = small.text.split(unit).length >> 1;
		while (size > 0) {
			const cut = firstDifferent(program, cuts(small.text, unit, size), kind);
			if (cut) small = cut;
			else size >>= 1;
		}
	}
	return small;
}

function cuts(text: string, unit: string, size: number): string[] {
	const parts = text.split(unit);
	return Array.from({ length: Math.max(0, parts.length - size + 1) }, (_, at) =>
		parts.toSpliced(at, size).join(unit)
	);
}

function firstDifferent(
	program: string,
	texts: readonly string[],
	kind: Difference['kind']
): Small | undefined {
	if (texts.length === 0) return undefined;
	for (const [i, theirs] of readWithPrometheus(program, texts).entries()) {
		const text = texts[i] as string;
		const found = difference(text, theirs);
		if (found?.kind === kind) return { text, found };
	}
	return undefined;
}
