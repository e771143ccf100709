import { MINUTE, type Duration } from '#engine/model';
import { Persisted } from '$lib/state/persisted.svelte.ts';
import type { ExtraLabel, MetricKind } from './choice.ts';
import type { SeriesGroup } from './groups.ts';
import type { Knobs } from './knobs.ts';

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

/** What the lab shows once its questions are answered. */
interface Seen {
	/** Undefined while the shop is not seen. */
	readonly score: number | undefined;
	readonly answered: number;
	readonly liveSeries: number;
	readonly groups: readonly SeriesGroup[];
	readonly knobs: Knobs;
	readonly isEdited: boolean;
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

	/** Takes the result that is shown; its series and its answers are of one moment. The program was deployed so long ago. */
	look(seen: Seen, age: Duration): void {
		const { score, answered, liveSeries: series, groups, knobs, isEdited } = seen;
		// Without a series of the shop's own, what answers is the log alone.
		if (score === undefined || groups.length === 0) return;
		const label = isEdited ? 'own code' : knobs.label;
		this.offer({ score, answered, series, label, kind: knobs.kind }, age);
	}

	/** Whether a score would be the best one, but for the youth of its program. */
	isTooYoung(score: number | undefined, age: Duration): boolean {
		return age < LEAST_AGE && (score ?? 0) > (this.current?.score ?? 0);
	}

	/** Keeps a result that is better than all before. Programs younger than three virtual minutes do not count. */
	offer(result: Result, age: Duration): void {
		const kept = this.#kept;
		const isBetter = result.score > (kept?.current?.score ?? 0);
		if (kept && age >= LEAST_AGE && isBetter && Number.isFinite(result.score))
			kept.current = result;
	}
}
