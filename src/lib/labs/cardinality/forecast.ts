import { MINUTE, type Timestamp } from '#engine/model';
import type { Knobs } from './knobs.ts';
import { growth, type Moment } from './moment.ts';
import type { Scrape } from './scrapes.ts';
import { killedAt } from './server.ts';

interface ForecastEnd {
	readonly at: Timestamp;
	readonly series: number;
	readonly pageBytes: number;
	/** Virtual seconds of a scrape. */
	readonly duration: number;
}

/** How it would go on beyond what the tab holds, if series were born as in the last five minutes. In straight lines. */
export interface Forecast {
	readonly from: ForecastEnd;
	readonly to: ForecastEnd;
	/** Series a minute. */
	readonly growth: number;
	/** Minutes from now until a server with the limit may be killed, and until it surely is. 0 when that has passed. */
	readonly mayDieIn: number;
	readonly diesIn: number;
}

/** Undefined where nothing grows. */
export function forecast(
	history: readonly Moment[],
	scrapes: readonly Scrape[],
	{ memoryLimit, pageRate, instances }: Pick<Knobs, 'memoryLimit' | 'pageRate' | 'instances'>
): Forecast | undefined {
	const now = history.at(-1);
	const perMinute = growth(history, scrapes);
	if (!now || perMinute <= 0 || now.headSeries === 0) return undefined;
	const { maybe, surely } = killedAt(memoryLimit);
	const minutesTo = (series: number) => Math.max(0, (series - now.headSeries) / perMinute);
	const ahead = Math.max(5, minutesTo(surely) * 1.1);
	const bytesPerSeries = now.pageBytes / Math.max(1, now.liveSeries);
	const endAt = (minutes: number): ForecastEnd => {
		const pageBytes = now.pageBytes + perMinute * minutes * bytesPerSeries;
		return {
			at: now.at + minutes * MINUTE,
			series: now.headSeries + perMinute * minutes,
			pageBytes,
			duration: pageBytes / instances / pageRate
		};
	};
	return {
		from: endAt(0),
		to: endAt(ahead),
		growth: perMinute,
		mayDieIn: minutesTo(maybe),
		diesIn: minutesTo(surely)
	};
}
