import { expect, it } from 'vitest';
import { labels } from '#engine/model';
import { readScrapes } from '$lib/labs/cardinality/scrapes.ts';

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

function read(...all: ReturnType<typeof series>[]) {
	return readScrapes({ status: 'success', data: { type: 'matrix', series: all } } as never);
}

it('scrapes of several instances are one round, as slow as the slowest and up when all are', () => {
	const rounds = read(
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
		{ at: 1, up: 2, asked: 2, isUp: true, duration: 0.3, samples: 15, added: 0 },
		{ at: 16, up: 1, asked: 2, isUp: false, duration: 2, samples: 20, added: 0 }
	]);
});

it('an instance that was not asked in a round is not counted in it', () => {
	const rounds = read(
		series('up', 'a', [
			[1, 1],
			[16, 1],
			[31, 1]
		]),
		series('up', 'b', [[20, 1]])
	);
	expect(rounds.map(({ asked }) => asked)).toEqual([1, 2, 1]);
});

it('no answer is no scrape', () => {
	expect(readScrapes({ status: 'error', errorType: 'timeout', error: '' } as never)).toEqual([]);
});
