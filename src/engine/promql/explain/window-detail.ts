import { formatDuration, labelsKey, type Duration, type Labels } from '#engine/model';
import { rangeArgument } from '../arguments.ts';
import type { Call } from '../ast.ts';
import { isResetBefore } from '../instant-rate.ts';
import { withoutMetricName } from '../names.ts';
import { DELTA, INCREASE, RATE, type RateKind } from '../rate-kind.ts';
import { kindOfRows } from '../row-kinds.ts';
import { extensionOf } from '../window-extension.ts';
import { windowRate, type WindowRate } from '../window-rate.ts';
import type { Capture, CapturedWindow, CapturedWindows } from './capture.ts';
import type { LastTwo, LostSeries, Member, WindowDetail, WindowSample } from './detail.ts';
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
		...lostSeries(call, captured, results),
		...calculation(call, window, captured)
	};
}

/** Names of lost series that are listed. */
const LOST_SHOWN = 3;

function lostSeries(
	call: Call,
	{ windows, filled, single }: CapturedWindows,
	results: readonly Member[]
): { lost?: LostSeries } {
	const total = filled - results.length;
	if (total <= 0 || results.length === 0) return {};
	const out = new Set(results.map(({ labels }) => labelsKey(withoutMetricName(labels))));
	const lost = windows.filter(
		({ times, labels }) => times.length > 0 && !out.has(labelsKey(withoutMetricName(labels)))
	);
	const needsTwo = NEEDS_TWO_SAMPLES.has(call.func) && !extensionOf(rangeArgument(call));
	const items = lost.slice(0, LOST_SHOWN).map(({ labels }) => labels);
	return { lost: { series: { items, total }, of: filled, tooFew: needsTwo ? single : 0 } };
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
		const startTime = window.startTimes?.[row];
		items.push({
			time: window.times[row] as number,
			value: window.values[row] as number,
			...(histogram ? { histogram } : {}),
			...(startTime ? { startTime } : {})
		});
	}
	return { items, total };
}

const RATE_KINDS: Readonly<Record<string, RateKind>> = {
	rate: RATE,
	increase: INCREASE,
	delta: DELTA
};

function calculation(
	call: Call,
	window: CapturedWindow,
	{ windowStart, windowEnd }: CapturedWindows
): { rate?: WindowRate; lastTwo?: LastTwo } {
	const kind = RATE_KINDS[call.func];
	if (!kind)
		return call.func === 'irate' || call.func === 'idelta' ? lastTwo(call.func, window) : {};
	const extension = extensionOf(rangeArgument(call));
	const startTimes = kind.isCounter ? window.startTimes : undefined;
	const rows = { start: 0, end: window.times.length, windowStart, windowEnd };
	const rate = windowRate({ ...window, ...rows, startTimes, extension }, kind);
	return rate ? { rate } : {};
}

function lastTwo(func: 'irate' | 'idelta', window: CapturedWindow): { lastTwo?: LastTwo } {
	const { times, values } = window;
	const last = times.length - 1;
	if (last < 1 || kindOfRows(window, last - 1, last + 1) !== 'floats') return {};
	const isReset = func === 'irate' && isResetBefore(window, last);
	const [before, after] = [values[last - 1] as number, values[last] as number];
	return {
		lastTwo: {
			seconds: ((times[last] as number) - (times[last - 1] as number)) / 1000,
			difference: isReset ? after : after - before,
			isReset
		}
	};
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
	window: CapturedWindow,
	{ windowStart, windowEnd }: CapturedWindows
): string {
	const { times } = window;
	const range: Duration = windowEnd - windowStart;
	if (NEEDS_TWO_SAMPLES.has(func) && times.length < 2) {
		const found = times.length === 1 ? 'one' : 'none';
		return `${func}() needs two samples in its window of ${formatDuration(range)}; this series has ${found} there.`;
	}
	if (times.length > 0 && kindOfRows(window, 0, times.length) === 'mixed') {
		return `${func}() can not put numbers and native histograms together, and the window holds both.`;
	}
	return `${func}() gives nothing for these samples.`;
}
