import { describe, expect, it } from 'vitest';
import { readScrapeConfig } from '#engine/scrape';
import { createChance } from '../chance.ts';
import { toScenario } from './draft.ts';
import { linesOf } from './outcome.ts';
import { randomDraft } from './random-draft.ts';
import { bodyOf, START, timeline, type Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { smallerDrafts } from './smaller-drafts.ts';
import { A, config, job, openMetrics, page } from './write-scenario.ts';

function textOf(body: string): string {
	return new TextDecoder().decode(bodyOf(page(body)));
}

/** What is wrong with the configurations of a scenario. */
function problemsOf(scenario: Scenario): string[] {
	return timeline(scenario).flatMap(({ config: text }) =>
		readScrapeConfig(text)
			.problems.filter(({ severity }) => severity === 'error')
			.map(({ message }) => `${scenario.title}: ${message}`)
	);
}

describe('a page of a scenario', () => {
	it('has milliseconds for its moments', () => {
		expect(textOf('a 1 {{start}}\nb 1 {{start+15s}}\nc 1 {{start-1m30s}}\n')).toBe(
			`a 1 ${START}\nb 1 ${START + 15_000}\nc 1 ${START - 90_000}\n`
		);
	});

	it('has seconds where they are wanted', () => {
		expect(textOf('a 1 {{start+1500ms as seconds}}\n')).toBe('a 1 946684801.5\n');
	});

	it('is written without the indentation of the code around it', () => {
		expect(page('\n\t\ta 1\n\t\tb{x="y"} 2\n\t').body).toBe('a 1\nb{x="y"} 2\n');
		expect(openMetrics('\n\t\ta 1\n\t').body).toBe('a 1\n# EOF\n');
	});
});

describe('a configuration of a scenario', () => {
	it('is written from its jobs', () => {
		const rules = '\n\t\tmetric_relabel_configs:\n\t\t- action: drop\n\t\t\tregex: x\n\t';
		expect(config([job('app', [A], rules)], 'sample_limit: 3')).toBe(
			[
				'global:',
				'  scrape_interval: 15s',
				'  sample_limit: 3',
				'scrape_configs:',
				'- job_name: app',
				'  metric_relabel_configs:',
				'  - action: drop',
				'    regex: x',
				'  static_configs:',
				'  - targets: ["10.0.0.1:8080"]',
				''
			].join('\n')
		);
	});

	it('is accepted, in every written scenario', () => {
		expect(SCENARIOS.flatMap(problemsOf)).toEqual([]);
	});

	it('is accepted, in random scenarios', () => {
		const drafts = Array.from({ length: 300 }, (_, seed) => randomDraft(createChance(seed)));
		const scenarios = drafts.map((draft, seed) => toScenario(draft, `seed ${seed}`));
		expect(scenarios.flatMap(problemsOf)).toEqual([]);
	});

	it('is accepted, in what random scenarios shrink to', () => {
		for (let seed = 0; seed < 5; seed++) {
			const smaller = smallerDrafts(randomDraft(createChance(seed)));
			expect(smaller.flatMap((one) => problemsOf(toScenario(one, `seed ${seed}`)))).toEqual([]);
		}
	});
});

describe('written scenarios', () => {
	it('have a title each', () => {
		const titles = SCENARIOS.map(({ title }) => title);
		expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
	});
});

describe('smallerDrafts()', () => {
	it('gives drafts that have less, and in the end none', () => {
		let draft = randomDraft(createChance(7));
		for (let last = Infinity; ;) {
			const size = JSON.stringify(draft).length;
			expect(size).toBeLessThan(last);
			last = size;
			const next = smallerDrafts(draft).find((one) => JSON.stringify(one).length < size);
			if (!next) break;
			draft = next;
		}
		expect(Object.keys(draft.targets)).toEqual([]);
		expect(draft.configs).toHaveLength(1);
	});
});

describe('linesOf()', () => {
	const lineOf = (
		value: Parameters<typeof linesOf>[0]['series'][number]['samples'][number]['value']
	) =>
		[
			...linesOf({
				offsetSeed: 0n,
				requests: [],
				series: [{ labels: ['__name__', 'a'], samples: [{ time: START + 1_500, value }] }]
			})
		][0];

	it('tells markers, zeros and numbers apart to the bit', () => {
		expect(lineOf('stale')).toEqual(['a at 1.5s', 'stale']);
		expect(lineOf(0)).toEqual(['a at 1.5s', '0']);
		expect(lineOf(-0)).toEqual(['a at 1.5s', '-0']);
		expect(lineOf(NaN)).toEqual(['a at 1.5s', 'NaN']);
		expect(lineOf(0.1 + 0.2)).toEqual(['a at 1.5s', '0.30000000000000004']);
	});

	it('leaves out buckets that are empty', () => {
		const histogram = {
			schema: -53,
			count: 3,
			sum: 'NaN',
			zeroCount: 0,
			zeroThreshold: 0,
			positive: { indexes: [0, 10], counts: [0, 3] },
			negative: { indexes: [], counts: [] },
			customValues: [1]
		};
		expect(lineOf(histogram)?.[1]).toBe(
			'schema -53 count 3 sum NaN zero 0 within 0 bounds [1] buckets [10:3] negative []'
		);
	});
});
