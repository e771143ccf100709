import { SECOND, type Timestamp } from '#engine/model';
import type { ChartPoint } from './chart-spec.ts';
import type { Scrape } from './scrapes.ts';
import type { CodeLanguage } from '#workers/protocol';

/**
 * What a request pays that comes while CPython renders a page in another thread, seconds: the 99th percentile was about 25 ms where it was measured,
 * and 0.66 ms became 5.9 ms at the median. The interpreter's lock changes hands every 5 ms.
 */
const PYTHON_WAIT = 0.025;

/**
 * How long a request has to wait for the page, by the moment at which it comes; computed. One thread runs JavaScript: whoever comes while it writes
 * waits until it is done, so each scrape is a tooth that falls to nothing. In CPython threads take turns.
 */
export function waits(scrapes: readonly Scrape[], language: CodeLanguage): readonly ChartPoint[] {
	return scrapes.flatMap(({ at, duration }): ChartPoint[] => {
		const end: Timestamp = at + duration * SECOND;
		const first = longestWait(duration, language);
		const last = language === 'python' ? first : 0;
		return [
			[at, 0],
			[at, first],
			[end, last],
			[end, 0]
		];
	});
}

/** What the unluckiest request pays for a page that takes so many seconds; computed. */
export function longestWait(duration: number, language: CodeLanguage): number {
	return language === 'python' ? Math.min(duration, PYTHON_WAIT) : duration;
}
