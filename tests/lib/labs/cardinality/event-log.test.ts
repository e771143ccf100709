import { describe, expect, it } from 'vitest';
import { logLines } from '$lib/labs/cardinality/event-log.ts';
import type { Scrape } from '$lib/labs/cardinality/scrapes.ts';

const scrape = (at: number, isUp: boolean): Scrape => ({
	at,
	last: at,
	isUp,
	up: isUp ? 1 : 0,
	asked: 1,
	duration: isUp ? 0.5 : 2,
	samples: isUp ? 1200 : 0,
	largest: isUp ? 1200 : 0,
	added: 0
});
const TIMEOUT = 'Get "http://shop-1:8000/metrics": context deadline exceeded';

describe('logLines()', () => {
	it('makes scrapes that went alike one line, the newest first', () => {
		const lines = logLines(
			[scrape(0, true), scrape(15, true), scrape(30, false), scrape(45, false)],
			new Map([[30, TIMEOUT]]),
			[]
		);
		expect(lines.map(({ from, to, kind }) => [from, to, kind])).toEqual([
			[30, 45, 'failed'],
			[0, 15, 'stored']
		]);
		expect(lines[0]?.text).toBe(
			`2 scrapes failed: ${TIMEOUT}. up is 0, and nothing of the page is stored`
		);
		expect(lines[1]?.text).toBe('2 scrapes stored; the last had 1,200 samples and took 0.50 s');
	});

	it('tells failures with different errors apart, and gives one that was not seen the nearest', () => {
		const lines = logLines(
			[scrape(0, false), scrape(15, false), scrape(30, false)],
			new Map([
				[0, 'sample limit exceeded'],
				[30, TIMEOUT]
			]),
			[]
		);
		expect(lines.map(({ from, text }) => [from, text.includes('sample limit')])).toEqual([
			[30, false],
			[0, true]
		]);
	});

	it('puts what was done between the scrapes', () => {
		const lines = logLines([scrape(0, true), scrape(15, true)], new Map(), [
			{ at: 10, kind: 'deploy', label: 'new code is deployed' }
		]);
		expect(lines.map(({ from, kind }) => [from, kind])).toEqual([
			[15, 'stored'],
			[10, 'event'],
			[0, 'stored']
		]);
	});
});
