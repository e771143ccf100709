import { expect, test } from 'vitest';
import { labels, parseDuration } from '#engine/model';
import { queryText } from '../../../../src/lib/xray/rate/ask.ts';
import { shareWithValue } from '../../../../src/lib/xray/rate/share.ts';
import { storeOf } from '../../../../src/lib/xray/rate/store.ts';

const LABELS = labels({ __name__: 'x_total' });

/** At what percentage of moments the rate has a value, where scrapes are 15 s apart and some are lost. */
function share(range: string, isLost: (scrape: number) => boolean = () => false): number {
	const scrapes = Array.from({ length: 42 }, (_, i) => i).filter((scrape) => !isLost(scrape));
	const raw = {
		labels: LABELS,
		times: Float64Array.from(scrapes, (scrape) => 1_000 + scrape * 15_000),
		values: Float64Array.from(scrapes)
	};
	const query = queryText('rate', LABELS, parseDuration(range));
	const { asked, answered } = shareWithValue(storeOf(raw), query, raw);
	return Math.round((100 * answered) / asked);
}

test.each([
	['15s', 0],
	['20s', 33],
	['29s', 93],
	['30s', 100]
])('a window of %s over scrapes every 15 s has a value %i %% of the time', (range, percent) =>
	expect(share(range)).toBe(percent)
);

test.each([
	['30s', 50],
	['45s', 100]
])('with every fourth scrape lost, a window of %s has one %i %% of the time', (range, percent) =>
	// From one lost scrape to another, so that whole patterns are counted.
	expect(share(range, (scrape) => scrape % 4 === 3)).toBe(percent)
);

test('of one sample nothing is asked', () => {
	const raw = { labels: LABELS, times: Float64Array.of(5), values: Float64Array.of(1) };
	expect(shareWithValue(storeOf(raw), queryText('rate', LABELS, 60_000), raw)).toEqual({
		asked: 0,
		answered: 0
	});
});
