import { describe, expect, it } from 'vitest';
import {
	addHistograms,
	compact,
	detectReset,
	divideHistogram,
	formatHistogram,
	formatHistogramLiteral,
	HistogramMean,
	HistogramSum,
	multiplyHistogram,
	parseFloatGo,
	subtractHistograms,
	type FloatHistogram,
	type HistogramSumOrDifference
} from '#engine/model';
import { histogram, histograms, readCases } from './read-cases.ts';

const CASES = readCases(new URL('prometheus-cases.txt', import.meta.url));

function literal(result: FloatHistogram): string {
	return formatHistogramLiteral(compact(result));
}

function outcome(result: HistogramSumOrDifference | string): string[] {
	if (typeof result === 'string') return [result];
	const notes = [
		...(result.counterResetCollision ? ['collision'] : []),
		...(result.boundsReconciled ? ['reconciled'] : [])
	];
	return [literal(result.histogram), notes.join(' ') || '-'];
}

function takeAll<Sum extends HistogramSum | HistogramMean>(
	make: new (first: FloatHistogram) => Sum,
	text: string
): Sum {
	const [first, ...others] = histograms(text);
	const sum = new make(first as FloatHistogram);
	for (const other of others) expect(sum.add(other)).toBe(true);
	return sum;
}

function totalled(result: FloatHistogram, { boundsReconciled }: HistogramSum | HistogramMean) {
	return [literal(result), boundsReconciled ? 'reconciled' : '-'];
}

const OPERATIONS: Readonly<Record<string, (a: string, b: string) => string[]>> = {
	add: (a, b) => outcome(addHistograms(histogram(a), histogram(b))),
	subtract: (a, b) => outcome(subtractHistograms(histogram(a), histogram(b))),
	multiply: (a, b) => [literal(multiplyHistogram(histogram(a), parseFloatGo(b) as number))],
	divide: (a, b) => [literal(divideHistogram(histogram(a), parseFloatGo(b) as number))],
	sum: (a) => {
		const sum = takeAll(HistogramSum, a);
		return totalled(sum.total(), sum);
	},
	mean: (a) => {
		const mean = takeAll(HistogramMean, a);
		return totalled(mean.mean(), mean);
	},
	reset: (a, b) => [String(detectReset(histogram(b), histogram(a)))],
	text: (a) => [formatHistogram(histogram(a))]
};

/** How many columns an operation reads. */
const ARGUMENTS: Readonly<Record<string, number>> = { sum: 1, mean: 1, text: 1 };

describe.each(Object.entries(OPERATIONS))('%s', (name, run) => {
	const cases = CASES.filter(([operation]) => operation === name);

	it('has cases', () => expect(cases.length).toBeGreaterThan(10));

	it('gives what Prometheus gives', () => {
		for (const [, ...columns] of cases) {
			const [a = '', b = ''] = columns;
			expect(run(a, b), columns.join(' | ')).toEqual(columns.slice(ARGUMENTS[name] ?? 2));
		}
	});
});
