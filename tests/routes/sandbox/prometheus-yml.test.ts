import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Lab, parseWorld } from '#engine/lab';
import { readScrapeConfig } from '#engine/scrape';
import { watchedRunners } from '../../engine/lab/shop.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const CONFIG = read('src/routes/sandbox/prometheus.yml');

describe('prometheus.yml of the sandbox', () => {
	it('scrapes the shop as its world says', () => {
		const parsed = parseWorld(read('lessons/worlds/shop/world.yaml'));
		if (!parsed.ok) throw new Error('the world of the shop cannot be read');
		const { createRunner } = watchedRunners();
		const lab = new Lab({ world: parsed.world, seed: 1, createRunner });
		// 20 MB are a rounder number in units of 1024.
		const expected = lab.config.replace('20000000B', '20MB');
		expect(readScrapeConfig(CONFIG)).toEqual({
			config: readScrapeConfig(expected).config,
			problems: []
		});
		lab.dispose();
	});

	it('has a rule to begin with among its remarks, which leaves out buckets', () => {
		const text = CONFIG.replaceAll(/^( *)# (?=metric_relabel_configs| )/gm, '$1');
		const { config, problems } = readScrapeConfig(text);
		expect(problems).toEqual([]);
		expect(config?.scrapeConfigs[0]?.metricRelabelConfigs).toMatchObject([
			{ sourceLabels: ['__name__'], regex: '.*_bucket', action: 'drop' }
		]);
	});
});
