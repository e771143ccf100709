import { formatDuration, type Duration, type Labels } from '#engine/model';
import { rangeArgument } from '../arguments.ts';
import type { Call } from '../ast.ts';
import { withoutMetricName } from '../names.ts';
import { windowRate, type WindowRate } from '../rate.ts';
import type { Capture, CapturedWindow, CapturedWindows } from './capture.ts';
import type { LastTwo, Member, WindowDetail, WindowSample } from './detail.ts';
import type { ExplainLimits } from './explanation.ts';
import { closest } from './focus.ts';

/** Explains a range vector function by the window of one series: the one that fits the focus, with a result if any has one. */
export function windowDetail(
	call: Call,
	capture: Capture,
	focus: Labels,
	limits: ExplainLimits
): WindowDetail | undefined {
	const captured = capture.windows.get(rangeArgument(call));
	if (!captured) return undefined;
	const results = capture.vectors.get(call)?.series ?? [];
	const wanted = closest(results, focus);
	const window = closest(captured.windows, wanted?.labels ?? focus);
	if (!window) return undefined;
	const { windowStart, windowEnd } = captured;
	const result = wanted && isOf(wanted, window) ? wanted : undefined;
	return {
		kind: 'window',
		func: call.func,
		labels: window.labels,
		windowStart,
		windowEnd,
		samples: newestSamples(window, limits.windowSamples),
		...(result ? { result } : { reason: reasonOfNothing(call, window, captured) }),
		...calculation(call, window, captured)
	};
}

function isOf(result: Member, window: CapturedWindow): boolean {
	const bare = withoutMetricName(window.labels);
	return withoutMetricName(result.labels).every((text, i) => text === bare[i]);
}

function newestSamples(window: CapturedWindow, limit: number): WindowDetail['samples'] {
	const total = window.times.length;
	const items: WindowSample[] = [];
	for (let row = Math.max(0, total - limit); row < total; row++) {
		const histogram = window.histograms?.[row];
		items.push({
			time: window.times[row] as number,
			value: window.values[row] as number,
			...(histogram ? { histogram } : {})
		});
	}
	return { items, total };
}

const RATE_KINDS: Readonly<Record<string, { isCounter: boolean; perSecond: boolean }>> = {
	rate: { isCounter: true, perSecond: true },
	increase: { isCounter: true, perSecond: false },
	delta: { isCounter: false, perSecond: false }
};

function calculation(
	{ func }: Call,
	window: CapturedWindow,
	bounds: CapturedWindows
): { rate?: WindowRate; lastTwo?: LastTwo } {
	if (window.histograms?.some((histogram) => histogram)) return {};
	const kind = RATE_KINDS[func];
	if (kind) {
		const { times, values } = window;
		const { windowStart, windowEnd } = bounds;
		const rate = windowRate(
			{ times, values, start: 0, end: times.length, windowStart, windowEnd },
			kind
		);
		return rate ? { rate } : {};
	}
	return func === 'irate' || func === 'idelta' ? lastTwoSamples(func, window) : {};
}

function lastTwoSamples(func: 'irate' | 'idelta', { times, values }: CapturedWindow) {
	const last = times.length - 1;
	if (last < 1) return {};
	const [before, after] = [values[last - 1] as number, values[last] as number];
	const isReset = func === 'irate' && after < before;
	const lastTwo: LastTwo = {
		seconds: ((times[last] as number) - (times[last - 1] as number)) / 1000,
		difference: isReset ? after : after - before,
		isReset
	};
	return { lastTwo };
}

/** Functions that need two samples to say anything. */
export const NEEDS_TWO_SAMPLES: ReadonlySet<string> = new Set([
	'rate',
	'increase',
	'delta',
	'irate',
	'idelta',
	'deriv',
	'predict_linear',
	'double_exponential_smoothing'
]);

function reasonOfNothing(
	{ func }: Call,
	{ times }: CapturedWindow,
	{ windowStart, windowEnd }: CapturedWindows
): string {
	const range: Duration = windowEnd - windowStart;
	if (NEEDS_TWO_SAMPLES.has(func) && times.length < 2) {
		const found = times.length === 1 ? 'one' : 'none';
		return `${func}() needs two samples in its window of ${formatDuration(range)}; this series has ${found} there.`;
	}
	return `${func}() gives nothing for these samples.`;
}
