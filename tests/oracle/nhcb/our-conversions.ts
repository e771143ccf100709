import type {
	HistogramConverter,
	ParsedExemplar,
	ParsedPage,
	TextParser
} from '#engine/exposition';
import type { FloatHistogram } from '#engine/model';
import { sampleText, type Page } from '../exposition/prometheus-pages.ts';
import { floatText, histogramText, type Conversion } from './prometheus-conversions.ts';

/** What this engine makes of a page. Parser and converter may have seen other pages before. */
export function convertWith(
	parser: TextParser,
	converter: HistogramConverter,
	{ contentType, body }: Page
): Conversion {
	try {
		const read = parser.parse(body, contentType);
		if (read.ok) return { samples: samplesOf(converter.convert(read)) };
		return { error: read.message, samples: samplesOf(converter.convert(read.before)) };
	} catch (thrown) {
		const error = `thrown: ${thrown instanceof Error ? thrown.stack : String(thrown)}`;
		return { error, samples: [] };
	}
}

function samplesOf(page: ParsedPage): string[] {
	return page.series.map(({ labels }, i) => {
		const histogram = page.histograms?.[i];
		const time = page.timestamps?.[i] ?? NaN;
		return sampleText(
			labels,
			histogram ? textOf(histogram) : floatText(bitsOf(page.values[i] as number)),
			Number.isNaN(time) ? undefined : time,
			exemplarsAt(page, i)
		);
	});
}

function exemplarsAt({ exemplars, histogramExemplars }: ParsedPage, i: number): string | undefined {
	const own = exemplars?.get(i);
	const all = [...(own ? [own] : []), ...(histogramExemplars?.get(i) ?? [])];
	return all.length > 0 ? all.map(exemplarText).join(' # ') : undefined;
}

function exemplarText({ labels, value, timestamp }: ParsedExemplar): string {
	return sampleText(labels, floatText(bitsOf(value)), timestamp);
}

function textOf({ schema, count, sum, positive, customValues }: FloatHistogram): string {
	return histogramText({
		schema,
		count: bitsOf(count),
		sum: bitsOf(sum),
		indexes: positive.indexes,
		counts: positive.counts.map(bitsOf),
		bounds: customValues.map(bitsOf)
	});
}

const float = new Float64Array(1);
const bits = new BigUint64Array(float.buffer);

/** In hexadecimal. */
function bitsOf(value: number): string {
	float[0] = value;
	return (bits[0] as bigint).toString(16);
}
