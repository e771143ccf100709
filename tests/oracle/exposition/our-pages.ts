import type { ParsedExemplar, ParsedPage, TextParser } from '#engine/exposition';
import { familyText, sampleText, type Page, type Reading } from './prometheus-pages.ts';

/** What this parser finds in a page. It may have read other pages before. */
export function readWith(parser: TextParser, { contentType, body }: Page): Reading {
	try {
		const page = parser.parse(body, contentType);
		if (!page.ok) return { error: page.message, samples: [], metadata: [] };
		return {
			samples: page.series.map((_, i) => textOf(page, i)),
			metadata: [...page.metadata].map(([name, family]) => familyText(name, family))
		};
	} catch (thrown) {
		const error = `thrown: ${thrown instanceof Error ? thrown.stack : String(thrown)}`;
		return { error, samples: [], metadata: [] };
	}
}

function textOf({ series, values, timestamps, exemplars }: ParsedPage, i: number): string {
	const timestamp = timestamps?.[i] ?? NaN;
	const exemplar = exemplars?.get(i);
	return sampleText(
		series[i]?.labels ?? [],
		bitsOf(values[i] as number),
		Number.isNaN(timestamp) ? undefined : timestamp,
		exemplar && exemplarText(exemplar)
	);
}

function exemplarText({ labels, value, timestamp }: ParsedExemplar): string {
	return sampleText(labels, bitsOf(value), timestamp);
}

const float = new Float64Array(1);
const bits = new BigUint64Array(float.buffer);

/** In hexadecimal; of all that is not a number there is one here, Prometheus' own (model/value, NormalNaN). */
function bitsOf(value: number): string {
	float[0] = value;
	return Number.isNaN(value) ? '7ff8000000000001' : (bits[0] as bigint).toString(16);
}
