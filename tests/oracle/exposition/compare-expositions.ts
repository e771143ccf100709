import { createTextParser } from '#engine/exposition';
import { createChance } from '../chance.ts';
import type { Options } from '../options.ts';
import { mixSeed } from '../seed.ts';
import { mutatePage } from './mutate-page.ts';
import { readWith } from './our-pages.ts';
import { readWithPrometheus, type Page, type Reading } from './prometheus-pages.ts';
import { CONTENT_TYPES, randomPage, type Format } from './random-page.ts';

/** So many pages go to Prometheus at once. */
const BATCH = 1_000;
/** So many pages of one target follow each other: the parser reads a page with the one before in mind. */
const PAGES_OF_TARGET = 4;

/** What came of all pages. */
export interface ExpositionTally {
	passed: number;
	failed: number;
	/** How many of them Prometheus accepts. */
	accepted: number;
	/** Samples in those. */
	samples: number;
}

/**
 * Gives random and damaged pages to both parsers, ours once by itself and once after other pages of the same target, and
 * prints the first that they read differently, made small.
 */
export function compareExpositions(program: string, options: Options): ExpositionTally {
	const tally: ExpositionTally = { passed: 0, failed: 0, accepted: 0, samples: 0 };
	const { from, runs } = options;
	for (let first = from; first < from + runs; first += BATCH) {
		const count = Math.min(BATCH, from + runs - first);
		const pages = Array.from({ length: count }, (_, i) => pageOf(options.seed, first + i));
		compareBatch(program, pages, first, options, tally);
	}
	return tally;
}

function compareBatch(
	program: string,
	pages: readonly Page[],
	first: number,
	{ show }: Options,
	tally: ExpositionTally
): void {
	let used = createTextParser();
	for (const [i, theirs] of readWithPrometheus(program, pages).entries()) {
		const page = pages[i] as Page;
		if ((first + i) % PAGES_OF_TARGET === 0) used = createTextParser();
		if (theirs.error === undefined) tally.accepted++;
		tally.samples += theirs.samples.length;
		const alone = difference(readWith(createTextParser(), page), theirs);
		const inTurn = difference(readWith(used, page), theirs);
		if (!alone && !inTurn) {
			tally.passed++;
			continue;
		}
		if (++tally.failed > show) continue;
		console.log(`page ${first + i}${alone ? '' : ', only after the pages before it'}`);
		report(alone ? shrink(program, page) : page, alone ?? inTurn);
	}
}

/** The page of a run. The pages of a target are one page, changed again and again. */
function pageOf(seed: number, run: number): Page {
	const target = Math.floor(run / PAGES_OF_TARGET);
	const base = createChance(mixSeed(seed, target));
	const format = base.pick<Format>(['text 0.0.4', 'text 1.0.0', 'OpenMetrics', 'OpenMetrics']);
	const page = new TextEncoder().encode(randomPage(base, format));
	const chance = createChance(mixSeed(seed + 1, run));
	return { contentType: CONTENT_TYPES[format], body: mutatePage(chance, page) };
}

interface Difference {
	readonly kind: 'error' | 'acceptance' | 'samples' | 'metadata';
	readonly ours: string;
	readonly theirs: string;
}

/** What differs in two readings of a page; undefined when nothing does. */
function difference(ours: Reading, theirs: Reading): Difference | undefined {
	if (ours.error !== theirs.error) {
		const isBoth = ours.error !== undefined && theirs.error !== undefined;
		return {
			kind: isBoth ? 'error' : 'acceptance',
			ours: ours.error ?? 'accepted',
			theirs: theirs.error ?? 'accepted'
		};
	}
	for (const kind of ['samples', 'metadata'] as const) {
		const [mine, other] = [ours[kind].join('\n'), theirs[kind].join('\n')];
		if (mine !== other) return { kind, ours: mine, theirs: other };
	}
	return undefined;
}

function report({ contentType, body }: Page, found: Difference | undefined): void {
	const text = JSON.stringify(Buffer.from(body).toString('latin1'));
	console.log(
		`${contentType}\n${text}\n  ${found?.kind}\n  ours   ${found?.ours}\n  theirs ${found?.theirs}\n`
	);
}

/** The page with as many bytes cut out as can be while the same kind of thing still differs. */
function shrink(program: string, page: Page): Page {
	const kind = firstDifferent(program, [page])?.kind;
	let small = page;
	for (let size = page.body.length >> 1; size > 0;) {
		const cut = firstDifferent(program, cuts(small, size), kind);
		if (!cut) size >>= 1;
		else small = cut.page;
		size = Math.min(size, small.body.length);
	}
	return small;
}

function cuts({ contentType, body }: Page, size: number): Page[] {
	return Array.from({ length: body.length - size + 1 }, (_, at) => ({
		contentType,
		body: Uint8Array.from([...body.subarray(0, at), ...body.subarray(at + size)])
	}));
}

/** The first of the pages that both read differently, in the given way if there is one. */
function firstDifferent(
	program: string,
	pages: readonly Page[],
	kind?: Difference['kind']
): { readonly page: Page; readonly kind: Difference['kind'] } | undefined {
	for (const [i, theirs] of readWithPrometheus(program, pages).entries()) {
		const page = pages[i] as Page;
		const found = difference(readWith(createTextParser(), page), theirs);
		if (found && found.kind === (kind ?? found.kind)) return { page, kind: found.kind };
	}
	return undefined;
}
