import { addHistograms, subtractHistograms } from '../../src/engine/model/histogram/arithmetic.ts';
import { parseHistogramLiteral, type HistogramPoint } from './histogram-literal.ts';

const ITEM = /^(\{\{.*?\}\})(?:(?:([+-])(\{\{.*?\}\}))?x(\d+))?$/;

/**
 * Reads `{{…}}`, `{{…}}x3`, `{{…}}+{{…}}x3` or `{{…}}-{{…}}x3`; with x it stands for one more than the number says. Throws on
 * anything else, and where the two can not be combined.
 */
export function parseHistogramItem(item: string): HistogramPoint[] {
	const match = ITEM.exec(item);
	if (!match) throw new Error(`no value: ${item}`);
	const [, first = '', sign, by, times = '0'] = match;
	const start = parseHistogramLiteral(first);
	const count = Number(times) + 1;
	if (by === undefined) return new Array<HistogramPoint>(count).fill(start);
	const step = parseHistogramLiteral(by);
	const points = [{ ...start, hintGiven: step.hintGiven }];
	while (points.length < count) {
		points.push(combine(points.at(-1) as HistogramPoint, step, sign === '-'));
	}
	return points;
}

function combine(
	{ histogram: last, hintGiven }: HistogramPoint,
	{ histogram: step }: HistogramPoint,
	isDifference: boolean
): HistogramPoint {
	if (last.schema > step.schema) {
		throw new Error(`cannot merge from schema ${step.schema} to ${last.schema}`);
	}
	const outcome = isDifference ? subtractHistograms(last, step) : addHistograms(last, step);
	if (typeof outcome === 'string') throw new Error(`error combining histograms: ${outcome}`);
	return { histogram: outcome.histogram, hintGiven };
}
