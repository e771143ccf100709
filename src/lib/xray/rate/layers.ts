import type { WindowDetail, WindowSample } from '#engine/promql';

/** What rate() does to a window, one thing after the other. They are numbered from 1, as the keys are that show them. */
export const LAYERS = [
	{ id: 'samples', name: 'in the window' },
	{ id: 'difference', name: 'last − first' },
	{ id: 'resets', name: 'resets' },
	{ id: 'extrapolation', name: 'extrapolation' },
	{ id: 'division', name: '÷ range' }
] as const;
export type Layer = 1 | 2 | 3 | 4 | 5;

/** A fall of the counter: what it had reached before is added. */
export interface Reset {
	readonly before: WindowSample;
	readonly after: WindowSample;
}

/** The terms that a rate is made of, as the engine explains it. Times in seconds. */
export interface Terms {
	readonly first: WindowSample;
	readonly last: WindowSample;
	/** Last − first, which a restart makes too small. */
	readonly difference: number;
	readonly resets: readonly Reset[];
	/** Resets made up for. */
	readonly increase: number;
	readonly sampled: number;
	readonly toStart: number;
	readonly toEnd: number;
	/** The length of the window. */
	readonly range: number;
}

type ExtrapolatedWindow = WindowDetail & { readonly rate: NonNullable<WindowDetail['rate']> };

/** Whether a window has a rate that was extrapolated from its own samples. */
export function isExtrapolated(detail: WindowDetail | undefined): detail is ExtrapolatedWindow {
	return detail?.rate?.method === 'extrapolated' && detail.rate.began === undefined;
}

/** The terms of a window; undefined when it gives nothing. */
export function termsOf(detail: WindowDetail | undefined): Terms | undefined {
	if (!isExtrapolated(detail)) return undefined;
	const { rate, samples, windowStart, windowEnd } = detail;
	const at = (row: number) => samples.items[row] as WindowSample;
	const [first, last] = [at(rate.firstRow), at(rate.lastRow)];
	return {
		first,
		last,
		difference: last.value - first.value,
		resets: rate.resets.map((row) => ({ before: at(row - 1), after: at(row) })),
		increase: rate.increase,
		sampled: rate.sampled,
		toStart: rate.toStart,
		toEnd: rate.toEnd,
		range: (windowEnd - windowStart) / 1000
	};
}

/** The terms put together again, in the order of the engine's own steps, so that not even a last bit differs. */
export function productOf(terms: Terms, perSecond = true): number {
	const { difference, resets, sampled, toStart, toEnd, range } = terms;
	const increase = resets.reduce((sum, { before }) => sum + before.value, difference);
	return increase * ((sampled + toStart + toEnd) / sampled / (perSecond ? range : 1));
}

/** The samples from the first to the last, each lifted by what the counter had reached before its resets: it never falls. */
export function liftedSamples(detail: WindowDetail): readonly WindowSample[] {
	if (!isExtrapolated(detail)) return [];
	const { rate, samples } = detail;
	let lift = 0;
	return samples.items.map((sample, row) => {
		if (rate.resets.includes(row)) lift += samples.items[row - 1]?.value ?? 0;
		return { time: sample.time, value: sample.value + lift };
	});
}
