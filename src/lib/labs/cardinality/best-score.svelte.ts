import { MINUTE, type Duration } from '#engine/model';
import { Persisted } from '$lib/state/persisted.svelte.ts';
import type { ExtraLabel, MetricKind } from './choice.ts';

/** What somebody got for their series, and with which program. */
export interface Result {
	/** Questions answered for a thousand series. */
	readonly score: number;
	readonly answered: number;
	readonly series: number;
	readonly label: ExtraLabel | 'own code';
	readonly kind: MetricKind;
}

/** A program that has just begun has few series and proves nothing. */
const LEAST_AGE: Duration = 3 * MINUTE;

/** `up` and four others that Prometheus adds for each target. */
const REPORTS = 5;

/**
 * Whether what was asked at slightly different moments is of one picture: while it was asked the world went on, and the shop may have been seen
 * at one of them and not at another. `series` live altogether, `own` of them are the shop's own.
 */
export function isOnePicture(series: number, own: number, instances: number): boolean {
	return own > 0 && Math.abs(series - REPORTS * instances - own) <= own / 10;
}

/** The best of one's own, kept in the browser. */
export class BestScore {
	#kept = $state.raw<Persisted<Result | undefined>>();

	get current(): Result | undefined {
		return this.#kept?.current;
	}

	/** Reads what was kept: not before the page is alive, for the prerendered one knows of none. */
	restore(): void {
		this.#kept ??= new Persisted<Result | undefined>('promenade:cardinality:best', undefined);
	}

	/** Keeps a result that is better than all before. Programs younger than three virtual minutes do not count. */
	offer(result: Result, age: Duration): void {
		const kept = this.#kept;
		const isBetter = result.score > (kept?.current?.score ?? 0);
		if (kept && age >= LEAST_AGE && isBetter && Number.isFinite(result.score))
			kept.current = result;
	}
}
