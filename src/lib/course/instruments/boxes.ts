import { formatValue } from '$lib/charts/numbers.ts';

/** One line of /metrics of a histogram. */
export interface HistogramLine {
	/** What tells it from the other lines: `le` as a number or `+Inf`, or `sum` or `count`. */
	readonly id: string;
	/** The end of its name: `_bucket`, `_sum` or `_count`. */
	readonly part: string;
	/** As on the page, in braces; empty where there are none. */
	readonly labels: string;
	/** As on the page. */
	readonly text: string;
	readonly value: number;
}

/** A histogram without labels, as a page shows it. */
export interface ExposedHistogram {
	readonly name: string;
	/** In the order of the page. */
	readonly lines: readonly HistogramLine[];
}

/** One of the boxes that requests are sorted into. Edges are in seconds. */
export interface Box {
	/** It holds what is above this; the first box begins at 0 and holds that too. */
	readonly from: number;
	/** And what is at most this; the last box has Infinity. */
	readonly to: number;
	/** How many are in this box. */
	readonly own: number;
	/** How many are in it and in all before it: what its line says. */
	readonly upTo: number;
}

/** A line of a bucket, the sum or the count: the end of its name, its braces, its `le`, its value. */
const LINE = /^(_bucket|_sum|_count)(\{le="([^"]+)"\})? (\S+)$/;

/** The first histogram of a page, which has no labels but `le`; undefined when there is none. */
export function readHistogram(page: string): ExposedHistogram | undefined {
	const [, name] = /^# TYPE (\S+) histogram$/m.exec(page) ?? [];
	if (name === undefined) return undefined;
	const own = page.split('\n').filter((line) => line.startsWith(name));
	const lines = own.flatMap((line): HistogramLine[] => {
		const [, part, labels = '', le, text = ''] = LINE.exec(line.slice(name.length)) ?? [];
		if (part === undefined) return [];
		const id = le === undefined ? part.slice(1) : plain(le);
		return [{ id, part, labels, text, value: Number(text) }];
	});
	return lines.length > 0 ? { name, lines } : undefined;
}

/** The boxes of a histogram, whose lines count cumulatively. */
export function boxesOf({ lines }: ExposedHistogram): Box[] {
	const buckets = lines.filter(({ part }) => part === '_bucket');
	return buckets.map(({ id, value }, i) => {
		const before = buckets[i - 1];
		return {
			from: before ? edgeOf(before.id) : 0,
			to: edgeOf(id),
			own: value - (before?.value ?? 0),
			upTo: value
		};
	});
}

/** What has been added to each line since an earlier page of the same histogram, in the order of the lines. */
export function growthOf(before: ExposedHistogram, now: ExposedHistogram): number[] {
	const values = new Map(before.lines.map(({ id, value }) => [id, value]));
	return now.lines.map(({ id, value }) => value - (values.get(id) ?? 0));
}

/** How many requests a histogram has observed. */
export function countOf({ lines }: ExposedHistogram): number {
	return lines.find(({ id }) => id === 'count')?.value ?? 0;
}

/** What a box is called: `0.25 to 0.5`. In seconds. */
export function boxName({ from, to }: Box): string {
	if (to === Infinity) return `above ${from}`;
	return from === 0 ? `up to ${to}` : `${from} to ${to}`;
}

/** What has been added to a line, with its sign; empty where nothing has. Sums have more digits than anybody reads. */
export function grown({ id, growth }: { readonly id: string; readonly growth: number }): string {
	if (growth === 0) return '';
	return `+${id === 'sum' ? Number(growth.toFixed(3)) : growth}`;
}

/** What has happened since an earlier page, in a sentence or two. */
export function sentenceOf(before: ExposedHistogram, now: ExposedHistogram): string {
	const [count, fresh] = [countOf(now), countOf(now) - countOf(before)];
	if (count === 0) return `No request yet. All ${now.lines.length} lines are at 0.`;
	const sum = growthOf(before, now)[now.lines.findIndex(({ id }) => id === 'sum')] ?? 0;
	const total = `${count} ${count === 1 ? 'request' : 'requests'}.`;
	const changed = growthOf(before, now).filter((growth) => growth !== 0).length;
	const lines = `changed ${changed} of ${now.lines.length} lines`;
	if (fresh !== 1) return `${total} The last ${fresh} ${lines}.`;
	const was = boxesOf(before).map(({ own }) => own);
	const box = boxesOf(now).find(({ own }, i) => own > (was[i] ?? 0));
	const place = box ? `, fell into the box ${boxName(box)} s` : '';
	return `${total} The last one took ${formatValue(sum, 'seconds')}${place} and ${lines}.`;
}

/** The edge 1 is `1` in one language and `1.0` in another. */
function plain(le: string): string {
	return le === '+Inf' ? le : String(Number(le));
}

function edgeOf(le: string): number {
	return le === '+Inf' ? Infinity : Number(le);
}
