import type { Head } from '#engine/tsdb';
import type { Engine } from './built-engine.ts';
import { compareAnswers, type Agreement } from './compare.ts';
import type { DataSetName } from './data.ts';
import { stepCount, type Bounds, type Scenario } from './queries.ts';
import { median } from './statistics.ts';
import type { Prometheus } from './theirs.ts';

/** Both engines with the same data in them. */
export interface Contest {
	readonly heads: ReadonlyMap<DataSetName, Head>;
	readonly prometheus: Prometheus;
	readonly engine: Engine;
}

/** What one query took on either side, as medians in milliseconds. */
export interface Row {
	readonly query: string;
	readonly steps: number;
	readonly theirs: number;
	readonly ours: number;
	readonly ratio: number;
	readonly agreement: Agreement;
}

/**
 * Rounds before the timing begins: at least three, and for quick queries so many that the optimiser has seen them, as it has in a
 * page that is open for a minute. Quick queries are also timed more often, and several in a row on either side, which a clock can tell.
 */
const WARM_UP_ROUNDS = 3;
const MOST_ROUNDS = 300;
const ENOUGH_MS = 150;
const LARGEST_BATCH = 64;

/** The largest relative difference that adding up the same numbers in another order is taken to explain. */
const REORDERED_SUM = 1e-12;

/** Times a query on both sides in turn, after it was warmed up and the answers compared. */
export async function timeSideBySide(
	{ heads, prometheus, engine }: Contest,
	scenario: Scenario,
	bounds: Bounds,
	rounds: number
): Promise<Row> {
	const { query, set } = scenario;
	const head = heads.get(set) as Head;
	const ours: number[] = [];
	const theirs: number[] = [];
	const agreement = judge(
		compareAnswers(
			engine.timeQuery(head, query, bounds).answers(),
			await prometheus.answers(set, query, bounds)
		),
		scenario
	);
	const run = async (times: number) => ({
		theirs: await prometheus.time(set, query, bounds, times),
		ours: engine.timeQuery(head, query, bounds, times).ms
	});
	let batch = 1;
	await repeat(WARM_UP_ROUNDS, async () => {
		const spent = (await run(batch)).ours * batch;
		if (spent < ENOUGH_MS / MOST_ROUNDS) batch = Math.min(LARGEST_BATCH, batch * 2);
		return spent;
	});
	await repeat(rounds, async () => {
		const times = await run(batch);
		theirs.push(times.theirs);
		ours.push(times.ours);
		return times.ours * batch;
	});
	const medians = { theirs: median(theirs), ours: median(ours) };
	const ratio = medians.theirs / medians.ours;
	return { query, steps: stepCount(bounds), ...medians, ratio, agreement };
}

/** Runs a round at least so many times, and on until the rounds have taken long enough together. */
async function repeat(least: number, round: () => Promise<number>): Promise<void> {
	let spent = 0;
	for (let i = 0; i < least || (i < MOST_ROUNDS && spent < ENOUGH_MS); i++) spent += await round();
}

/** Only where series are added up may answers be merely close, and only as close as another order of addition makes them. */
function judge(agreement: Agreement, { adds }: Scenario): Agreement {
	if (agreement.kind !== 'close') return agreement;
	const { difference } = agreement;
	if (adds && difference <= REORDERED_SUM) return agreement;
	return { kind: 'different', what: `values, by up to ${difference.toExponential(1)}` };
}
