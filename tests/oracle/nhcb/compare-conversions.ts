import {
	createHistogramConverter,
	createTextParser,
	type HistogramConverter,
	type TextParser
} from '#engine/exposition';
import { createChance, type Chance } from '../chance.ts';
import { mutatePage } from '../exposition/mutate-page.ts';
import { CONTENT_TYPES, type Format } from '../exposition/random-page.ts';
import type { Options } from '../options.ts';
import { mixSeed } from '../seed.ts';
import { convertWith } from './our-conversions.ts';
import {
	convertWithPrometheus,
	type ClassicPage,
	type Conversion
} from './prometheus-conversions.ts';
import { nextLines, pageText, randomHistograms } from './random-histograms.ts';

/** So many pages go to Prometheus at once. */
const BATCH = 1_000;
/** So many pages of one target follow each other. */
const PAGES_OF_TARGET = 5;
/** Beyond this share of the pages it is no longer believed that Prometheus' own parser cannot be asked. */
const MOST_MUTE = 0.05;

interface Tally {
	passed: number;
	failed: number;
	/**
	 * Pages that Prometheus' parser does not answer: looking ahead for start timestamps it panics at some names in braces, and
	 * never ends at some broken exemplars.
	 */
	mute: number;
	accepted: number;
	samples: number;
	histograms: number;
}

/**
 * Gives random and damaged pages with classic histograms to both converters, ours once by itself and once after other pages of the
 * same target, and prints the first that become something else, with as many lines taken out as can be.
 */
export function runConversions(program: string, options: Options): void {
	const tally: Tally = { passed: 0, failed: 0, mute: 0, accepted: 0, samples: 0, histograms: 0 };
	const { from, runs, seed } = options;
	for (let first = from; first < from + runs; first += BATCH) {
		const count = Math.min(BATCH, from + runs - first);
		const pages = Array.from({ length: count }, (_, i) => pageOf(seed, first + i));
		compareBatch(program, pages, first, options, tally);
	}
	const { passed, failed, mute, accepted, samples, histograms } = tally;
	console.log(
		`Prometheus accepts ${accepted} of the pages, with ${samples} samples, ${histograms} of them histograms`
	);
	const tooMany = mute > runs * MOST_MUTE;
	console.log(
		`passed because Prometheus does not answer: ${mute}${tooMany ? ', which is too many' : ''}`
	);
	console.log(`${passed} passed, ${failed} failed`);
	if (failed > 0 || tooMany) process.exitCode = 1;
}

/** The pages of a target are one page with other values, now and then changed or damaged. */
function pageOf(seed: number, run: number): ClassicPage {
	const target = Math.floor(run / PAGES_OF_TARGET);
	const base = createChance(mixSeed(seed, target));
	const format = base.pick<Format>(['text 0.0.4', 'text 1.0.0', 'OpenMetrics', 'OpenMetrics']);
	const keepClassic = base.is(0.5);
	const lines = randomHistograms(base, format);
	const chance = createChance(mixSeed(seed + 1, run));
	const page = new TextEncoder().encode(pageText(changed(chance, lines), format));
	const body = chance.is(0.25) ? mutatePage(chance, page) : page;
	return { contentType: CONTENT_TYPES[format], body, keepClassic };
}

function changed(chance: Chance, lines: readonly string[]): string[] {
	const next = nextLines(chance, lines);
	if (chance.is(0.2)) next.splice(chance.below(next.length), 1);
	return next;
}

function compareBatch(
	program: string,
	pages: readonly ClassicPage[],
	first: number,
	{ show }: Options,
	tally: Tally
): void {
	let [parser, converter] = newTarget(pages[0] as ClassicPage);
	for (const [i, theirs] of convertWithPrometheus(program, pages).entries()) {
		const page = pages[i] as ClassicPage;
		if ((first + i) % PAGES_OF_TARGET === 0) [parser, converter] = newTarget(page);
		const inTurn = difference(convertWith(parser, converter, page), theirs);
		count(tally, theirs);
		const alone = difference(convertWith(...newTarget(page), page), theirs);
		if (!alone && !inTurn) {
			tally.passed++;
			continue;
		}
		if (++tally.failed > show) continue;
		console.log(`page ${first + i}${alone ? '' : ', only after the pages before it'}`);
		const small = alone ? shrink(program, page) : page;
		report(small, alone ? differenceOf(program, small) : inTurn);
	}
}

function newTarget({ keepClassic }: ClassicPage): [TextParser, HistogramConverter] {
	return [createTextParser(), createHistogramConverter({ keepClassic })];
}

function count(tally: Tally, { error, mute, samples }: Conversion): void {
	if (mute !== undefined) tally.mute++;
	else if (error === undefined) tally.accepted++;
	tally.samples += samples.length;
	tally.histograms += samples.filter((text) => text.includes(' [-53,')).length;
}

interface Difference {
	readonly ours: string;
	readonly theirs: string;
}

/** What differs in what became of a page; undefined when nothing does. */
function difference(ours: Conversion, theirs: Conversion): Difference | undefined {
	if (theirs.mute !== undefined) return undefined;
	const [mine, other] = [textOf(ours), textOf(theirs)];
	return mine === other ? undefined : { ours: mine, theirs: other };
}

function textOf({ error = 'accepted', samples }: Conversion): string {
	return [error, ...samples].join('\n    ');
}

function differenceOf(program: string, page: ClassicPage): Difference | undefined {
	const [theirs] = convertWithPrometheus(program, [page]);
	return difference(convertWith(...newTarget(page), page), theirs as Conversion);
}

function report({ contentType, body, keepClassic }: ClassicPage, found?: Difference): void {
	console.log(`${contentType}${keepClassic ? ', classic samples stay' : ''}`);
	console.log(Buffer.from(body).toString('latin1'));
	console.log(`  ours   ${found?.ours}\n  theirs ${found?.theirs}\n`);
}

/** The page with as many lines cut out as can be while something still differs. */
function shrink(program: string, page: ClassicPage): ClassicPage {
	const without = (lines: readonly string[], at: number) => ({
		...page,
		body: Buffer.from(lines.filter((_, i) => i !== at).join(''), 'latin1')
	});
	let small = page;
	for (;;) {
		const lines = Buffer.from(small.body)
			.toString('latin1')
			.split(/(?<=\n)/);
		const cuts = lines.map((_, at) => without(lines, at));
		if (cuts.length < 2) return small;
		const theirs = convertWithPrometheus(program, cuts);
		const cut = cuts.find((one, i) =>
			difference(convertWith(...newTarget(one), one), theirs[i] as Conversion)
		);
		if (!cut) return small;
		small = cut;
	}
}
