import type { PrometheusApi } from '#engine/api';
import type { LabEvent, TruthSeries } from '#engine/lab';
import { MINUTE, SECOND, type Duration, type Timestamp } from '#engine/model';
import type { StepGrid } from '#engine/promql';
import type { Fault } from '#engine/sim';
import type { TimeRange } from '$lib/charts/series.ts';
import { formatTime } from '$lib/charts/time-axis.ts';
import { apply, type Affine } from '$lib/charts/trace.ts';

/** What the figure of the pull asks: the store for samples as they are kept, and the truth. */
interface PullSource {
	readonly api: Pick<PrometheusApi, 'query'>;
	truth(query: string, grid: StepGrid): Promise<readonly TruthSeries[] | undefined>;
	metricsPage(instance: string): Promise<string | undefined>;
}

/** A stretch of the world, from its beginning to the present. */
export interface Lived {
	readonly start: Timestamp;
	readonly now: Timestamp;
	readonly instance: string;
}

export interface Point {
	readonly at: Timestamp;
	readonly value: number;
}

/** A scrape, and how many requests there had been by what it brought; undefined when it brought nothing. */
export interface Scrape {
	readonly at: Timestamp;
	readonly requests?: number;
}

/** What the figure draws. */
export interface PullData {
	/** True requests a second, over steps of `TRUTH_STEP` that end at these moments. */
	readonly rate: readonly Point[];
	readonly scrapes: readonly Scrape[];
	/** Of the page as it was last fetched; 0 before there was one. */
	readonly bytes: number;
}

export const NOTHING_PULLED: PullData = { rate: [], scrapes: [], bytes: 0 };

/** How finely the truth is drawn, ms. */
const TRUTH_STEP: Duration = 5 * SECOND;

/** Asks for everything that is drawn. What cannot be answered is left empty. */
export async function askPull(source: PullSource, lived: Lived): Promise<PullData> {
	const { start, now, instance } = lived;
	if (now <= start) return NOTHING_PULLED;
	const [rate, held, up, page] = await Promise.all([
		askRate(source, lived),
		askStored(source, 'http_requests_total', lived),
		askStored(source, 'up', lived),
		source.metricsPage(instance)
	]);
	const scrapes = [...up].map(([at, isUp]) => {
		const requests = held.get(at) ?? 0;
		return isUp === 1 ? { at, requests } : { at };
	});
	return { rate, scrapes, bytes: page ? new TextEncoder().encode(page).length : 0 };
}

async function askRate(source: PullSource, { start, now }: Lived): Promise<Point[]> {
	const count = Math.floor((now - start) / TRUTH_STEP);
	const grid = { start: start + TRUTH_STEP, step: TRUTH_STEP, count };
	const query = `sum(rate(http_requests_total[${TRUTH_STEP / SECOND}s]))`;
	const [line] = (count > 0 && (await source.truth(query, grid))) || [];
	return Array.from(line?.values ?? [], (value, i) => ({
		at: grid.start + i * grid.step,
		value: Number.isNaN(value) ? 0 : value
	}));
}

/** The samples of a metric of the instance, all its series summed, by the times at which they were scraped. */
async function askStored(
	{ api }: PullSource,
	metric: string,
	{ start, now, instance }: Lived
): Promise<Map<Timestamp, number>> {
	const answer = await api.query({
		query: `${metric}{instance="${instance}"}[${Math.ceil((now - start) / SECOND)}s]`,
		time: String(now / SECOND)
	});
	const sums = new Map<Timestamp, number>();
	if (answer.status === 'error' || answer.data.type !== 'matrix') return sums;
	for (const { times, values, start, end } of answer.data.series) {
		for (let i = start; i < end; i++) {
			const at = times[i] as number;
			sums.set(at, (sums.get(at) ?? 0) + (values[i] as number));
		}
	}
	return new Map([...sums].sort(([a], [b]) => a - b));
}

/** A way of the network that is cut: out of the shop, or in from Prometheus. */
export interface Cut {
	readonly way: 'out' | 'in';
	readonly from: Timestamp;
	readonly to: Timestamp;
	readonly label: string;
}

/** The ways that have been cut by now, with the words of the log. */
export function cutsOf(
	faults: readonly Fault[],
	events: readonly LabEvent[],
	now: Timestamp
): Cut[] {
	return faults.flatMap((fault) => {
		const isOut = fault.kind === 'outbound-cut';
		if ((!isOut && fault.kind !== 'lost-scrape') || fault.at > now) return [];
		const label = events.find(({ at, kind }) => kind === 'fault' && at === fault.at)?.label ?? '';
		const to = Math.min(now, fault.at + fault.for);
		return [{ way: isOut ? 'out' : 'in', from: fault.at, to, label }];
	});
}

/** How high the axis of the samples goes, when the count goes on to the end as it has so far. */
export function heightOf(scrapes: readonly Scrape[], [start, end]: TimeRange): number {
	const last = scrapes.findLast(({ requests }) => requests !== undefined);
	if (!last?.requests) return 1;
	return Math.max(last.requests, (last.requests * (end - start)) / (last.at - start));
}

/** The true rate as the path of an SVG: a step for each point, which ends at its moment. */
export function ratePath(rate: readonly Point[], x: Affine, y: Affine): string {
	return rate
		.map(({ at, value }, i) => {
			const [from, to] = [apply(x, at - TRUTH_STEP), apply(x, at)];
			return `${i === 0 ? 'M' : 'L'}${from.toFixed(1)},${apply(y, value).toFixed(1)}H${to.toFixed(1)}`;
		})
		.join('');
}

/** Whole minutes to write below the figure, as many as there is room for; the first is its beginning. */
export function minutesOf([start, end]: TimeRange, room: number): Timestamp[] {
	const steps = [1, 2, 5, 10].map((minutes) => minutes * MINUTE);
	const step = steps.find((one) => (end - start) / one <= room) ?? end - start;
	return Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, i) => start + i * step);
}

/** The figure in a sentence. */
export function pullSentence({ rate, scrapes, bytes }: PullData): string {
	const [first, last] = [rate[0], rate.at(-1)];
	if (!first || !last) {
		return 'Prometheus asks the shop for its page. The shop answers, and what it answered is kept as a dot. Nothing has been asked yet.';
	}
	const rates = rate.map(({ value }) => Math.round(value));
	const answered = scrapes.filter(({ requests }) => requests !== undefined);
	const truly = `From ${formatTime(first.at - TRUTH_STEP)} to ${formatTime(last.at)} the shop truly answered between ${Math.min(...rates)} and ${Math.max(...rates)} requests a second.`;
	const asked = `Prometheus asked ${times(scrapes.length)} and was answered ${times(answered.length)}`;
	const latest = answered.at(-1);
	if (!latest) return `${truly} ${asked}.`;
	return `${truly} ${asked}, last at ${formatTime(wholeSecond(latest.at))} with ${bytes} bytes, which said ${latest.requests?.toLocaleString('en')} requests.`;
}

function times(count: number): string {
	return count === 1 ? 'once' : `${count} times`;
}

/** The figure as a table: a row for each scrape. */
export function pullRows({ scrapes }: PullData): string[][] {
	return scrapes.map(({ at, requests }) => [
		formatTime(wholeSecond(at)),
		requests === undefined ? 'no answer' : 'answered',
		requests === undefined ? '' : requests.toLocaleString('en')
	]);
}

/** The second that a clock shows at a moment. */
export function wholeSecond(at: Timestamp): Timestamp {
	return Math.floor(at / SECOND) * SECOND;
}
