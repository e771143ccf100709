import { describe, expect, it } from 'vitest';
import { checkConfig } from '#engine/lab';
import { configText, DEFAULT_LIMITS } from '$lib/labs/cardinality/limits.ts';

const ALL = { timeout: 10, sampleLimit: 5000, labelValueLengthLimit: 32, bodySizeLimit: 1_000_000 };

describe('configText()', () => {
	it.each([
		['without limits', configText(DEFAULT_LIMITS, 'counter')],
		['with all of them', configText(ALL, 'native')]
	])('writes a prometheus.yml that is read without a problem, %s', (_, text) => {
		expect(checkConfig(text)).toEqual([]);
	});

	it('leaves a limit of 0 out', () => {
		expect(configText(DEFAULT_LIMITS, 'counter')).not.toMatch(/limit|convert/);
		expect(configText(ALL, 'native')).toMatch(
			/sample_limit: 5000\n.*label_value_length_limit: 32\n.*body_size_limit: 1000000B\n.*convert_classic_histograms_to_nhcb: true/
		);
	});
});
