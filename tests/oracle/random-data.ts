import { labels } from '#engine/model';
import { createChance, type Chance } from './chance.ts';
import { isHistogram, type DataSet, type Sample, type TestSeries } from './data-set.ts';
import type { Parts } from './parts.ts';
import { randomHistograms } from './random-histogram.ts';

const INTERVALS = [15_000, 15_000, 15_000, 15_000, 20_000, 30_000, 30_000, 60_000, 5_000];
const LE = ['0.1', '0.5', '1', '5', '+Inf'];
const ODD = [0, -0, 1, NaN, Infinity, -Infinity, 3.5, -2, 1e308, -1e308, 5e-324, 0.1];
const RARE = [NaN, Infinity, -Infinity, -0, 1e308, -1e308, 5e-324, -(2 ** -1030), 2 ** 53];
const TYPES = ['counter', 'gauge', 'histogram', 'unknown'];

/** The last moment that random data reaches about, in milliseconds since the base. */
export const DATA_END = 900_000;

/** What is scraped together. */
interface Target {
	readonly labels: Readonly<Record<string, string>>;
	readonly times: readonly number[];
}

/** A data set made of chance: a few targets, each with series of every kind that the parts allow. */
export function randomDataSet(seed: number, parts: Parts): DataSet {
	const chance = createChance(seed);
	const base = chance.is(0.5) ? 0 : 1_600_000_000_000 + chance.below(86_400) * 1000;
	const families = Object.entries(FAMILIES).filter(
		([, { part }]) => (!part || parts.has(part)) && chance.is(0.8)
	);
	const series = randomTargets(chance).flatMap((target) =>
		families.flatMap(([name, family]) =>
			family.make(chance, target).map((stream) => randomSeries(chance, name, target, stream, parts))
		)
	);
	return { base, series, head: randomHead(chance) };
}

function randomHead(chance: Chance): DataSet['head'] {
	if (chance.is(0.4)) return undefined;
	const restart = chance.is(0.3) ? chance.below(DATA_END) : undefined;
	return { integers: chance.is(0.6), restart };
}

function randomSeries(
	chance: Chance,
	name: string,
	target: Target,
	{ extra, next }: Stream,
	parts: Parts
): TestSeries {
	const isStamped = chance.is(0.05);
	const times = isStamped ? target.times.map((time) => time - chance.below(900)) : target.times;
	const samples = withGaps(chance, times, next);
	const hasStarts = parts.has('start-timestamps') && chance.is(0.3);
	return {
		labels: labels({ __name__: name, ...target.labels, ...extra }),
		times,
		samples,
		startTimes: hasStarts ? randomStartTimes(chance, times, samples) : undefined,
		isStamped
	};
}

/** Targets that are scraped in one rhythm, or each in its own. */
function randomTargets(chance: Chance): Target[] {
	const common = chance.is(0.5) ? chance.pick(INTERVALS) : undefined;
	const instances = chance.pick([1, 2, 2, 3]);
	return ['api', 'web'].flatMap((job) =>
		Array.from({ length: instances }, (_, instance) => ({
			labels: { job, instance: String(instance) },
			times: randomTimes(chance, common ?? chance.pick(INTERVALS))
		}))
	);
}

/** Scrapes evenly apart, a few milliseconds late, or much too late; some targets are away for a while. */
function randomTimes(chance: Chance, interval: number): number[] {
	// Stamped samples are up to 900 ms earlier, and no time is negative.
	const shift = chance.is(0.3) ? interval : 1_000 + chance.below(interval / 1000) * 1000;
	const jitter = chance.pick([1, 1, 1, 1, 30, 200, Math.floor(interval / 3)]);
	const hole = chance.is(0.2) ? chance.below(DATA_END) : Infinity;
	const times: number[] = [];
	for (let at = shift; at < DATA_END + shift; at += interval) {
		if (at > hole && at < hole + 150_000) continue;
		times.push(at + chance.below(jitter));
	}
	return times;
}

/** One series of a family: labels beside the target's, and its values one after the other. */
interface Stream {
	readonly extra: Readonly<Record<string, string>>;
	readonly next: () => Sample;
}

interface Family {
	readonly part?: 'histograms' | 'info';
	readonly make: (chance: Chance, target: Target) => Stream[];
}

function single(make: (chance: Chance) => () => Sample): Family {
	return { make: (chance) => [{ extra: {}, next: make(chance) }] };
}

function histograms(kind: 'exponential' | 'custom', isGauge: boolean): Family {
	return {
		part: 'histograms',
		make: (chance) => {
			const stream = randomHistograms(chance, kind, isGauge);
			return [{ extra: {}, next: () => stream.next().value }];
		}
	};
}

