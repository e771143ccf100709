import { compareAnswers, type Agreement } from './compare.ts';
import type { OurEngine } from './our-engine.ts';
import { stepCount, type Bounds, type Scenario } from './queries.ts';
import { median } from './statistics.ts';
import type { Prometheus } from './theirs.ts';

/** Both engines with the same data in them. */
export interface Contest {
	readonly prometheus: Prometheus;
	readonly engine: OurEngine;
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

/** Rounds before the timing begins. Quick queries are timed more often. */
const WARM_UP_ROUNDS = 2;
const MOST_ROUNDS = 300;
const ENOUGH_MS = 150;

/**
 * A turn is so many evaluations in a row, as many on either side, that ours takes about so long: a clock can tell it, and it is not only
 * about what the other side's turn has left in the caches.
 */
const TURN_MS = 20;
const LARGEST_BATCH = 64;

/** How long each query is run on our side before, since Go is compiled when it starts and ours in a page that has been open for a minute. */
const COMPILE_MS = 600;

/** Runs queries on our side until the optimiser has seen them all. */
export async function warmUp(
	{ engine }: Contest,
	queries: readonly { readonly scenario: Scenario; readonly bounds: Bounds }[]
): Promise<void> {
	for (const { scenario, bounds } of queries) {
		const { set, query } = scenario;
		const ms = await engine.time(set, query, bounds);
		await engine.time(set, query, bounds, Math.min(20_000, Math.ceil(COMPILE_MS / ms)));
	}
}

/** The largest relative difference that adding up the same numbers in another order is taken to explain. */
const REORDERED_SUM = 1e-12;

/** Times a query on both sides in turn, after it was warmed up and the answers compared. */
export async function timeSideBySide(
	{ prometheus, engine }: Contest,
	scenario: Scenario,
	bounds: Bounds,
	rounds: number
): Promise<Row> {
	const { query, set } = scenario;
	const ours: number[] = [];
	const theirs: number[] = [];
	const agreement = judge(
		compareAnswers(
			await engine.answers(set, query, bounds),
			await prometheus.answers(set, query, bounds)
		),
		scenario
	);
	const run = async (times: number) => ({
		theirs: await prometheus.time(set, query, bounds, times),
		ours: await engine.time(set, query, bounds, times)
	});
	let batch = 1;
	await repeat(WARM_UP_ROUNDS, async () => {
		const spent = (await run(batch)).ours * batch;
		if (spent < TURN_MS) batch = Math.min(LARGEST_BATCH, Math.ceil((batch * TURN_MS) / spent));
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
