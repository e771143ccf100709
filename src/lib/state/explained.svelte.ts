import type { Labels, Timestamp } from '#engine/model';
import type { ExplainLimits, ExplainOutcome, QueryRange } from '#engine/promql';
import type { LabState } from './lab.svelte.ts';

/** About what a page has room for below a chart. */
const LIMITS: Partial<ExplainLimits> = {
	series: 40,
	points: 2,
	groups: 12,
	members: 8,
	windowSamples: 240
};

/** What was answered: when it was asked for, and whether there was anything, or an error. */
interface Answered {
	readonly at?: Timestamp | QueryRange;
	readonly isEmpty?: boolean;
	readonly error?: string;
}

interface Question extends Answered {
	readonly query: string;
	readonly at: Timestamp | QueryRange;
}

/**
 * The explanation of what a panel shows: on demand, and unasked when there is nothing to show or an error to mend. One question is under way at a
 * time, and while the pointer moves only the last place it came to is asked about.
 */
export class Explained {
	/** Whether the person wants to see it. */
	isWanted = $state(false);
	outcome = $state.raw<ExplainOutcome | undefined>();
	/** The query that the outcome belongs to. */
	query = $state.raw('');

	readonly explanation = $derived(this.outcome?.explanation);
	/** Where an empty result lost its data, and why. */
	readonly vanished = $derived(this.explanation?.vanishedAt);
	/** What can be done about the error of the query, or was probably meant by one without an error. */
	readonly hint = $derived(this.outcome?.hint);

	readonly #lab: LabState;
	/** The step to look into; without one the last that has a value. */
	#time = $state.raw<Timestamp | undefined>();
	/** The series to look into; without one the first. */
	#labels = $state.raw<Labels | undefined>();
	#question: Question | undefined;
	#isOutdated = false;
	#isAsking = false;

	constructor(lab: LabState) {
		this.#lab = lab;
	}

	show(isWanted: boolean): void {
		this.isWanted = isWanted;
		void this.#ask();
	}

	get time(): Timestamp | undefined {
		return this.#time;
	}

	get labels(): Labels | undefined {
		return this.#labels;
	}

	/** Looks into another step from now on. */
	lookAt(time: Timestamp | undefined): void {
		if (time === this.#time) return;
		this.#time = time;
		void this.#ask();
	}

	/** Looks into another series from now on. */
	lookInto(labels: Labels | undefined): void {
		this.#labels = labels;
		void this.#ask();
	}

	/** Explains another answer from now on. */
	take(query: string, { at, isEmpty, error }: Answered): void {
		if (query !== this.#question?.query) this.#labels = undefined;
		this.#question = at === undefined ? undefined : { query, at, isEmpty, error };
		void this.#ask();
	}

	forget(): void {
		this.#question = undefined;
		this.outcome = undefined;
	}

	async #ask(): Promise<void> {
		this.#isOutdated = true;
		if (this.#isAsking) return;
		this.#isAsking = true;
		while (this.#isOutdated) {
			this.#isOutdated = false;
			await this.#askOnce();
		}
		this.#isAsking = false;
	}

	/** A lab that is gone says so elsewhere; here what was there stays. */
	async #askOnce(): Promise<void> {
		const question = this.#question;
		if (!question || !(this.isWanted || question.isEmpty || question.error)) {
			this.outcome = undefined;
			return;
		}
		const { query, at } = question;
		const time = isWithin(at, this.#time) ? this.#time : undefined;
		const wish = { time, labels: this.#labels, limits: LIMITS };
		const outcome = await this.#lab.explain(query, at, wish).catch(() => undefined);
		if (!outcome || this.#question?.query !== query) return;
		this.query = query;
		this.outcome = outcome;
	}
}

/** A moment that has slid out of the chart is looked into no longer. */
function isWithin(at: Timestamp | QueryRange, time: Timestamp | undefined): boolean {
	if (typeof at === 'number' || time === undefined) return false;
	return at.start <= time && time <= at.end;
}
