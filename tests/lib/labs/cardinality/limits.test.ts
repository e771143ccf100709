import { describe, expect, it } from 'vitest';
import { checkConfig } from '#engine/lab';
import { configText, DEFAULT_LIMITS, type Limits } from '$lib/labs/cardinality/limits.ts';

const ALL: Limits = {
	instances: 3,
	interval: 30,
	timeout: 10,
	sampleLimit: 5000,
	labelValueLengthLimit: 32,
	bodySizeLimit: 1_000_000,
	relabel: 'drop'
};
const COUNTER = { label: 'user_id', kind: 'counter' } as const;
const NATIVE = { label: 'user_id', kind: 'native' } as const;

describe('configText()', () => {
	it.each([
		['without limits', configText(DEFAULT_LIMITS, COUNTER)],
		['with all of them', configText(ALL, NATIVE)],
		['with a label that is dropped', configText({ ...ALL, relabel: 'labeldrop' }, COUNTER)]
	])('writes a prometheus.yml that is read without a problem, %s', (_, text) => {
		expect(checkConfig(text)).toEqual([]);
	});

	it('leaves a limit of 0 out', () => {
		expect(configText(DEFAULT_LIMITS, COUNTER)).not.toMatch(/limit|convert/);
		expect(configText(ALL, NATIVE)).toMatch(
			/sample_limit: 5000\n.*label_value_length_limit: 32\n.*body_size_limit: 1000000B\n.*convert_classic_histograms_to_nhcb: true/
		);
	});

	it('names every instance, and relabels only a label that is there', () => {
		expect(configText(ALL, NATIVE)).toMatch(/targets: \[shop-1:8000, shop-2:8000, shop-3:8000\]/);
		expect(configText(ALL, COUNTER)).toMatch(
			/source_labels: \[user_id\]\n\s+regex: \.\+\n\s+action: drop/
		);
		expect(configText({ ...ALL, relabel: 'labeldrop' }, COUNTER)).toMatch(
			/- regex: user_id\n\s+action: labeldrop/
		);
		expect(configText(ALL, { label: 'log', kind: 'counter' })).not.toContain('relabel');
	});
});
