import type { Timestamp } from '#engine/model';
import { indexRange, valueNear } from './lookup.ts';
import { formatValue, type Unit } from './numbers.ts';
import { isDrawable, type NamedSeries, type TimeRange } from './series.ts';
import { formatRange, formatTime } from './time-axis.ts';

interface Peak {
	readonly series: NamedSeries;
	readonly value: number;
	readonly at: Timestamp;
}

/**
 * The chart in a sentence, for who does not see it: how many series, from when to when, the highest value and when, the
 * truth at that moment, and the gaps of a series that is alone.
 */
export function summarize(series: readonly NamedSeries[], range: TimeRange, unit: Unit): string {
	const seen = series.filter((one) => one.role !== 'truth');
	const truths = series.filter((one) => one.role === 'truth');
	const [from, to] = formatRange(range);
	const highest = peak(seen.length > 0 ? seen : truths, range);
	if (!highest) return `No data from ${from} to ${to}.`;
	return `${[
		`${count(seen.length || truths.length, 'series', 'series')} from ${from} to ${to}`,
		`highest ${highest.series.label} ${formatValue(highest.value, unit)} at ${formatTime(highest.at)}`,
		...(seen.length > 0 ? truths : []).flatMap((one) => truthAt(one, highest.at, unit)),
		...gapsOf(seen, range)
	].join('; ')}.`;
}

function peak(series: readonly NamedSeries[], range: TimeRange): Peak | undefined {
	let best: Peak | undefined;
	for (const one of series) {
		const [from, to] = indexRange(one.times, range);
		for (let i = from; i < to; i++) {
			const value = one.values[i] as number;
			if (isDrawable(one, i) && (!best || value > best.value)) {
				best = { series: one, value, at: one.times[i] as number };
			}
		}
	}
	return best;
}

function truthAt(truth: NamedSeries, at: Timestamp, unit: Unit): string[] {
	// Truth may lie on another grid: its nearest value is meant, however far.
	const value = valueNear(truth, at, Infinity);
	return value === undefined ? [] : [`${truth.label} ${formatValue(value, unit)}`];
}

function gapsOf(series: readonly NamedSeries[], range: TimeRange): string[] {
	const [only, ...others] = series;
	if (!only || others.length > 0 || only.role === 'raw') return [];
	const [from, to] = indexRange(only.times, range);
	let gaps = 0;
	for (let i = from + 1; i < to; i++) {
		if (only.present[i] !== 1 && only.present[i - 1] === 1) gaps++;
	}
	return gaps > 0 ? [count(gaps, 'gap', 'gaps')] : [];
}

function count(n: number, one: string, many: string): string {
	return `${n} ${n === 1 ? one : many}`;
}
