import {
	metricName,
	type MetricMetadata,
	type MetricType,
	type SeriesColumns
} from '#engine/model';

/** A metric family of a dump: what its header says, and its series. */
export interface DumpFamily {
	/** As OpenMetrics names it: a counter's without `_total`. */
	readonly name: string;
	readonly type: MetricType;
	readonly help: string;
	readonly unit: string;
	readonly series: SeriesColumns[];
}

type Header = Omit<DumpFamily, 'series'>;

/** What the names of a family's samples may end with, by its type; the empty suffix is the family's own name. */
const SUFFIXES: ReadonlyMap<MetricType, readonly string[]> = new Map<MetricType, readonly string[]>(
	[
		['counter', ['_total', '_created']],
		['info', ['_info']],
		['histogram', ['_bucket', '_count', '_sum', '_created']],
		['gaugehistogram', ['_bucket', '_gcount', '_gsum']],
		['summary', ['', '_count', '_sum', '_created']],
		['gauge', ['']],
		['stateset', ['']],
		['unknown', ['']],
		['untyped', ['']]
	]
);

const ALL_SUFFIXES = [...new Set([...SUFFIXES.values()].flat())];

/**
 * The series by metric family, in the order in which the families are first met. Metadata are those of a scrape, so a counter
 * may be known by its family or by the name of its samples. What nothing is known of, or what its type does not go with, has
 * the type unknown under its own name; so has a counter without `_total`, as in Prometheus' own writer
 * (common/expfmt/openmetrics_create.go).
 */
export function familiesOf(
	series: Iterable<SeriesColumns>,
	metadata: ReadonlyMap<string, MetricMetadata>
): DumpFamily[] {
	const families = new Map<string, DumpFamily>();
	const byMetric = new Map<string, DumpFamily>();
	for (const one of series) {
		const name = metricName(one.labels);
		const family = byMetric.get(name) ?? enter(families, name, headerOf(name, metadata));
		byMetric.set(name, family);
		family.series.push(one);
	}
	return [...families.values()];
}

/** The family with that header. Where another one has its name already, the metric becomes a family of its own. */
function enter(families: Map<string, DumpFamily>, metric: string, header: Header): DumpFamily {
	const known = families.get(header.name);
	if (known?.type === header.type && known.help === header.help) return known;
	const free = known ? { ...unknown(metric), help: header.help } : header;
	const family = families.get(free.name) ?? { ...free, series: [] };
	families.set(family.name, family);
	return family;
}

function headerOf(metric: string, metadata: ReadonlyMap<string, MetricMetadata>): Header {
	for (const suffix of ALL_SUFFIXES) {
		if (!metric.endsWith(suffix)) continue;
		const name = metric.slice(0, metric.length - suffix.length);
		const known = metadata.get(name) ?? (suffix === '_total' ? metadata.get(metric) : undefined);
		if (known && SUFFIXES.get(known.type)?.includes(suffix)) return header(name, known);
	}
	return { ...unknown(metric), help: metadata.get(metric)?.help ?? '' };
}

/** A unit has to be the end of the name. */
function header(name: string, { type, help, unit }: MetricMetadata): Header {
	const fitting = unit !== '' && name.endsWith(`_${unit}`) ? unit : '';
	return { name, type: type === 'untyped' ? 'unknown' : type, help, unit: fitting };
}

function unknown(name: string): Header {
	return { name, type: 'unknown', help: '', unit: '' };
}
