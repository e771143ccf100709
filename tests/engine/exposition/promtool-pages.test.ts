import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import { createTextParser } from '#engine/exposition';
import { createChance } from '../../oracle/chance.ts';
import { mutatePage } from '../../oracle/exposition/mutate-page.ts';
import { CONTENT_TYPES, randomPage } from '../../oracle/exposition/random-page.ts';
import { testWithPromtool } from '../../promtool.ts';

/** What `promtool check metrics` ends with for a page that it cannot read. */
const UNREADABLE = 1;

/**
 * The linter has a parser of its own (common/expfmt), which refuses more than a scrape does: other escapes, labels given twice,
 * a missing last line break. So one direction is compared; `npm run oracle -- exposition` compares both with the scrape's parser.
 */
testWithPromtool('a damaged page that promtool can still read is read here too', async () => {
	let readable = 0;
	for (let run = 0; run < 150; run++) {
		const chance = createChance(run);
		const page = new TextEncoder().encode(randomPage(chance, 'text 0.0.4'));
		const body = mutatePage(chance, page);
		if (spawnSync('promtool', ['check', 'metrics'], { input: body }).status === UNREADABLE)
			continue;
		readable++;
		const parsed = createTextParser().parse(body, CONTENT_TYPES['text 0.0.4']);
		expect(parsed.ok, Buffer.from(body).toString('latin1')).toBe(true);
	}
	expect(readable).toBeGreaterThan(20);
});
