import fc from 'fast-check';
import type { Answer } from './answer.ts';
import type { DataSet } from './data-set.ts';
import { judge, OWN_ANSWER, type Excuse } from './judge.ts';
import type { Options } from './options.ts';
import type { Prometheus } from './prometheus.ts';
import { randomDataSet } from './random-data.ts';
import { randomQuery, type TestQuery } from './random-query.ts';
import { toScript } from './script.ts';
import { mixSeed } from './seed.ts';
import { treeText } from './query-tree.ts';
import { shrinkFailure } from './shrink.ts';

/** Queries over the same data set, which travel together. */
const BATCH = 20;
const BATCHES_AT_ONCE = 6;

/** What came of all queries. */
export interface Tally {
	passed: number;
	failed: number;
	/** Of those that passed, how many did so by which excuse. */
	readonly excused: Map<Excuse, number>;
	/** How many of Prometheus' answers hold samples, histograms among them, are errors, or come with annotations. */
	readonly answers: { samples: number; histograms: number; errors: number; annotated: number };
}

interface Batch {
	/** The number of its first query. */
	readonly first: number;
	readonly data: DataSet;
	readonly queries: readonly TestQuery[];
}

/** Puts random queries to both engines, and prints the first failures, made small. */
export async function compareQueries(prometheus: Prometheus, options: Options): Promise<Tally> {
	const tally: Tally = {
		passed: 0,
		failed: 0,
		excused: new Map(),
		answers: { samples: 0, histograms: 0, errors: 0, annotated: 0 }
	};
	const batches = randomBatches(options);
	const work = async () => {
		for (const batch of batches) await runBatch(prometheus, batch, options, tally);
	};
	await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, work));
	return tally;
}

/** Each batch follows from the seed and its place alone, however many there are. */
function* randomBatches({ from, runs, seed, parts }: Options): Generator<Batch> {
	const query = randomQuery(parts);
	const batch = fc.noBias(
		fc.record({
			data: fc.integer().map((chance) => randomDataSet(chance, parts)),
			queries: fc.array(query, { minLength: BATCH, maxLength: BATCH })
		})
	);
	const until = from + runs;
	for (let first = from - (from % BATCH); first < until; first += BATCH) {
		const [made] = fc.sample(batch, { numRuns: 1, seed: mixSeed(seed, first) });
		const { data, queries } = made as Omit<Batch, 'first'>;
		const skipped = Math.max(0, from - first);
		yield {
			first: first + skipped,
			data,
			queries: queries.slice(skipped, until - first)
		};
	}
}

async function runBatch(
	prometheus: Prometheus,
	{ first, data, queries }: Batch,
	options: Options,
	tally: Tally
): Promise<void> {
	const verdicts = await judge(prometheus, data, queries);
	for (const [i, verdict] of verdicts.entries()) {
		count(tally.answers, verdict.theirs);
		if (verdict.kind !== 'differ') {
			tally.passed++;
			if (verdict.kind === 'excused')
				countExcuse(tally, verdict.excuse, () => {
					const { tree } = queries[i] as TestQuery;
					return `# run ${first + i} of seed ${options.seed}: ${treeText(tree, data.base)}`;
				});
			continue;
		}
		tally.failed++;
		if (tally.failed > options.show) continue;
		const query = queries[i] as TestQuery;
		const failure = { data, query, difference: verdict.difference };
		const smallest = await shrinkFailure(prometheus, failure);
		console.log(`# run ${first + i} of seed ${options.seed}\n${toScript(smallest)}\n`);
	}
}

/** What is no answer that Prometheus itself has given is worth a line. */
function countExcuse({ excused }: Tally, excuse: Excuse, describe: () => string): void {
	excused.set(excuse, (excused.get(excuse) ?? 0) + 1);
	if (excuse !== OWN_ANSWER) console.log(`${describe()}\n# excused: ${excuse}`);
}

function count(answers: Tally['answers'], { error, series, warnings, infos }: Answer): void {
	if (error !== undefined) answers.errors++;
	if (series.length > 0) answers.samples++;
	if (series.some(({ histograms }) => histograms.length > 0)) answers.histograms++;
	if (warnings.length + infos.length > 0) answers.annotated++;
}
