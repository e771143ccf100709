import { createHistogramConverter, createTextParser, type ParsedPage } from '#engine/exposition';
import { formatHistogramLiteral, formatLabels } from '#engine/model';

export const TEXT = 'text/plain; version=0.0.4';
export const OPENMETRICS = 'application/openmetrics-text; version=1.0.0';

/** Reads the pages of one target, and converts their classic histograms. */
export interface ClassicTarget {
	/** The page as it is read; a page that breaks off up to there. */
	read(page: string): ParsedPage;
	/** The page as it is converted. */
	convert(page: string): ParsedPage;
}

export function classicTarget(contentType = TEXT, keepClassic = false): ClassicTarget {
	const parser = createTextParser();
	const converter = createHistogramConverter({ keepClassic });
	const read = (page: string): ParsedPage => {
		const parsed = parser.parse(new TextEncoder().encode(page), contentType);
		return parsed.ok ? parsed : parsed.before;
	};
	return { read, convert: (page) => converter.convert(read(page)) };
}

/** What a page holds, a text for each sample. */
export function samples({ series, values, histograms, timestamps }: ParsedPage): string[] {
	return series.map(({ labels }, i) => {
		const histogram = histograms?.[i];
		const value = histogram ? formatHistogramLiteral(histogram) : String(values[i]);
		const time = timestamps?.[i] ?? NaN;
		return `${formatLabels(labels)} ${value}${Number.isNaN(time) ? '' : ` @${time}`}`;
	});
}
