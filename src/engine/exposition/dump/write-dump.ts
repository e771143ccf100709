import {
	isValidUtf8,
	labelPairs,
	METRIC_NAME,
	metricName,
	type Labels,
	type MetricMetadata,
	type SeriesColumns
} from '#engine/model';
import { formatValue, linePrefix, openMetricsHeader, openMetricsTypeAndUnit } from '../format.ts';
import { canonicalFloat } from '../go-text.ts';
import { familiesOf, type DumpFamily } from './family.ts';
import { eachSample, metricsOf } from './points.ts';
import { formatSeconds } from './seconds.ts';

/** A piece is handed over when it has so many characters. */
const PIECE = 1 << 16;

/**
 * Series with all their samples as OpenMetrics text, in pieces of some 64 KiB: what `promtool tsdb create-blocks-from openmetrics`
 * and `readOpenMetricsDump` read. Metadata are by the names of a scrape; they give HELP, TYPE and UNIT lines.
 *
 * As in `promtool tsdb dump-openmetrics` staleness markers and native histograms are left out, for which OpenMetrics has no
 * words, and families that have nothing else; so are series without a name, and with names that no text can have (not UTF-8, or with the byte 0).
 */
export function* writeOpenMetricsDump(
	series: Iterable<SeriesColumns>,
	metadata: ReadonlyMap<string, MetricMetadata> = new Map()
): Generator<string> {
	const sayable = [...series].filter(({ labels }) => isSayable(labels));
	let text = '';
	for (const family of familiesOf(sayable, metadata)) {
		// Always with its TYPE: to Prometheus the one before would hold on. But none for a family without a sample.
		let header = headerOf(family);
		for (const metric of metricsOf(family)) {
			for (const piece of writeMetric(family, metric)) {
				if (piece === '') continue;
				text += header + piece;
				header = '';
				if (text.length < PIECE) continue;
				yield text;
				text = '';
			}
		}
	}
	yield `${text}# EOF\n`;
}

function headerOf({ name, type, help, unit }: DumpFamily): string {
	if (help === '') return openMetricsTypeAndUnit(name, type, unit);
	return openMetricsHeader(name, type, help, unit);
}

function isSayable(labels: Labels): boolean {
	if (metricName(labels) === '') return false;
	for (const [name, value] of labelPairs(labels)) {
		const names = name === METRIC_NAME ? value : name;
		if (!isValidUtf8(names) || names.includes('\0')) return false;
	}
	return true;
}

/** The samples of one metric, in pieces that are not too long. */
function writeMetric(family: DumpFamily, metric: readonly SeriesColumns[]): string[] {
	const prefixes = metric.map(({ labels }) => prefixOf(family, labels));
	const pieces: string[] = [];
	let text = '';
	eachSample(metric, (i, row) => {
		const { times, values } = metric[i] as SeriesColumns;
		const value = values[row] as number;
		text += `${prefixes[i]}${Object.is(value, -0) ? '-0' : formatValue(value)} `;
		text += `${formatSeconds(times[row] as number)}\n`;
		if (text.length >= PIECE) {
			pieces.push(text);
			text = '';
		}
	});
	return [...pieces, text];
}

/** Bounds and quantiles are written as floats, as OpenMetrics wants them and Prometheus spells them anyway. */
function prefixOf({ type }: DumpFamily, labels: Labels): string {
	const number = type === 'summary' ? 'quantile' : type === 'histogram' ? 'le' : undefined;
	const flat: string[] = [];
	for (const [name, value] of labelPairs(labels)) {
		if (name !== METRIC_NAME) flat.push(name, name === number ? canonicalFloat(value) : value);
	}
	return linePrefix(metricName(labels), flat);
}
