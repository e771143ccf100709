import { expect, it } from 'vitest';
import { LimitGuess } from '$lib/labs/cardinality/limit-guess.svelte.ts';
import { BELIEFS } from '$lib/labs/cardinality/predict.ts';
import type { Scrape } from '$lib/labs/cardinality/scrapes.ts';

const scrape = (at: number, samples: number) => ({ at, samples, isUp: samples > 0 }) as Scrape;
const errors = new Map([[15, 'sample limit exceeded']]);

it('a prediction is read back once: what other code does after it changes nothing', () => {
	const guess = new LimitGuess();
	guess.wanted = 5000;
	guess.commit(BELIEFS[0], 41_639, 0);
	guess.readBack({ scrapes: [scrape(0, 41_634)], errors, liveSeries: 41_639 });
	expect(guess.outcome).toBeUndefined();
	const failed = [scrape(0, 41_634), scrape(15, 0)];
	guess.readBack({ scrapes: failed, errors, liveSeries: 5005 });
	guess.readBack({ scrapes: [...failed, scrape(30, 70)], errors, liveSeries: 75 });
	expect(guess.outcome).toEqual({ at: 15, isUp: false, stored: 0, liveSeries: 5005 });
	guess.clear();
	expect(guess.outcome).toBeUndefined();
});
