import { describe, expect, it } from 'vitest';
import { labels, type FloatHistogram } from '#engine/model';
import type { Answer } from './answer.ts';
import { compareAnswers, orderOf } from './compare.ts';
import { isChoiceAmongEquals, isOtherPair, isWithinVariation } from './variation.ts';

/** A vector with one sample for each instance. */
function vector(values: Readonly<Record<string, number>>): Answer {
	return {
		type: 'vector',
		series: Object.entries(values).map(([instance, value]) => ({
			labels: labels({ instance }),
			floats: [{ time: 0, value }],
			histograms: []
		})),
		warnings: [],
		infos: []
	};
}

/** A vector of one histogram. */
function histogram(parts: Partial<FloatHistogram>): Answer {
	const value: FloatHistogram = {
		schema: 0,
		zeroThreshold: 0,
		zeroCount: 0,
		count: 1,
		sum: 1,
		positive: { indexes: [1], counts: [1] },
		negative: { indexes: [], counts: [] },
		customValues: [],
		counterReset: 'unknown',
		...parts
	};
	const series = [{ labels: [], floats: [], histograms: [{ time: 0, value }] }];
	return { type: 'vector', series, warnings: [], infos: [] };
}

function failure(error: string): Answer {
	return { error, series: [], warnings: [], infos: [] };
}

function duplicate(a: string, b: string): Answer {
	return failure(
		`found duplicate series for the match group {} on the right hand-side of the operation: [{x="${a}"}, {x="${b}"}];many-to-many matching not allowed`
	);
}

describe('compareAnswers', () => {
	const kind = (a: Answer, b: Answer, order = orderOf('x')) => compareAnswers(a, b, order)?.kind;

	it('takes no two floats for the same but NaNs', () => {
		expect(kind(vector({ a: NaN }), vector({ a: NaN }))).toBeUndefined();
		expect(kind(vector({ a: 0 }), vector({ a: -0 }))).toBe('values');
		expect(kind(vector({ a: 0.1 + 0.2 }), vector({ a: 0.3 }))).toBe('values');
	});

	it('tells a series without labels from none', () => {
		const one = { ...vector({}), series: [{ labels: [], floats: [], histograms: [] }] };
		expect(kind(one, vector({}))).toBe('series');
	});

	it('minds the order of a vector only where the query orders it', () => {
		const [up, down] = [vector({ a: 1, b: 2 }), vector({ b: 2, a: 1 })];
		expect(kind(up, down)).toBeUndefined();
		expect(kind(up, down, orderOf('sort(x)'))).toBe('order');
		expect(kind(up, down, orderOf('(topk(2, x) or y)'))).toBeUndefined();
	});

	it('lets equal values of a sorted vector change places, but not of one sorted by label', () => {
		const [one, other] = [vector({ a: 1, b: 1 }), vector({ b: 1, a: 1 })];
		expect(kind(one, other, orderOf('topk(2, x)'))).toBeUndefined();
		expect(kind(one, other, orderOf('sort_by_label(x, "instance")'))).toBe('order');
	});

	it('compares annotations as texts', () => {
		const warned = { ...vector({ a: 1 }), warnings: ['PromQL warning: x (1:1)'] };
		expect(kind(warned, vector({ a: 1 }))).toBe('annotations');
	});
});

describe('isWithinVariation', () => {
	it('is for answers that vary', () => {
		expect(isWithinVariation(vector({ a: 1 }), [vector({ a: 1 })])).toBe(false);
	});

	it('lets a number that varies lie between two that were seen, and nowhere else', () => {
		const seen = [vector({ a: 10 }), vector({ a: 11 })];
		expect(isWithinVariation(vector({ a: 10.5 }), seen)).toBe(true);
		expect(isWithinVariation(vector({ a: 11.000000000000002 }), seen)).toBe(false);
		expect(isWithinVariation(vector({ a: 9.999999999999998 }), seen)).toBe(false);
	});

	it('lets infinities and NaN be only where they were seen', () => {
		const seen = [vector({ a: 1 }), vector({ a: Infinity })];
		expect(isWithinVariation(vector({ a: Infinity }), seen)).toBe(true);
		expect(isWithinVariation(vector({ a: 2 }), seen)).toBe(false);
		expect(isWithinVariation(vector({ a: -Infinity }), seen)).toBe(false);
		expect(isWithinVariation(vector({ a: NaN }), seen)).toBe(false);
		expect(isWithinVariation(vector({ a: NaN }), [...seen, vector({ a: NaN })])).toBe(true);
	});

	it('holds a number that does not vary to the last bit', () => {
		const seen = [vector({ a: 10, b: 0.3 }), vector({ a: 11, b: 0.3 })];
		expect(isWithinVariation(vector({ a: 10, b: 0.3 }), seen)).toBe(true);
		expect(isWithinVariation(vector({ a: 10, b: 0.1 + 0.2 }), seen)).toBe(false);
	});

	it('holds everything of a histogram but its counts and its sum', () => {
		const seen = [histogram({ sum: 10 }), histogram({ sum: 11 })];
		expect(isWithinVariation(histogram({ sum: 10.5 }), seen)).toBe(true);
		expect(isWithinVariation(histogram({ sum: 10.5, schema: 1 }), seen)).toBe(false);
		expect(isWithinVariation(histogram({ sum: 10.5, zeroThreshold: 1 }), seen)).toBe(false);
		expect(isWithinVariation(histogram({ sum: 10.5, counterReset: 'gauge' }), seen)).toBe(false);
		const moved = { indexes: [2], counts: [1] };
		expect(isWithinVariation(histogram({ sum: 10.5, positive: moved }), seen)).toBe(false);
	});
});

describe('isOtherPair', () => {
	it('lets a message name any two series that Prometheus has named', () => {
		const seen = [duplicate('1', '2'), duplicate('2', '3')];
		expect(isOtherPair(duplicate('1', '3'), seen)).toBe(true);
		expect(isOtherPair(duplicate('1', '4'), seen)).toBe(false);
		expect(isOtherPair(failure('another'), seen)).toBe(false);
	});
});

describe('isChoiceAmongEquals', () => {
	const seen = [vector({ a: 1, b: 1 }), vector({ a: 1, c: 1 })];

	it('lets other series be chosen that Prometheus has chosen with the same values', () => {
		expect(isChoiceAmongEquals(vector({ b: 1, c: 1 }), seen)).toBe(true);
	});

	it('holds values and their number, and wants to have seen each series', () => {
		expect(isChoiceAmongEquals(vector({ b: 1, c: 2 }), seen)).toBe(false);
		expect(isChoiceAmongEquals(vector({ b: 1 }), seen)).toBe(false);
		expect(isChoiceAmongEquals(vector({ b: 1, d: 1 }), seen)).toBe(false);
		expect(isChoiceAmongEquals(vector({ a: 1, b: 1 }), seen.slice(0, 1))).toBe(false);
	});
});
