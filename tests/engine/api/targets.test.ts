import { describe, expect, it } from 'vitest';
import { labelsJson, toJson, type RelabelStep } from '#engine/api';
import { labels, labelValue, withLabel } from '#engine/model';
import { TARGET, testApi, testPool } from './support.ts';

const data = (json: string) => `{"status":"success","data":${json}}`;
const refused = (error: string) => ({ status: 'error', errorType: 'bad_data', error });

const DROPPED = { discoveredLabels: labels({ __address__: 'x:1' }), scrapePool: 'shop' };

/** Two jobs, not in the order of their names; one remembers only one of two targets that were dropped. */
const api = testApi({
	pools: () => [
		testPool({ dropped: [DROPPED], droppedCount: 2, relabelSteps: (set) => [...steps(set)] }),
		testPool({
			name: 'bank',
			targets: () => [{ ...TARGET, scrapePool: 'bank' }],
			metadata: () => [
				[labels({ job: 'bank', a: '1' }), [['g', { type: 'untyped', help: '<g>', unit: 's' }]]],
				[labels({ job: 'bank', a: '2' }), []]
			]
		})
	]
});

function* steps(set: readonly string[]): Generator<RelabelStep> {
	const rule = { separator: ';', modulus: 0, replacement: '$1', targetLabel: '' };
	yield {
		rule: {
			...rule,
			sourceLabels: ['a', 'b'],
			regex: '(<a>)\f',
			targetLabel: 'c',
			action: 'replace'
		},
		output: withLabel(set, 'c', labelValue(set, 'a')),
		keep: true
	};
	yield {
		rule: { ...rule, sourceLabels: [], modulus: 8, action: 'drop' },
		output: [],
		keep: false
	};
}

describe('targets', () => {
	const told = async (state?: string, scrapePool?: string) => {
		const answer = await api.targets({ state, scrapePool });
		if (answer.status === 'error') throw new Error(answer.error);
		const { active, dropped, droppedCounts } = answer.data;
		return [active.map((one) => one.scrapePool), dropped.length, droppedCounts];
	};
	const counts = { bank: 0, shop: 2 };

	it.each([
		[undefined, undefined, [['bank', 'shop'], 1, counts]],
		['Any', '', [['bank', 'shop'], 1, counts]],
		['ACTIVE', 'shop', [['shop'], 0, undefined]],
		['dropped', undefined, [[], 1, counts]],
		['dropped', 'bank', [[], 0, counts]],
		['any', 'nosuch', [[], 0, counts]],
		['other', undefined, [[], 0, undefined]]
	])('of state %s in the pool %s', async (state, pool, expected) => {
		expect(await told(state, pool)).toEqual(expected);
	});

	it('are written with their state', async () => {
		expect(toJson('targets', await api.targets({ scrapePool: 'shop' }))).toBe(
			data(
				'{"activeTargets":[{"discoveredLabels":{"__address__":"a:80"},' +
					'"labels":{"instance":"a:80","job":"shop"},"scrapePool":"shop","scrapeUrl":"http://a:80/metrics",' +
					'"globalUrl":"http://a:80/metrics","lastError":"","lastScrape":"2026-01-05T09:00:00.5Z",' +
					'"lastScrapeDuration":0.0025,"health":"up","scrapeInterval":"15s","scrapeTimeout":"10s"}],' +
					'"droppedTargets":[{"discoveredLabels":{"__address__":"x:1"},"scrapePool":"shop"}],' +
					'"droppedTargetCounts":{"bank":0,"shop":2}}'
			)
		);
	});

	it('have no counts of what was not asked for', async () => {
		expect(toJson('targets', await api.targets({ state: 'x' }))).toBe(
			data('{"activeTargets":[],"droppedTargets":[],"droppedTargetCounts":null}')
		);
	});

	it('that were never scraped have the zero time', async () => {
		const fresh = { ...TARGET, lastScrape: undefined };
		const asked = testApi({ pools: () => [testPool({ targets: () => [fresh] })] });
		expect(toJson('targets', await asked.targets())).toContain(
			'"lastScrape":"0001-01-01T00:00:00Z"'
		);
	});

	it('have pools', async () => {
		expect(toJson('scrape_pools', await api.scrapePools())).toBe(
			data('{"scrapePools":["bank","shop"]}')
		);
	});
});

describe('metadata of targets', () => {
	const told = async (params: object) =>
		toJson('target_metadata', await api.targetMetadata(params));
	const g = '"type":"unknown","help":"\\u003cg\\u003e","unit":"s"}';

	it('is told family by family', async () => {
		expect(await told({ matchTarget: '{a=~".+"}' })).toBe(
			data(`[{"target":{"a":"1","job":"bank"},"metric":"g",${g}]`)
		);
	});

	it('names no metric where one was asked for', async () => {
		expect(await told({ metric: 'g', matchTarget: '{job="bank"}' })).toBe(
			data(`[{"target":{"a":"1","job":"bank"},${g}]`)
		);
		expect(await told({ metric: 'nosuch' })).toBe(data('[]'));
		expect(await told({ matchTarget: '{job="nosuch"}' })).toBe(data('[]'));
	});

	it('ends between two targets', async () => {
		const families = async (limit: string) => (await told({ limit })).split('"type"').length - 1;
		expect(await families('0')).toBe(0);
		expect(await families('1')).toBe(1);
		expect(await families('2')).toBe(5);
		expect(await families('-1')).toBe(5);
	});

	it('is refused for what cannot be read', async () => {
		expect(await api.targetMetadata({ limit: 'x' })).toEqual(refused('limit must be a number'));
		expect(await api.targetMetadata({ matchTarget: '{' })).toEqual(
			refused(
				'invalid parameter "match_target": 1:2: parse error: unexpected end of input inside braces'
			)
		);
	});
});

describe('steps of relabelling', () => {
	it('are told with their rules', async () => {
		const asked = { scrapePool: 'shop', labels: labelsJson(labels({ a: '<1>' })) };
		expect(toJson('relabel_steps', await api.relabelSteps(asked))).toBe(
			data(
				'{"steps":[{"rule":{"source_labels":["a","b"],"separator":";","regex":"(\\u003ca\\u003e)\\f",' +
					'"target_label":"c","replacement":"$1","action":"replace"},"output":{"a":"<1>","c":"<1>"},"keep":true},' +
					'{"rule":{"separator":";","regex":"(.*)","modulus":8,"replacement":"$1","action":"drop"},"output":{},"keep":false}]}'
			)
		);
	});

	it.each([
		['', '{}', 'no scrapePool parameter provided'],
		['shop', '', 'no labels parameter provided'],
		['nosuch', '{}', 'error retrieving scrape config: scrape pool "nosuch" not found'],
		['nosuch', '{', 'error parsing labels: unexpected end of JSON input'],
		[
			'shop',
			'[]',
			'error parsing labels: json: cannot unmarshal array into Go value of type map[string]string'
		]
	])('of the pool %j and the labels %j are refused', async (scrapePool, text, error) => {
		expect(await api.relabelSteps({ scrapePool, labels: text })).toEqual(refused(error));
	});
});
