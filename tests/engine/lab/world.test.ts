import { describe, expect, it } from 'vitest';
import { parseWorld } from '#engine/lab';
import { shopWorld } from './shop.ts';

const SMALL = `
title: A small world
service: { job: shop, instances: 2 }
traffic:
  rate: 5
  routes:
    - { path: /a, latency: 80ms }
`;

function problemsOf(text: string): string[] {
	const parsed = parseWorld(text);
	return parsed.ok
		? []
		: parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('parseWorld()', () => {
	it('fills in what a small world leaves out', () => {
		const parsed = parseWorld(SMALL);
		expect(parsed).toMatchObject({
			ok: true,
			world: {
				start: Date.parse('2026-01-05T09:00:00Z'),
				scrape: { interval: 15_000, timeout: 10_000 },
				service: { job: 'shop', instances: 2, port: 8000, workers: 32, pageRate: 20_000_000 },
				dependencies: [],
				faults: [],
				truth: { requests: 'http_requests_total', durations: 'http_request_duration_seconds' }
			}
		});
	});

	it('reads the shop', () => {
		const world = shopWorld();
		expect(world.traffic.routes.map(({ weight }) => weight)).toEqual([60, 20, 15, 5]);
		expect(world.traffic.routes[2]).toMatchObject({ dependency: 'payments', errors: 0.02 });
	});

	it.each([
		['rate: 7', { kind: 'constant', rate: 7 }],
		[
			'rate: { steps: [{ at: 0, rate: 5 }, { at: 2m, rate: 50 }] }',
			{
				kind: 'steps',
				steps: [
					[0, 5],
					[120_000, 50]
				]
			}
		],
		[
			'rate: { ramp: { start: 1m, end: 3m, from: 1, to: 9 } }',
			{ kind: 'ramp', start: 60_000, end: 180_000, from: 1, to: 9 }
		],
		[
			'rate: { daily: { mean: 10, swing: 40%, peak_at: 1h } }',
			{ kind: 'daily', mean: 10, swing: 0.4, peakAt: 3_600_000 }
		]
	])('reads %s', (text, rate) => {
		expect(parseWorld(SMALL.replace('rate: 5', text))).toMatchObject({
			ok: true,
			world: { traffic: { rate } }
		});
	});

	it.each([
		['{ uniform: { min: 1ms, max: 9ms } }', { kind: 'uniform', min: 1, max: 9 }],
		['{ exponential: { mean: 20ms } }', { kind: 'exponential', mean: 20 }],
		['{ lognormal: { median: 1s, sigma: 0.5 } }', { kind: 'lognormal', median: 1000, sigma: 0.5 }],
		[
			'{ bimodal: [{ weight: 4, latency: 4ms }, { weight: 1, latency: 180ms }] }',
			{
				kind: 'bimodal',
				modes: [
					{ weight: 4, model: { kind: 'constant', value: 4 } },
					{ weight: 1, model: { kind: 'constant', value: 180 } }
				]
			}
		],
		[
			'{ timeout_cliff: { base: 4ms, share: 1.5%, hang: 30s } }',
			{ kind: 'timeout-cliff', share: 0.015, hang: 30_000 }
		]
	])('reads a latency of %s', (text, latency) => {
		expect(parseWorld(SMALL.replace('80ms', text))).toMatchObject({
			ok: true,
			world: { traffic: { routes: [{ latency }] } }
		});
	});

	it.each([
		['crash: { at: 7m, instance: 2, down_for: 30s }', { kind: 'crash', instance: 'shop-2:8000' }],
		['error_burst: { at: 1m, for: 2m, share: 30% }', { kind: 'error-burst', share: 0.3 }],
		[
			'slow_dependency: { at: 1m, for: 2m, factor: 4, dependency: payments }',
			{ kind: 'slow-dependency', factor: 4 }
		],
		['lost_scrape: { at: 1m, for: 20s }', { kind: 'lost-scrape', for: 20_000 }],
		['outbound_cut: { at: 1m, for: 20s }', { kind: 'outbound-cut', for: 20_000 }]
	])('reads a fault of %s', (text, fault) => {
		expect(parseWorld(`${SMALL}faults: [{ ${text} }]`)).toMatchObject({
			ok: true,
			world: { faults: [fault] }
		});
	});

	it.each([
		['title: [', /^\d+:\d+ .+/],
		[SMALL.replace('rate: 5', 'rate: many'), /^5:9 rate must be a number of at least 0$/],
		[SMALL.replace('80ms', 'soon'), /^7:28 latency must be a duration such as 15s or 80ms$/],
		[
			SMALL.replace('80ms', '{ gaussian: {} }'),
			/latency is a duration, or one of .*; not "gaussian"$/
		],
		[
			SMALL.replace('instances', 'replicas'),
			/^3:23 service has no field "replicas": known are job/
		],
		[
			`${SMALL}scrape: { interval: 5s, timeout: 9s }`,
			/^8:34 timeout must not be longer than interval$/
		],
		[`${SMALL}faults: [{ flood: { at: 1m } }]`, /"flood" is no fault: known are crash/],
		[
			`${SMALL}faults: [{ crash: { at: 1m, instance: 3, down_for: 1m } }]`,
			/there is no instance 3: the service has 2$/
		],
		[SMALL.replace('title: A small world', ''), /title is missing: give it a text$/],
		[SMALL.replace('latency: 80ms', 'weight: 1'), /^7:7 latency must be a duration/],
		[
			SMALL.replace('80ms', '80ms, weight: 0'),
			/^7:5 one of the routes must have a weight above 0$/
		],
		[
			SMALL.replace('- { path: /a, latency: 80ms }', '[]'),
			/^7:5 there must be at least one route$/
		],
		[SMALL.replace(/ {2}routes:[^]*/, ''), /^5:3 there must be at least one route$/],
		[
			SMALL.replace('80ms', '{ bimodal: [] }'),
			/^7:39 bimodal must have at least one mode with a weight above 0$/
		],
		[
			SMALL.replace('80ms', '{ bimodal: [{ weight: 0, latency: 1ms }] }'),
			/^7:39 bimodal must have at least one mode with a weight above 0$/
		],
		[SMALL.replace('80ms', '{ toString: {} }'), /not "toString"$/],
		[SMALL.replace('rate: 5', 'rate: .inf'), /^5:9 rate must be a number of at least 0$/],
		[SMALL.replace('rate: 5', 'rate: .nan'), /^5:9 rate must be a number of at least 0$/],
		[SMALL.replace('rate: 5', 'rate: 1e12'), /^5:9 rate must be at most 100000 requests a second$/],
		[
			SMALL.replace('rate: 5', 'rate: { steps: [{ at: 2m, rate: 1 }, { at: 1m, rate: 2 }] }'),
			/^5:40 each step must be later than the one before$/
		],
		[
			SMALL.replace('rate: 5', 'rate: { ramp: { start: 2m, end: 1m, from: 1, to: 2 } }'),
			/^5:35 end must be later than start$/
		],
		[
			SMALL.replace('rate: 5', 'rate: { daily: { mean: 1, peak_at: 0s, period: 0s } }'),
			/^5:50 period must be longer than 0s$/
		],
		[SMALL.replace('rate: 5', 'rate: { constructor: 1 }'), /not "constructor"$/],
		[
			SMALL.replace('instances: 2', 'instances: 1.5'),
			/^3:34 instances must be a whole number from 1 to 100$/
		],
		[
			SMALL.replace('instances: 2', 'instances: 1e9'),
			/^3:34 instances must be a whole number from 1 to 100$/
		],
		[
			SMALL.replace('instances: 2', 'port: 70000'),
			/^3:29 port must be a whole number from 1 to 65535$/
		],
		[
			SMALL.replace('80ms', '80ms, status: 20'),
			/^7:42 status must be a whole number from 100 to 599$/
		],
		[
			`${SMALL}scrape: { body_size_limit: .inf }`,
			/^8:28 body_size_limit must be a whole number of at least 0$/
		],
		[SMALL.replace('job: shop', "job: ''"), /^3:17 job must be a name such as shop/],
		[SMALL.replace('job: shop', 'job: the shop'), /^3:17 job must be a name such as shop/],
		[`${SMALL}dependencies: [{ job: 9-x }]`, /^8:23 job must be a name such as payments/],
		[`${SMALL}dependencies: [{ job: shop }]`, /^8:16 there is another job named shop$/],
		[
			`${SMALL}dependencies: [{ job: a }, { job: b }, { job: a, port: 1 }]`,
			/^8:40 there is another job named a$/
		],
		[
			`${SMALL}faults: [{ crash: { at: 1m, instance: 1.5, down_for: 1m } }]`,
			/^8:39 instance must be a whole number of at least 1$/
		],
		[`${SMALL}faults: [{ hasOwnProperty: {} }]`, /"hasOwnProperty" is no fault/],
		[`${SMALL}faults: [crash]`, /^8:10 a fault is one of crash, error_burst/]
	])('says what is wrong with a world, and where (%#)', (text, message) => {
		expect(problemsOf(text)).toEqual([expect.stringMatching(message)]);
	});

	it('says everything that is wrong at once', () => {
		const broken = SMALL.replace('rate: 5', 'rate: x').replace('80ms', 'y');
		expect(problemsOf(broken)).toHaveLength(2);
	});
});
