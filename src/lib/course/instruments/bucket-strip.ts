import { classicEstimate, type ClassicBuckets } from '$lib/labs/buckets/classic.ts';
import type { Edges } from '$lib/labs/buckets/edges.ts';
import { trafficOf, type Traffic } from '$lib/labs/buckets/traffic.ts';
import { quantileName } from '$lib/labs/buckets/words.ts';
import type { Language } from '../lesson.ts';

/** A kind of traffic that a strip can show. */
interface StripTraffic {
	readonly id: string;
	readonly label: string;
	readonly traffic: Traffic;
}

/** What a bucket strip is about, as it opens. */
interface Strip {
	readonly title: string;
	/** The first is shown first. */
	readonly kinds: readonly [StripTraffic, ...StripTraffic[]];
	readonly q: number;
	/** Whether p50, p95 and p99 of all kinds are told, and the edges as code. */
	readonly isTask: boolean;
}

/** Two in a hundred requests hang for 30 s, the others are those of a web page: hidden/03-timeout.yaml, and the orders of the shop. */
const TIMEOUT: Traffic = { ...trafficOf('cliff'), cliffShare: 0.02 };

export const STRIPS = {
	surprises: {
		title: 'Eight edges over 20,000 requests',
		kinds: [
			{ id: 'constant', label: 'Always 260 ms', traffic: trafficOf('constant') },
			{ id: 'fast', label: '2 ms API', traffic: trafficOf('fast') }
		],
		q: 0.99,
		isTask: false
	},
	task: {
		title: 'Your edges over three services',
		kinds: [
			{ id: 'web', label: 'Web page', traffic: trafficOf('shop') },
			{ id: 'cache', label: 'Cache and database', traffic: trafficOf('cache') },
			{ id: 'timeout', label: 'Timeout', traffic: TIMEOUT }
		],
		q: 0.99,
		isTask: true
	}
} as const satisfies Record<string, Strip>;

/** The quantiles that a strip can be asked for. */
export const QUANTILES = [0.5, 0.95, 0.99].map((q) => ({ value: q, label: quantileName(q) }));

/** A duration with four digits, so that 497.5 ms is not rounded away. */
export function exactly(seconds: number): string {
	const [value, unit] = seconds < 1 ? [seconds * 1000, 'ms'] : [seconds, 's'];
	return `${Number(value.toPrecision(4)).toLocaleString('en')} ${unit}`;
}

/** How histogram_quantile() has come to its answer, in a sentence with the numbers of the buckets. */
export function wayThrough(q: number, buckets: ClassicBuckets): string {
	const { value, lower, upper } = classicEstimate(q, buckets);
	const name = quantileName(q);
	if (Number.isNaN(value)) return `There is no ${name}: nothing was observed.`;
	if (upper === Infinity) {
		return `${name} lies above the last edge, and the answer is that edge: ${exactly(value)}.`;
	}
	const part = (100 * (value - lower)) / (upper - lower);
	const percent = Number(part.toPrecision(3));
	return `${name} lies in the box from ${exactly(lower)} to ${exactly(upper)}. ${percent} % of the way through it: ${exactly(value)}.`;
}

/** Edges as the argument of a histogram. */
export function edgesAsCode(edges: Edges, language: Language): string {
	return language === 'python'
		? `buckets=[${edges.map((edge) => (Number.isInteger(edge) ? edge.toFixed(1) : edge)).join(', ')}]`
		: `buckets: [${edges.join(', ')}]`;
}
