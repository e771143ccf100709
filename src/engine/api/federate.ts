import {
	compareLabels,
	ABSENT,
	compareText,
	CUSTOM_BUCKETS_SCHEMA,
	labelPairs,
	labelsKey,
	METRIC_NAME,
	metricName,
	MINUTE,
	STALE,
	type ExposedSample,
	type FloatHistogram,
	type Labels,
	type MetricFamily,
	type Querier,
	type SeriesColumns,
	type Timestamp
} from '#engine/model';
import { formatParseError, parseSelector } from '#engine/promql';
import { answer, ApiError, success } from './api-error.ts';
import type { ApiResponse } from './api.ts';
import { classicSamples } from './classic-histogram.ts';

/** How old a sample may be, as for a query (cmd/prometheus, query.lookback-delta). */
const LOOKBACK = 5 * MINUTE;

/**
 * What another Prometheus is given that federates: of each series that any selector finds the newest sample of the last five minutes, with
 * its time, by metric (web/federate.go). Series that have ended are left out. Histograms with bounds of their own are told as classic ones;
 * the other native ones, which no text can say, are left out too. Labels that a series lacks come from those of this Prometheus. A selector
 * that does not parse is bad data, in the parser's words.
 */
export function federate(
	querier: Querier,
	match: readonly string[],
	now: Timestamp,
	externalLabels: Labels = []
): ApiResponse<readonly MetricFamily[]> {
	return answer(() => {
		const found = new Map<string, SeriesColumns>();
		for (const text of match) {
			for (const series of querier.select(matchersOf(text), now - LOOKBACK, now)) {
				found.set(labelsKey(series.labels), series);
			}
		}
		const sorted = [...found.values()].sort((a, b) => compareLabels(a.labels, b.labels));
		const samples = sorted.flatMap((series) => newest(series) ?? []);
		return success(familiesOf(samples, globalLabels(externalLabels)));
	});
}

function matchersOf(text: string): Parameters<Querier['select']>[0] {
	const parsed = parseSelector(text);
	if (parsed.ok) return parsed.selector.matchers;
	const [first] = parsed.errors;
	throw new ApiError('bad_data', first ? formatParseError(text, first) : 'no selector');
}

/** The newest sample of a series that has a name. */
interface NewestSample {
	readonly name: string;
	readonly labels: Labels;
	readonly value: number;
	readonly histogram: FloatHistogram | undefined;
	readonly timestamp: Timestamp;
}

function newest({
	labels,
	times,
	values,
	marks,
	histograms,
	start,
	end
}: SeriesColumns): NewestSample | undefined {
	const name = metricName(labels);
	let row = end - 1;
	while (row >= start && marks?.[row] === ABSENT) row--;
	if (name === '' || row < start || marks?.[row] === STALE) return undefined;
	const histogram = histograms?.[row];
	if (histogram && histogram.schema !== CUSTOM_BUCKETS_SCHEMA) return undefined;
	const [value, timestamp] = [values[row] as number, times[row] as Timestamp];
	return { name, labels, value, histogram, timestamp };
}

/** By name; where floats and histograms follow each other under one name, each begins a family of its own. */
function familiesOf(samples: readonly NewestSample[], globals: readonly Pair[]): MetricFamily[] {
	const families: { name: string; kind: string; samples: ExposedSample[] }[] = [];
	for (const sample of samples.toSorted((a, b) => compareText(a.name, b.name))) {
		const { name, histogram } = sample;
		const kind = kindOf(histogram);
		const last = families.at(-1);
		const isAnother = last?.name !== name || last.kind !== kind;
		const family = isAnother ? { name, kind, samples: [] } : last;
		if (isAnother) families.push(family);
		family.samples.push(...exposed(sample, globals));
	}
	return families.map(({ name, kind, samples }) => ({
		name,
		type: kind === 'float' ? 'untyped' : 'histogram',
		help: '',
		samples
	}));
}

function kindOf(histogram: FloatHistogram | undefined): string {
	if (!histogram) return 'float';
	return histogram.counterReset === 'gauge' ? 'gauge histogram' : 'histogram';
}

function exposed(
	{ name, labels, value, histogram, timestamp }: NewestSample,
	globals: readonly Pair[]
): ExposedSample[] {
	const own = exposedLabels(labels, globals);
	if (histogram) return classicSamples(name, own, histogram, timestamp);
	return [{ name, labels: own, value, timestamp }];
}

type Pair = readonly [name: string, value: string];

/** A series without an instance says so, or the one who federates would make it one of our own. */
function globalLabels(externalLabels: Labels): Pair[] {
	const pairs = [...labelPairs(externalLabels)];
	const hasInstance = pairs.some(([name]) => name === 'instance');
	const all: Pair[] = hasInstance ? pairs : [...pairs, ['instance', '']];
	return all.sort(([a], [b]) => compareText(a, b));
}

function exposedLabels(set: Labels, globals: readonly Pair[]): string[] {
	const own = [...labelPairs(set)].filter(([name]) => name !== METRIC_NAME);
	const names = new Set(own.map(([name]) => name));
	return [...own, ...globals.filter(([name]) => !names.has(name))].flat();
}
