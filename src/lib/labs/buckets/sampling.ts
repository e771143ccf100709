import { quantileOfSorted } from '#engine/promql';
import type { RandomSource } from '#engine/sim';
import { classicQuantile, type ClassicBuckets } from './classic.ts';
import { countUpTo } from './crowd.ts';

/** Windows that are imagined to see what an estimate would be with so many requests. */
const WINDOWS = 200;

/** Up to so many requests a window is drawn request by request; above, bucket by bucket, with the normal law for the binomial. */
const MOST_DRAWN = 1000;

/** The least and the most of what a number is nine times out of ten. */
export interface Band {
	readonly low: number;
	readonly high: number;
}

/**
 * Windows of n requests each: `counts` fills in the cumulative counts that window w has, where shares[b] of all requests are at most
 * the b-th bound. The chance is drawn once, so what is drawn of a band moves as smoothly as the edges.
 */
export interface Windows {
	readonly size: number;
	readonly requests: number;
	counts(w: number, shares: Float64Array, into: Float64Array): void;
}

/** Windows of n requests, drawn from the source. */
export function drawWindows(requests: number, random: RandomSource, size = WINDOWS): Windows {
	return requests <= MOST_DRAWN
		? windowsOfRequests(requests, random, size)
		: windowsOfCounts(requests, random, size);
}

function windowsOfRequests(requests: number, random: RandomSource, size: number): Windows {
	const windows = Array.from({ length: size }, () =>
		Float64Array.from({ length: requests }, random).sort()
	);
	return {
		size,
		requests,
		counts(w, shares, into) {
			for (let b = 0; b < shares.length; b++) {
				into[b] = countUpTo(windows[w] as Float64Array, shares[b] as number);
			}
		}
	};
}

/** Each bucket takes its binomial part of what is left, which makes the whole multinomial. */
function windowsOfCounts(requests: number, random: RandomSource, size: number): Windows {
	const deviates = Array.from({ length: size }, (_, w) =>
		normalDeviates(random.fork(`window ${w}`))
	);
	return {
		size,
		requests,
		counts(w, shares, into) {
			const deviate = deviates[w] as (b: number) => number;
			let counted = 0;
			let before = 0;
			for (let b = 0; b < shares.length; b++) {
				const share = shares[b] as number;
				const left = requests - counted;
				const p = before < 1 ? Math.min(1, (share - before) / (1 - before)) : 0;
				const part = left * p + Math.sqrt(left * p * (1 - p)) * deviate(b);
				counted += Math.min(left, Math.max(0, Math.round(part)));
				into[b] = counted;
				before = share;
			}
		}
	};
}

/** Standard normal numbers by place, each drawn when it is first asked for (Box and Muller). */
function normalDeviates(random: RandomSource): (place: number) => number {
	const drawn: number[] = [];
	return (place) => {
		while (drawn.length <= place) {
			const radius = Math.sqrt(-2 * Math.log(1 - random()));
			drawn.push(radius * Math.cos(2 * Math.PI * random()));
		}
		return drawn[place] as number;
	};
}

/** Where histogram_quantile(q, …) lies nine times out of ten, when a window has so few requests. Undefined where it is no number. */
export function samplingBand(
	q: number,
	{ bounds, counts }: ClassicBuckets,
	windows: Windows
): Band | undefined {
	const total = counts[counts.length - 1] ?? 0;
	if (total === 0) return undefined;
	const shares = counts.map((count) => count / total);
	const drawn = new Float64Array(counts.length);
	const estimates = new Float64Array(windows.size);
	for (let w = 0; w < windows.size; w++) {
		windows.counts(w, shares, drawn);
		estimates[w] = classicQuantile(q, { bounds, counts: drawn });
	}
	const sorted = estimates.filter((estimate) => !Number.isNaN(estimate)).sort();
	if (sorted.length === 0) return undefined;
	return {
		low: quantileOfSorted(0.05, sorted, sorted.length),
		high: quantileOfSorted(0.95, sorted, sorted.length)
	};
}
