import { expect, test } from 'vitest';
import {
	bucketsPreview,
	cardinalityPreview,
	ratePreview
} from '../../../src/routes/labs/previews.ts';

const INSIDE = /^[^-]*$/;

test('the day of the bucket lab has a 95th percentile of 268 ms that reads as 305', () => {
	const { sentence, strokes } = bucketsPreview(190);
	expect(sentence).toContain('is 268 ms, and the histogram says 305 ms');
	for (const stroke of strokes) if ('d' in stroke) expect(stroke.d).toMatch(INSIDE);
});

test('one event in a minute is 1.33 to increase()', () => {
	const { sentence } = ratePreview();
	expect(sentence).toContain('increase() says 1.33');
});

test('the page of the shop that counts by user grows until every scrape fails', async () => {
	const { sentence, strokes } = await cardinalityPreview(1);
	expect(sentence).toMatch(
		/After \d+ minutes there are \d+,\d{3}, the page takes more than a second/
	);
	const crosses = strokes.find(({ kind }) => kind === 'crosses');
	expect(crosses && 'points' in crosses && crosses.points.length).toBeGreaterThan(1);
});
