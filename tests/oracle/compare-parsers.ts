import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ALL_FEATURES, format, formatParseError, parse, print } from '#engine/promql';
import type { Options } from './options.ts';
import type { ParseAnswer, Prometheus } from './prometheus.ts';
import { queryText } from './random-query-text.ts';
import { mixSeed } from './seed.ts';

const BATCH = 250;

/** What came of all texts. */
export interface ParseTally {
	passed: number;
	failed: number;
	/** How many of them Prometheus accepts. */
	accepted: number;
}

/** Gives random texts to both parsers, and prints the first that they take differently, made small. */
export async function compareParsers(
	prometheus: Prometheus,
	options: Options
): Promise<ParseTally> {
	const tally: ParseTally = { passed: 0, failed: 0, accepted: 0 };
	const texts = queryText(queriesOfScripts());
	const { from, runs, seed, show } = options;
	for (let first = from; first < from + runs; first += BATCH) {
		const numRuns = Math.min(BATCH, from + runs - first);
		const batch = fc.sample(texts, { numRuns, seed: mixSeed(seed, first) });
		const theirs = await prometheus.parse(batch, ALL_FEATURES);
		for (const [i, text] of batch.entries()) {
			const answer = theirs[i] as ParseAnswer;
			if (answer.error === undefined) tally.accepted++;
			if (!difference(text, answer)) {
				tally.passed++;
				continue;
			}
			tally.failed++;
			if (tally.failed <= show) await report(prometheus, text);
		}
	}
	return tally;
}

/** The queries of our own scripts, as material. */
function queriesOfScripts(): string[] {
	const folder = new URL('../promql/', import.meta.url);
	return readdirSync(folder)
		.filter((name) => name.endsWith('.test'))
		.flatMap((name) => readFileSync(new URL(name, folder), 'utf8').split('\n'))
		.flatMap((line) => /^eval (?:instant at \S+|range .* step \S+) (.*)$/.exec(line)?.[1] ?? []);
}

/** What differs in how a text is taken, in one word and as two texts; undefined when nothing does. */
function difference(text: string, theirs: ParseAnswer): Difference | undefined {
	const ours = ourAnswer(text);
	for (const key of ['error', 'text', 'pretty'] as const) {
		// What is no UTF-8 is kept as lone surrogates by us, and becomes U+FFFD on its way from Go.
		const mine = ours[key]?.toWellFormed();
		if (mine !== theirs[key]) return { key, ours: mine, theirs: theirs[key] };
	}
	return undefined;
}

interface Difference {
	readonly key: 'error' | 'text' | 'pretty';
	readonly ours: string | undefined;
	readonly theirs: string | undefined;
}

function ourAnswer(text: string): Pick<ParseAnswer, 'error' | 'text' | 'pretty'> {
	try {
		const parsed = parse(text, ALL_FEATURES);
		if (parsed.ok) return { text: print(parsed.expr), pretty: format(parsed.expr) };
		const [error] = parsed.errors;
		return { error: error ? formatParseError(text, error) : 'refused without a reason' };
	} catch (thrown) {
		return { error: `thrown: ${thrown instanceof Error ? thrown.stack : String(thrown)}` };
	}
}

async function report(prometheus: Prometheus, text: string): Promise<void> {
	const small = await shrink(prometheus, text);
	const found = await differenceOf(prometheus, small);
	console.log(
		`${JSON.stringify(small)}\n  ${found?.key}\n  ours   ${found?.ours}\n  theirs ${found?.theirs}\n`
	);
}

async function differenceOf(prometheus: Prometheus, text: string): Promise<Difference | undefined> {
	const [theirs] = await prometheus.parse([text], ALL_FEATURES);
	return difference(text, theirs as ParseAnswer);
}

/** The text with as much cut out as can be while the same thing still differs. */
async function shrink(prometheus: Prometheus, text: string): Promise<string> {
	const kind = (await differenceOf(prometheus, text))?.key;
	let small = text;
	for (let size = small.length >> 1; size > 0;) {
		const cuts = Array.from(
			{ length: small.length - size + 1 },
			(_, at) => small.slice(0, at) + small.slice(at + size)
		);
		const theirs = await prometheus.parse(cuts, ALL_FEATURES);
		const cut = cuts.find((one, i) => difference(one, theirs[i] as ParseAnswer)?.key === kind);
		if (cut === undefined) size >>= 1;
		else small = cut;
		if (size > small.length) size = small.length;
	}
	return small;
}
