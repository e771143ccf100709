import { readFileSync } from 'node:fs';
import type { FloatHistogram } from '#engine/model';
import { parseHistogramLiteral } from '../../../promql/histogram-literal.ts';

/**
 * The lines of a file of cases, each a list of columns between bars: the name of an operation, what it is given, what Prometheus 3.14
 * makes of it. Histograms are as test scripts write them.
 */
export function readCases(file: URL): string[][] {
	return readFileSync(file, 'utf8')
		.trim()
		.split('\n')
		.map((line) => line.split(' | '));
}

/** The histogram of a text like `{{count:1 sum:2}}`. */
export function histogram(text: string): FloatHistogram {
	return parseHistogramLiteral(text).histogram;
}

/** The histograms of several such texts in a row. */
export function histograms(text: string): FloatHistogram[] {
	return (text.match(/\{\{.*?\}\}/g) ?? []).map(histogram);
}
