/**
 * The text of /metrics, both ways: families to text, and pages to samples. Two formats: the Prometheus text format
 * (0.0.4, and 1.0.0 with UTF-8 names) and OpenMetrics 1.0.
 *
 * A page is bytes. A target shows nearly the same page at each scrape, so its parser remembers the last one, line by
 * line: what a line has before its value is compared as bytes, and where that is unchanged only the value is read. The
 * same series is the same object then. What Prometheus 3 accepts is accepted, what it refuses is refused in its words,
 * with line and column.
 *
 * A converter makes one native histogram with custom buckets (NHCB) of all samples of a classic one, where a scrape asks for it.
 *
 * A dump is many samples of each series with their timestamps in OpenMetrics text: what promtool makes blocks from.
 *
 * Left out: protobuf and with it native histograms, and start timestamps (`_created` lines are series).
 */
export { formatValue, linePrefix, textHeader } from './format.ts';
export { formatOpenMetrics, formatText, openMetricsFamilyName } from './write.ts';
export { createTextParser, type TextParser } from './text-parser.ts';
export { type ParsedExposition, type ParsedPage, type UnreadablePage } from './parsed-page.ts';
export { type ParsedExemplar } from './page-reader.ts';
export { type ExposedSeries } from './exposed-series.ts';
export { type PageLayout, type PageSection } from './page-layout.ts';
export {
	createHistogramConverter,
	type HistogramConverter,
	type HistogramConverterOptions
} from './nhcb/histogram-converter.ts';
export { negotiateFormat, type NegotiatedFormat } from './negotiate.ts';
export {
	escapeFamily,
	escapeName,
	ESCAPING_SCHEMES,
	isEscapingScheme,
	type EscapingScheme
} from './escaping.ts';
export { writeOpenMetricsDump } from './dump/write-dump.ts';
export {
	readOpenMetricsDump,
	type DumpProblem,
	type OpenMetricsDump,
	type UnreadableDump
} from './dump/read-dump.ts';
export { storeSamples, type StoredRange } from './dump/store-samples.ts';
