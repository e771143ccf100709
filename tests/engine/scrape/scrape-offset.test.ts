import { labels } from '#engine/model';
import { expect, test } from 'vitest';
import { scrapeOffset } from '../../../src/engine/scrape/scrape-offset.ts';

const offsetOf = (instance: string, seed = 0) =>
	scrapeOffset(labels({ job: 'shop', instance }), `http://${instance}/metrics`, 15_000, seed);

const instances = Array.from({ length: 2000 }, (_, i) => `10.0.${i >> 8}.${i & 255}:8000`);

test('an offset lies within the interval, in whole milliseconds', () => {
	for (const instance of instances) {
		const offset = offsetOf(instance);
		expect(Number.isInteger(offset) && offset >= 0 && offset < 15_000).toBe(true);
	}
});

test('a target keeps its offset, and another seed gives it another', () => {
	expect(offsetOf('a:8000')).toBe(offsetOf('a:8000'));
	expect(offsetOf('a:8000', 1)).not.toBe(offsetOf('a:8000', 2));
});

test('targets spread evenly over the interval', () => {
	const bins = new Array<number>(10).fill(0);
	for (const instance of instances) bins[Math.floor(offsetOf(instance) / 1500)]!++;
	for (const count of bins) expect(Math.abs(count - 200)).toBeLessThan(70);
});

test('labels and the address both matter', () => {
	const set = labels({ job: 'shop' });
	expect(scrapeOffset(set, 'http://a/x', 1e6, 0)).not.toBe(scrapeOffset(set, 'http://a/y', 1e6, 0));
	expect(scrapeOffset(labels({ job: 'a' }), 'u', 1e6, 0)).not.toBe(
		scrapeOffset(labels({ job: 'b' }), 'u', 1e6, 0)
	);
});
