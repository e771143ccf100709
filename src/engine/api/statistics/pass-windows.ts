import { metricName, withoutLabels, type Labels } from '#engine/model';
import type { Call } from '#engine/promql';
import { addRead, addTotal, notePeak, type Account } from './account.ts';
import { totalSize, type Matrix } from './matrix.ts';
import { windowCounter, windowEnd, type SizedSeries, type Windows } from './windows.ts';

/** Counts the windows of a series, and gives the size of the last one, which is still held. */
export function passWindows(
	series: SizedSeries,
	windows: Windows,
	account: Account,
	isRead: boolean
): number {
	const count = windowCounter(series);
	const countNew = windowCounter(series);
	const before = account.held;
	let size = 0;
	for (let i = 0; i < windows.grid.count; i++) {
		const isAgain = windows.at !== undefined && i > 0;
		const to = windowEnd(windows, i);
		if (!isAgain) size = windows.length > 0 ? count(to - windows.length, to) : 0;
		account.held = before + size;
		notePeak(account);
		if (size === 0) continue;
		addTotal(account, i, size);
		if (!isRead || isAgain) continue;
		const after = i === 0 ? windows.length : Math.min(windows.length, windows.grid.step);
		addRead(account, i, countNew(to - after, to));
	}
	return size;
}

/**
 * How much a function makes of a series: its result is known by the same labels, mostly without the name. What comes of series with
 * a given name is asked for when there are several of them.
 */
export function outputSizes(
	{ func }: Call,
	names: ReadonlySet<string>,
	resultOf: (name?: string) => Matrix
): (series: SizedSeries, windows: Windows) => number {
	if (func === 'absent_over_time') return filledWindows;
	const byName = new Map(
		names.size > 1
			? Array.from(names, (name) => [name, sizesByLabels(resultOf(name))])
			: Array.from(names, (name) => [name, sizesByLabels(resultOf())])
	);
	return ({ labels }) => {
		const sizes = byName.get(metricName(labels));
		return sizes?.get(keyOf(labels)) ?? sizes?.get(keyOf(nameless(labels))) ?? 0;
	};
}

function sizesByLabels(result: Matrix): ReadonlyMap<string, number> {
	return new Map(result.map((one) => [keyOf(one.labels), totalSize([one])]));
}

function filledWindows(series: SizedSeries, windows: Windows): number {
	const count = windowCounter(series);
	let filled = 0;
	for (let i = 0; i < windows.grid.count; i++) {
		const to = windowEnd(windows, i);
		if (count(to - windows.length, to) > 0) filled++;
	}
	return filled;
}

function keyOf(labels: Labels): string {
	return JSON.stringify(labels);
}

function nameless(labels: Labels): Labels {
	return withoutLabels(labels, ['__name__', '__type__', '__unit__']);
}
