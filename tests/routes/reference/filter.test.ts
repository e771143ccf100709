import { describe, expect, it } from 'vitest';
import { referenceFamilies } from '#engine/promql';
import { matchingIds } from '../../../src/routes/reference/filter.ts';

const FAMILIES = referenceFamilies();
const names = (text: string) => [...matchingIds(FAMILIES, text)];

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

	it('finds nothing where nothing is', () => {
		expect(names('xyzzy')).toEqual([]);
	});
});
