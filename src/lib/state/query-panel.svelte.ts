import type { TruthSeries } from '#engine/lab';
import type { Duration, Timestamp } from '#engine/model';
import type { InstantResult, QueryRange, RangeResult } from '#engine/promql';
import { Explained } from './explained.svelte.ts';
import type { LabState } from './lab.svelte.ts';

export type PanelView = 'graph' | 'table';

/** About as many steps as a chart has room for. */
const STEPS = 240;

/**
 * One query and what it last gave. Asking again while an answer is under way keeps the old result on show;
 * of several answers the one to the latest question wins.
 */
export class QueryPanel {
	readonly id: number;
	/** What the person has typed. */
	text = $state('');
	/** What was asked last. */
	asked = $state.raw('');
	/** What the result on show answers: while another answer is under way, not what was asked last. */
	answered = $state.raw('');
	view = $state<PanelView>('graph');
	/** How far the graph looks back, ms. */
	range = $state<Duration>(15 * 60_000);
	showsTruth = $state(true);
	result = $state.raw<RangeResult | undefined>();
	instant = $state.raw<InstantResult | undefined>();
	truth = $state.raw<readonly TruthSeries[] | undefined>();
	/** Prometheus' own message, when the query failed. */
	error = $state.raw('');
	annotations = $state.raw<readonly string[]>([]);
	isLoading = $state(false);
	/** The last answer was that there is nothing. */
	isEmpty = $state.raw(false);
	readonly explained: Explained;

	/** Where the error is in the text, when its message says so. */
	readonly errorPlace = $derived(placeOf(this.error));

	readonly #lab: LabState;
	#lastQuestion = 0;

	constructor(lab: LabState, id: number, text: string) {
		this.#lab = lab;
		this.explained = new Explained(lab);
		this.id = id;
		this.text = text;
		this.asked = text;
	}

	/** Asks what has been typed. */
	run(): Promise<void> {
		this.asked = this.text;
		return this.refresh();
	}

	/** Shows the answer as a graph or as a table from now on. */
	showAs(view: PanelView): Promise<void> {
		this.view = view;
		return this.refresh();
	}

	/** Looks back this far from now on, ms. */
	lookBack(range: Duration): Promise<void> {
		this.range = range;
		return this.refresh();
	}

	/** Asks the same again, for the present moment. An answer that cannot come, because the lab is gone, changes nothing. */
	async refresh(): Promise<void> {
		const query = this.asked.trim();
		const question = ++this.#lastQuestion;
		if (query === '') {
			this.#show(query, { error: '' });
			this.explained.forget();
			return;
		}
		this.isLoading = true;
		const answer = await this.#ask(query).catch(() => undefined);
		if (question !== this.#lastQuestion) return;
		this.isLoading = false;
		if (!answer) return;
		this.#show(query, answer);
		this.explained.take(query, answer);
	}

	#ask(query: string): Promise<Answer> {
		return this.view === 'graph' ? this.#askRange(query) : this.#askInstant(query);
	}

	async #askRange(query: string): Promise<Answer> {
		const { now, api } = this.#lab;
		const step = stepFor(this.range);
		const end = Math.floor(now / step) * step;
		const start = end - this.range;
		const answer = await api.queryRange({
			query,
			start: seconds(start),
			end: seconds(end),
			step: seconds(step)
		});
		const at = { start, end, step };
		if (answer.status === 'error') return { error: answer.error, at };
		const grid = { start, step, count: Math.floor((end - start) / step) + 1 };
		const truth = await this.#lab.truth(query, grid);
		return {
			error: '',
			at,
			isEmpty: answer.data.series.length === 0,
			result: answer.data,
			truth,
			annotations: [...answer.warnings, ...answer.infos]
		};
	}

	async #askInstant(query: string): Promise<Answer> {
		const at = this.#lab.now;
		const answer = await this.#lab.api.query({ query, time: seconds(at) });
		if (answer.status === 'error') return { error: answer.error, at };
		return {
			error: '',
			at,
			isEmpty: isEmpty(answer.data),
			instant: answer.data,
			annotations: [...answer.warnings, ...answer.infos]
		};
	}

	/** After an error the result of before stays, for the chart to show it dimmed, unless it was the result of another query. */
	#show(query: string, answer: Answer): void {
		this.error = answer.error;
		this.isEmpty = answer.isEmpty ?? false;
		this.annotations = answer.annotations ?? [];
		if (answer.error !== '' && query === this.answered) return;
		this.answered = query;
		this.result = answer.result;
		this.instant = answer.instant;
		this.truth = answer.truth;
	}
}

interface Answer {
	readonly error: string;
	/** When it was asked for. */
	readonly at?: Timestamp | QueryRange;
	readonly isEmpty?: boolean;
	readonly result?: RangeResult;
	readonly instant?: InstantResult;
	readonly truth?: readonly TruthSeries[];
	readonly annotations?: readonly string[];
}

function isEmpty(result: InstantResult): boolean {
	if (result.type === 'vector') return result.samples.length === 0;
	return result.type === 'matrix' && result.series.length === 0;
}

function seconds(time: Timestamp): string {
	return String(time / 1000);
}

/** A step that divides minutes, so that a sliding window keeps its grid. */
function stepFor(range: Duration): Duration {
	const nice = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600].map((s) => s * 1000);
	return nice.find((step) => range / step <= STEPS) ?? 3_600_000;
}

/** Line and column that a message of Prometheus begins with, 1-based, in bytes as it counts them. */
function placeOf(error: string): { readonly line: number; readonly column: number } | undefined {
	const place = /(\d+):(\d+): parse error/.exec(error);
	return place ? { line: Number(place[1]), column: Number(place[2]) } : undefined;
}
