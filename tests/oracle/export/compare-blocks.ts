import { join } from 'node:path';
import type { Answer } from '../answer.ts';
import { compareAnswers, orderOf } from '../compare.ts';
import type { Life } from './life.ts';
import { describeAsked, type AskedQuery } from './moments.ts';
import { askBlocks, createBlocks, findPromtool, type BlocksRequest } from './prometheus-blocks.ts';
import { countSamples, everySeries, markersOf } from './samples.ts';
import type { Tally } from './tally.ts';

/** One life, what is asked of it, and what our engine answers. */
export interface Comparison {
	/** The Go program. */
	readonly program: string;
	readonly tally: Tally;
	readonly life: Life;
	/** Where blocks may be made. */
	readonly folder: string;
	readonly queries: readonly AskedQuery[];
	/** Over the lab's own head, and over the dump read back. */
	readonly ofLab: readonly Answer[];
	readonly ofDump: readonly Answer[];
}

/** Blocks, the number of samples that have to be in them, and the answers that have to come of them. */
interface Expected {
	/** What the blocks are made of or by. */
	readonly from: string;
	readonly request: BlocksRequest;
	readonly samples: number;
	readonly ours: readonly Answer[];
}

/** The blocks of a dump answer as the dump read back does. */
export function compareDump(comparison: Comparison): void {
	const { life, folder, queries, ofDump: ours } = comparison;
	const request = { blocks: join(folder, 'plain'), dump: life.dump, queries };
	compare(comparison, { from: 'the dump', request, samples: samplesOf(life), ours });
}

/** The blocks of a dump to which the lab's staleness markers are given back answer as the lab does. */
export function compareMarked(comparison: Comparison): void {
	const { life, folder, queries, ofLab: ours } = comparison;
	const markers = markersOf(everySeries(life.lab.querier));
	const count = markers.reduce((sum, { times }) => sum + times.length, 0);
	const request = { blocks: join(folder, 'marked'), dump: life.dump, markers, queries };
	const from = `the dump and ${count} staleness markers`;
	compare(comparison, { from, request, samples: samplesOf(life) + count, ours });
}

/** The blocks that promtool makes of a dump answer as the dump read back does. */
export function comparePromtool(comparison: Comparison): void {
	const promtool = findPromtool();
	if (!promtool.ok) return console.log(`  promtool: skipped, ${promtool.reason}`);
	const { life, folder, queries, ofDump: ours } = comparison;
	const request = { blocks: join(folder, 'promtool'), queries };
	createBlocks(life.dump, request.blocks);
	const from = `promtool ${promtool.version}`;
	compare(comparison, { from, request, samples: samplesOf(life), ours });
}

/** How many of our answers depend on staleness markers. */
export function countStale({ queries, ofLab, ofDump }: Comparison): number {
	const isStale = ({ query }: AskedQuery, i: number) =>
		difference(query, ofLab[i] as Answer, ofDump[i] as Answer) !== undefined;
	return queries.filter(isStale).length;
}

function samplesOf({ lab }: Life): number {
	return countSamples(everySeries(lab.querier));
}

function compare({ program, tally, life }: Comparison, expected: Expected): void {
	const { from, request, samples, ours } = expected;
	const { blocks, samples: found, answers } = askBlocks(program, request);
	const what = `${life.plan.name}, blocks of ${from}`;
	tally.note(what, found === samples ? undefined : `${found} samples of ${samples}`);
	for (const [i, asked] of request.queries.entries()) {
		const differs = difference(asked.query, ours[i] as Answer, answers[i] as Answer);
		tally.note(`${what}\n${describeAsked(asked)}`, differs);
	}
	const answered = answers.filter(({ series }) => series.length > 0).length;
	const errors = answers.filter(({ error }) => error !== undefined).length;
	console.log(`  ${from}: ${blocks} blocks, ${answered} answers with samples, ${errors} errors`);
}

function difference(query: string, ours: Answer, theirs: Answer): string | undefined {
	const found = compareAnswers(ours, theirs, orderOf(query));
	return found && `${found.kind}${found.what}`;
}
