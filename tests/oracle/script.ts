import {
	CUSTOM_BUCKETS_SCHEMA,
	formatFloat,
	formatLabels,
	type FloatHistogram
} from '#engine/model';
import type { DataSet, Sample, TestSeries } from './data-set.ts';
import { treeText } from './query-tree.ts';
import type { Failure } from './shrink.ts';

/** A failure as a block of Prometheus' test-script language. Data whose times do not begin near 0 is written as if they did. */
export function toScript({ data, query, difference }: Failure): string {
	const { start, end, step, lookback, features } = query;
	const text = treeText(query.tree, data.base);
	const bounds =
		step === 0
			? `instant at ${seconds(start)}`
			: `range from ${seconds(start)} to ${seconds(end)} step ${seconds(step)}`;
	const off = Object.entries(features).flatMap(([name, on]) => (on ? [] : [name]));
	return [
		...(data.base === 0 ? [] : [`# times count from ${data.base / 1000}`]),
		...(lookback === 300_000 ? [] : [`# lookback ${seconds(lookback)}`]),
		...(off.length === 0 ? [] : [`# without ${off.join(', ')}`]),
		...loads(data),
		`eval ${bounds} ${text}`,
		`# ${difference.kind}: ${difference.what.replaceAll('\n', '\n# ')}`
	].join('\n');
}

function seconds(ms: number): string {
	return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}

function loads({ series }: DataSet): string[] {
	const moments = series.flatMap(({ times }) => times);
	const interval = moments.reduce(greatestCommonDivisor, 0) || 15_000;
	if (series.length === 0) return [];
	return [`load ${seconds(interval)}`, ...series.flatMap((one) => loadLines(one, interval))];
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function loadLines({ labels, times, samples, startTimes }: TestSeries, interval: number): string[] {
	const name = formatLabels(labels);
	const values = sequence(times, interval, (i) => sampleText(samples[i] as Sample));
	if (!startTimes) return [`  ${name} ${values}`];
	const offsets = sequence(times, interval, (i) => {
		const started = startTimes[i];
		return started === undefined ? '_' : seconds(started - (times[i] as number));
	});
	return [`  ${name}@st ${offsets}`, `  ${name} ${values}`];
}

function sequence(
	times: readonly number[],
	interval: number,
	textAt: (i: number) => string
): string {
	const words: string[] = [];
	let next = 0;
	times.forEach((time, i) => {
		const skipped = time / interval - next;
		if (skipped > 0) words.push(skipped === 1 ? '_' : `_x${skipped}`);
		words.push(textAt(i));
		next = time / interval + 1;
	});
	return words.join(' ');
}

function sampleText(sample: Sample): string {
	if (sample === 'absent') return '_';
	if (sample === 'stale') return 'stale';
	return typeof sample === 'number'
		? String(sample).replace('Infinity', 'Inf')
		: histogramText(sample);
}

function histogramText(histogram: FloatHistogram): string {
	const { schema, count, sum, zeroCount, zeroThreshold, positive, negative, customValues } =
		histogram;
	const words = [`schema:${schema}`, `count:${formatFloat(count)}`, `sum:${formatFloat(sum)}`];
	if (schema === CUSTOM_BUCKETS_SCHEMA) words.push(`custom_values:[${customValues.join(' ')}]`);
	else words.push(`z_bucket:${formatFloat(zeroCount)}`, `z_bucket_w:${zeroThreshold}`);
	words.push(...sideText('', positive), ...sideText('n_', negative));
	if (histogram.counterReset !== 'unknown')
		words.push(`counter_reset_hint:${histogram.counterReset}`);
	return `{{${words.join(' ')}}}`;
}

function sideText(prefix: string, { indexes, counts }: FloatHistogram['positive']): string[] {
	if (indexes.length === 0) return [];
	const first = indexes[0] as number;
	const dense = Array.from({ length: (indexes.at(-1) as number) - first + 1 }, () => 0);
	indexes.forEach((index, i) => (dense[index - first] = counts[i] as number));
	return [`${prefix}offset:${first}`, `${prefix}buckets:[${dense.join(' ')}]`];
}
