import { expect, it } from 'vitest';
import { labels } from '#engine/model';
import { lastStoredRun, readScrapes, type Scrape } from '$lib/labs/cardinality/scrapes.ts';

type Samples = readonly (readonly [at: number, value: number])[];

function series(name: string, instance: string, samples: Samples) {
	return {
		labels: labels({ __name__: name, job: 'shop', instance }),
		times: Float64Array.from(samples, ([at]) => at),
		values: Float64Array.from(samples, ([, value]) => value),
		start: 0,
		end: samples.length
	};
}

function read(instances: number, ...all: ReturnType<typeof series>[]) {
	const data = { type: 'matrix', series: all };
	return readScrapes({ status: 'success', data } as never, instances);
}

it('scrapes of several instances are one round, as slow as the slowest and up when all are', () => {
	const rounds = read(
		2,
		series('up', 'a', [
			[1, 1],
			[16, 1]
		]),
		series('up', 'b', [
			[4, 1],
			[19, 0]
		]),
		series('scrape_duration_seconds', 'a', [
			[1, 0.1],
			[16, 0.2]
		]),
		series('scrape_duration_seconds', 'b', [
			[4, 0.3],
			[19, 2]
		]),
		series('scrape_samples_scraped', 'a', [
			[1, 10],
			[16, 20]
		]),
		series('scrape_samples_scraped', 'b', [
			[4, 5],
			[19, 0]
		])
	);
	expect(rounds).toEqual([
		{
			at: 1,
			last: 4,
			up: 2,
			asked: 2,
			isUp: true,
			duration: 0.3,
			samples: 15,
			largest: 10,
			added: 0
		},
		{
			at: 16,
			last: 19,
			up: 1,
			asked: 2,
			isUp: false,
			duration: 2,
			samples: 20,
			largest: 20,
			added: 0
		}
	]);
});

it('an instance that was not asked in a round is not counted in it, and a last round without it is not told yet', () => {
	const rounds = read(
		2,
		series('up', 'a', [
			[1, 1],
			[16, 1],
			[31, 1]
		]),
		series('up', 'b', [[20, 1]])
	);
	expect(rounds.map(({ asked }) => asked)).toEqual([1, 2]);
});

it('no answer is no scrape', () => {
	expect(readScrapes({ status: 'error', errorType: 'timeout', error: '' } as never, 1)).toEqual([]);
});

it('a first round of which only one of three instances has been scraped is no round yet', () => {
	expect(read(3, series('up', 'a', [[1, 1]]))).toEqual([]);
});

it('the scrapes stored in a row end with the newest that was stored', () => {
	const ups = (...flags: boolean[]) => flags.map((isUp, at) => ({ at, isUp }) as Scrape);
	const times = (scrapes: readonly Scrape[]) => lastStoredRun(scrapes).map(({ at }) => at);
	expect(times(ups(true, true))).toEqual([0, 1]);
	expect(times(ups(true, false, true, true))).toEqual([2, 3]);
	expect(times(ups(false, true, true, false, false))).toEqual([1, 2]);
	expect(times(ups(false))).toEqual([]);
});
