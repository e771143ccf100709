import { labels } from '#engine/model';
import { offsetSeed } from '#engine/scrape';
import { expect, test } from 'vitest';
import { firstScrape, targetHash } from '../../../src/engine/scrape/scrape-offset.ts';

const INTERVAL = 15_000;

const hashOf = (instance: string) =>
	targetHash(labels({ job: 'shop', instance }), `http://${instance}/metrics`);

const instances = Array.from({ length: 2000 }, (_, i) => `10.0.${i >> 8}.${i & 255}:8000`);

test('the hashes are those of Prometheus', () => {
	// Target.hash of this target, and Manager.setOffsetSeed of a server named "server", by the Go module.
	expect(targetHash(labels({ __address__: 'a:8000', job: 'shop' }), 'http://a:8000/metrics')).toBe(
		6594095708211526309n
	);
	expect(offsetSeed('server', '{region="eu"}')).toBe(9298138547017176835n);
});

test('the first scrape is in the interval that begins now', () => {
	for (const instance of instances) {
		const first = firstScrape(hashOf(instance), 7n, INTERVAL, 1_000_000);
		expect(Number.isInteger(first) && first >= 1_000_000 && first <= 1_015_000).toBe(true);
	}
});

test('a target keeps its turn, whenever it begins, and another seed gives it another', () => {
	const turn = (seed: bigint, now: number) =>
		firstScrape(hashOf('a:8000'), seed, INTERVAL, now) % INTERVAL;
	for (const now of [0, 1, 14_999, 15_000, 1e12 + 7]) expect(turn(1n, now)).toBe(turn(1n, 0));
	expect(turn(1n, 0)).not.toBe(turn(2n ** 40n, 0));
});

test('a turn that is now has passed, to the nanosecond', () => {
	expect(firstScrape(5_000_000n, 0n, INTERVAL, 5)).toBe(15_005);
	expect(firstScrape(5_000_001n, 0n, INTERVAL, 5)).toBe(5);
	expect(firstScrape(5_000_001n, 0n, INTERVAL, 6)).toBe(15_005);
	expect(firstScrape(0n, 0n, INTERVAL, 30_000)).toBe(45_000);
});

test('targets spread evenly over the interval', () => {
	const bins = new Array<number>(10).fill(0);
	for (const instance of instances) {
		bins[Math.floor((firstScrape(hashOf(instance), 0n, INTERVAL, 0) % INTERVAL) / 1500)]!++;
	}
	for (const count of bins) expect(Math.abs(count - 200)).toBeLessThan(70);
});

test('labels and the address both matter', () => {
	const set = labels({ job: 'shop' });
	expect(targetHash(set, 'http://a/x')).not.toBe(targetHash(set, 'http://a/y'));
	expect(targetHash(labels({ job: 'a' }), 'u')).not.toBe(targetHash(labels({ job: 'b' }), 'u'));
});
