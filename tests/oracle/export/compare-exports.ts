import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PrometheusApi } from '#engine/api';
import type { Answer } from '../answer.ts';
import type { Options } from '../options.ts';
import {
	compareDump,
	compareMarked,
	comparePromtool,
	countStale,
	type Comparison
} from './compare-blocks.ts';
import { lifePlans, live, type LifePlan } from './life.ts';
import { askingsFrom, type AskedQuery } from './moments.ts';
import { ourAnswer } from './our-answer.ts';
import { compareReadBack } from './read-back.ts';
import { createTally, type Tally } from './tally.ts';

/**
 * `npm run oracle -- export`: worlds are lived and exported, the dumps become blocks of a real Prometheus, and what it answers over them is
 * compared with what our engine answers.
 *
 * All that a dump of a lab cannot say are staleness markers: promtool's parser makes of every NaN the plain one. Three comparisons
 * leave no gap between "the same" and "the same but for these":
 *
 * - blocks of the dump, with our engine over the dump read back. promtool's blocks, where it is there, the same;
 * - blocks of the dump with the markers put among its samples, with our engine over the lab's own head;
 * - the head of the dump read back, with the lab's own.
 *
 * How many answers the markers change is told for each life.
 */
export async function runExports(program: string, { seed, show }: Options): Promise<void> {
	const tally = createTally(show);
	const folder = mkdtempSync(join(tmpdir(), 'promenade-export-'));
	try {
		let stale = 0;
		for (const [i, plan] of lifePlans(seed).entries()) {
			stale += await compareLife(program, tally, plan, join(folder, String(i)));
		}
		tally.note('staleness', stale > 0 ? undefined : 'no answer depends on staleness markers');
	} finally {
		rmSync(folder, { recursive: true });
	}
	console.log(`${tally.passed} passed, ${tally.failed} failed`);
	if (tally.failed > 0) process.exitCode = 1;
}

/** Lives and compares, and gives the number of answers that the markers change. What is thrown on the way, such as a dump refused, is a failure. */
async function compareLife(
	program: string,
	tally: Tally,
	plan: LifePlan,
	folder: string
): Promise<number> {
	try {
		const life = await live(plan, folder);
		const { head, dump } = compareReadBack(life);
		tally.note(`${plan.name}: the dump read back`, head);
		tally.note(`${plan.name}: what was read dumped again`, dump);
		return compareBlocks(await askOurs({ program, tally, life, folder }));
	} catch (thrown) {
		const text = thrown instanceof Error ? thrown.stack : String(thrown);
		tally.note(`${plan.name}, seed ${plan.options.seed}`, `thrown: ${text}`);
		return 0;
	}
}

type Lived = Pick<Comparison, 'program' | 'tally' | 'life' | 'folder'>;

async function askOurs(lived: Lived): Promise<Comparison> {
	const { lab, readBack, plan } = lived.life;
	const queries = plan.queries.flatMap((query) =>
		askingsFrom(lab.start)
			// A range vector is no answer to a range query.
			.filter(({ step }) => step === 0 || !query.endsWith(']'))
			.map((asking) => ({ query, ...asking }))
	);
	const [ofLab, ofDump] = [
		await answersOf(lab.api, queries),
		await answersOf(readBack.api, queries)
	];
	return { ...lived, queries, ofLab, ofDump };
}

async function answersOf(api: PrometheusApi, queries: readonly AskedQuery[]): Promise<Answer[]> {
	const answers: Answer[] = [];
	for (const query of queries) answers.push(await ourAnswer(api, query));
	return answers;
}

/** Compares all, says what there was, and gives the number of answers that the markers change. */
function compareBlocks(comparison: Comparison): number {
	const { name, options } = comparison.life.plan;
	console.log(`${name}, seed ${options.seed}: ${comparison.queries.length} questions`);
	compareDump(comparison);
	compareMarked(comparison);
	comparePromtool(comparison);
	const stale = countStale(comparison);
	console.log(`  answers that the staleness markers change: ${stale}`);
	return stale;
}
