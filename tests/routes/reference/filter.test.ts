import { describe, expect, it } from 'vitest';
import { referenceFamilies } from '#engine/promql';
import { matchingEntries } from '../../../src/routes/reference/filter.ts';

const FAMILIES = referenceFamilies();
const names = (text: string) => matchingEntries(FAMILIES, text).map(({ id }) => id);

describe('the filter of the reference', () => {
	it('shows everything for no text', () => {
		expect(names('  ')).toHaveLength(121);
	});

	it('finds by name, whatever the case', () => {
		expect(names('PREDICT')).toEqual(['predict_linear']);
	});

	it('finds by what is said, if every word of the text is there', () => {
		expect(names('median outlier')).toEqual(['mad_over_time']);
		expect(names('restart')).toContain('rate');
	});

	it.each([
		['percentile', ['quantile', 'quantile_over_time', 'histogram_quantile']],
		['p95', ['quantile', 'quantile_over_time', 'histogram_quantile', 'histogram_quantiles']],
		['median', ['quantile', 'quantile_over_time', 'histogram_quantile', 'mad_over_time']],
		['moving average', ['avg_over_time']],
		['forecast', ['predict_linear']],
		['>=', ['comparison']]
	])('finds by another word for it: %s', (text, expected) => {
		expect(names(text)).toEqual(expect.arrayContaining(expected));
	});

	it('puts another word for it before the word somewhere in a sentence', () => {
		expect(names('if').slice(0, 3)).toEqual(
			expect.arrayContaining(['comparison', 'bool', 'unless'])
		);
		expect(names('moving average')[0]).toBe('avg_over_time');
	});

	it('finds by what the badges say, and by family', () => {
		const entries = FAMILIES.flatMap((family) => family.entries);
		const experimental = entries.filter((entry) => entry.experimental).map(({ id }) => id);
		expect(names('experimental')).toEqual(expect.arrayContaining(experimental));
		expect(names('native histograms only')).toContain('histogram_count');
		expect(names('aggregator')).toContain('topk');
		expect(names('trigonometry')).toContain('sinh');
	});

	it('puts the very name first, then names that begin so, then names that have it, then the rest', () => {
		const found = names('rate');
		expect(found.slice(0, 2)).toEqual(['rate', 'irate']);
		expect(found.indexOf('increase')).toBeGreaterThan(1);
		expect(names('histogram_quantile').slice(0, 2)).toEqual([
			'histogram_quantile',
			'histogram_quantiles'
		]);
		const count = names('count');
		expect(count[0]).toBe('count');
		const inOrder = ['count_over_time', 'histogram_count', 'increase', 'rate'];
		expect(count.filter((id) => inOrder.includes(id))).toEqual(inOrder);
	});

	it('takes words from their beginnings: no "difference" for if', () => {
		expect(names('if')).not.toContain('idelta');
	});

	it('finds nothing where nothing is', () => {
		expect(names('xyzzy')).toEqual([]);
	});
});
