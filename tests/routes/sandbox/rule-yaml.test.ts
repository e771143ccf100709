import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readScrapeConfig } from '#engine/scrape';
import { ruleYaml } from '../../../src/routes/sandbox/rule-yaml.ts';

const DEFAULT = { separator: ';', modulus: 0, targetLabel: '', replacement: '$1' };

/** A job with one rule, as it is written. */
function jobWith(rule: string): string {
	const indented = rule.replaceAll('\n', '\n        ');
	return `scrape_configs:\n  - job_name: shop\n    relabel_configs:\n      - ${indented}\n`;
}

describe('ruleYaml', () => {
	it('writes what is not as it is by default', () => {
		const rule = { ...DEFAULT, sourceLabels: ['__address__', 'job'], action: 'keep' };
		expect(ruleYaml({ ...rule, regex: 'shop-1.*;shop' })).toBe(
			"source_labels: [__address__, job]\nregex: 'shop-1.*;shop'\naction: keep"
		);
		expect(ruleYaml({ ...DEFAULT, action: 'labeldrop', regex: 'region' })).toBe(
			'regex: region\naction: labeldrop'
		);
	});

	it('writes what Prometheus reads as the same rule', () => {
		const text = fc.oneof(
			fc.string({ unit: 'grapheme' }),
			fc.constantFrom('', 'true', 'null', '~', '1', '0x1f', '.5', '2026-01-05', "it's", 'a: b')
		);
		fc.assert(
			fc.property(text, text, text, (source, separator, replacement) => {
				const rule = {
					...DEFAULT,
					sourceLabels: [source, 'job'],
					separator,
					replacement,
					targetLabel: 'host',
					action: 'replace'
				};
				const { config, problems } = readScrapeConfig(jobWith(ruleYaml(rule)));
				// Not every text is a label name; those that are none say so in one problem.
				fc.pre(problems.every(({ message }) => !message.includes('label name')));
				expect(problems).toEqual([]);
				expect(config?.scrapeConfigs[0]?.relabelConfigs[0]).toMatchObject(rule);
			})
		);
	});
});