const FAMILIES: Readonly<Record<string, Family>> = {
	req_total: {
		make: (chance) =>
			['200', '500'].map((code) => ({
				extra: { code },
				next: counter(chance, () => chance.below(20))
			}))
	},
	sec_total: single((chance) => counter(chance, () => chance.unit() * 3)),
	temp: single((chance) => () => chance.unit() * 200 - 100),
	odd: single((chance) => () => chance.pick(ODD)),
	spiky: single((chance) => {
		const level = chance.pick([1, 1e-310, -1e5]);
		return () => (chance.is(0.1) ? chance.pick(RARE) : chance.unit() * level);
	}),
	'http.requests': {
		make: (chance) =>
			['a', 'é', '"\\n"'].map((route) => ({
				extra: { 'route.name': route },
				next: counter(chance, () => chance.below(5))
			}))
	},
	typed: {
		make: (chance) => [
			{
				extra: { __type__: chance.pick(TYPES), __unit__: chance.pick(['seconds', '']) },
				next: counter(chance, () => chance.unit())
			}
		]
	},
	small: single((chance) => () => chance.below(4)),
	huge: single((chance) => () => (chance.unit() - 0.5) * 10 ** (chance.below(630) - 322)),
	steady: single((chance) => {
		const value = chance.pick([1, 0.1, -3, 1e9]);
		return () => value;
	}),
	conf: {
		make: (chance, { labels }) =>
			labels.instance === '0' ? [{ extra: { instance: '' }, next: () => chance.below(3) }] : []
	},
	target_info: {
		part: 'info',
		make: (chance) =>
			['1', '2'].slice(0, chance.is(0.8) ? 1 : 2).map((version) => ({
				extra: { version, zone: chance.pick(['a', 'b', '']) },
				next: () => 1
			}))
	},
	build_info: {
		part: 'info',
		make: (chance) => [{ extra: { build: chance.pick(['x', 'y']), code: '200' }, next: () => 1 }]
	},
	lat_bucket: { make: (chance, { times }) => classicHistogram(chance, times.length) },
	nh: histograms('exponential', false),
	nhg: histograms('exponential', true),
	nhcb: histograms('custom', false),
	mix: {
		part: 'histograms',
		make: (chance) => {
			const kind = chance.pick(['exponential', 'custom'] as const);
			const stream = randomHistograms(chance, kind, false);
			return [{ extra: {}, next: () => (chance.is(0.5) ? stream.next().value : chance.below(9)) }];
		}
	}
};

function counter(chance: Chance, increment: () => number): () => number {
	let value = 0;
	return () => (value = chance.is(0.04) ? chance.below(3) : value + increment());
}

/** Cumulative buckets; of a broken histogram one goes its own way, one has a bound that is none, or the last is missing. */
function classicHistogram(chance: Chance, rows: number): Stream[] {
	const flaw = chance.is(0.15) ? chance.pick(['alone', 'no bound', 'no last'] as const) : undefined;
	const broken = chance.below(LE.length);
	const columns = cumulativeCounts(chance, rows);
	const streams = LE.map((le, b): Stream => {
		const own = flaw === 'alone' && b === broken;
		const column = (columns[b] as number[]).values();
		return {
			extra: { le: flaw === 'no bound' && b === broken ? 'x' : le },
			next: () => (own ? chance.below(50) : (column.next().value as number))
		};
	});
	return flaw === 'no last' ? streams.slice(0, -1) : streams;
}

/** For each bucket its values, scrape by scrape. */
function cumulativeCounts(chance: Chance, rows: number): number[][] {
	const counts = LE.map(() => 0);
	const columns = LE.map((): number[] => []);
	for (let row = 0; row < rows; row++) {
		let observed = 0;
		columns.forEach((column, b) => {
			observed += chance.below(5);
			counts[b] = (counts[b] as number) + observed;
			column.push(counts[b] as number);
		});
	}
	return columns;
}

/** A series is born late, ends with a staleness marker and comes back, misses scrapes; or none of it. */
function withGaps(chance: Chance, times: readonly number[], next: () => Sample): Sample[] {
	const loses = chance.is(0.3) ? 0.15 : 0;
	const ends = chance.is(0.15) ? 0.05 : 0;
	const born = chance.is(0.25) ? chance.below(times.length) : 0;
	const dies = chance.is(0.3) ? chance.below(times.length) : Infinity;
	const back = dies + chance.below(20);
	return times.map((_, row) => {
		const sample = next();
		if (row < born) return 'absent';
		if (row === dies) return 'stale';
		if (row > dies && row < back) return 'absent';
		if (chance.is(loses)) return 'absent';
		return chance.is(ends) ? 'stale' : sample;
	});
}

/** Start times that mostly tell when the counter began, and sometimes are unknown, late or in the past of the sample before. */
function randomStartTimes(
	chance: Chance,
	times: readonly number[],
	samples: readonly Sample[]
): (number | undefined)[] {
	let started: number | undefined = (times[0] as number) - chance.below(60_000);
	const confused = chance.is(0.3);
	return times.map((time, row) => {
		if (countOf(samples[row]) < countOf(samples[row - 1])) started = time - chance.below(16_000);
		if (confused && chance.is(0.2)) return chance.pick([undefined, time, time - 20_000, time + 5]);
		return started;
	});
}

function countOf(sample: Sample | undefined): number {
	if (isHistogram(sample)) return sample.count;
	return typeof sample === 'number' ? sample : NaN;
}
