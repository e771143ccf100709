import { type Labels } from '#engine/model';
import { query, queryRange, type QueryOptions, type QueryOutcome } from '#engine/promql';
import { Head } from '#engine/tsdb';
import type { Target } from './data.ts';
import type { Bounds } from './queries.ts';

/** A result as both sides of the comparison have it: for each series a value for each step, and where there is one. */
export interface Answer {
	readonly labels: Labels;
	readonly values: Float64Array;
	readonly present: Uint8Array;
}

/** Writes targets into a head, each through an appender of its own, scrape after scrape. */
export function loadHead(targets: readonly Target[]): Head {
	const head = new Head({ appendableWindow: Infinity });
	for (const { times, series } of targets) {
		const appender = head.appender();
		const refs = series.map(({ labels }) => appender.ref(labels));
		times.forEach((time, row) => {
			appender.begin(time);
			series.forEach(({ values }, i) => appender.add(refs[i] as number, values[row] as number));
			appender.commit();
		});
	}
	return head;
}

/** Milliseconds from text to typed arrays, the mean of so many evaluations in a row, and the answer. */
export function timeQuery(
	head: Head,
	text: string,
	bounds: Bounds,
	repeat = 1
): { readonly ms: number; readonly answers: () => Answer[] } {
	const began = performance.now();
	for (let i = 1; i < repeat; i++) evaluate(head, text, bounds);
	const outcome = evaluate(head, text, bounds);
	const ms = (performance.now() - began) / repeat;
	return { ms, answers: () => toAnswers(outcome) };
}

/** Evaluates a query over bounds, at the end of them if they have no step. */
export function evaluate(head: Head, text: string, bounds: Bounds, options?: QueryOptions) {
	const outcome =
		bounds.step === 0
			? query(head, text, bounds.end, options)
			: queryRange(head, text, bounds, options);
	if (!outcome.ok) throw new Error(`${text}: ${outcome.message}`);
	return outcome;
}

type Result = Extract<QueryOutcome<unknown>, { ok: true }>['result'];

function toAnswers(outcome: { readonly result: Result }): Answer[] {
	const result = outcome.result as ReturnType<typeof evaluate>['result'];
	switch (result.type) {
		case 'matrix':
			return 'grid' in result ? [...result.series] : [];
		case 'vector':
			return result.samples.map(({ labels, value }) => one(labels, value));
		case 'scalar':
			return [one([], result.value)];
		case 'string':
			return [];
	}
}

function one(labels: Labels, value: number): Answer {
	return { labels, values: Float64Array.of(value), present: Uint8Array.of(1) };
}
