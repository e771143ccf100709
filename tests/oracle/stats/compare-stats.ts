import fc from 'fast-check';
import type { Options } from '../options.ts';
import { treeText } from '../query-tree.ts';
import { randomDataSet } from '../random-data.ts';
import { randomQuery } from '../random-query.ts';
import { mixSeed } from '../seed.ts';
import { countOurselves } from './our-counts.ts';
import { countWithPrometheus, type Batch, type Counts } from './prometheus-counts.ts';

const BATCH = 20;

/**
 * Of so many of the queries the peak may be another one: what Prometheus leaves in a histogram that it has averaged is larger than what
 * there is in it, and a subquery of label_replace() holds series that are one already. What is seen is 0.1 %.
 */
const MOST_OTHER_PEAKS = 0.003;

/**
 * Compares what both count for random queries, and prints how many agree; queries that fail in either are left out, and info(), whose own
 * series are not counted.
 */
export async function runStats(program: string, options: Options): Promise<void> {
	const batches = randomBatches(options);
	const theirs = countWithPrometheus(program, batches);
	const tally = { passed: 0, failed: 0, otherPeaks: 0 };
	for (const [i, batch] of batches.entries()) {
		const ours = await countOurselves(batch);
		batch.queries.forEach((query, at) => {
			const [mine, other] = [ours[at], theirs[i]?.[at]];
			if (!mine || !other) return;
			const wrong = FIELDS.filter((field) => String(mine[field]) !== String(other[field]));
			if (wrong.length === 0) return void tally.passed++;
			if (wrong.join() === 'peak') tally.otherPeaks++;
			else tally.failed++;
			if (tally.failed > options.show) return;
			const run = options.from + i * BATCH + at;
			console.log(`# run ${run} of seed ${options.seed}: ${treeText(query.tree, batch.data.base)}`);
			for (const field of wrong)
				console.log(`  ${field}: ours ${mine[field]}, theirs ${other[field]}`);
		});
	}
	const { passed, failed, otherPeaks } = tally;
	console.log(`${passed} passed, ${failed} failed, ${otherPeaks} with another peak`);
	if (failed > 0 || otherPeaks > options.runs * MOST_OTHER_PEAKS) process.exitCode = 1;
}

const FIELDS: readonly (keyof Counts)[] = ['total', 'read', 'peak', 'totalPerStep', 'readPerStep'];

/** Each batch follows from the seed and its place alone. All series are read as they came. */
function randomBatches({ from, runs, seed, parts: wanted }: Options): Batch[] {
	const parts = new Set([...wanted].filter((part) => part !== 'info'));
	const batch = fc.noBias(
		fc.record({
			data: fc.integer().map((chance) => ({ ...randomDataSet(chance, parts), head: undefined })),
			queries: fc.array(randomQuery(parts), { minLength: BATCH, maxLength: BATCH })
		})
	);
	return Array.from({ length: Math.ceil(runs / BATCH) }, (_, i) => {
		const [made] = fc.sample(batch, { numRuns: 1, seed: mixSeed(seed, from + i * BATCH) });
		return made as Batch;
	});
}
