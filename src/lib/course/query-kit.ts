import type { ApiResponse } from '#engine/api';
import { labelsKey, labelsToRecord, labelValue, type Labels } from '#engine/model';
import type { RangeResult, StepSeries } from '#engine/promql';

/** What a query gave over a run in one world: series on a grid, or Prometheus' own words why there is nothing. */
export type Answer = ApiResponse<RangeResult>;

/** The answers to the learner's query and to the reference in one world. Plain data. */
export interface WorldAnswers {
	/** What a verdict calls the world. */
	readonly title: string;
	readonly seed: number;
	readonly learner: Answer;
	readonly reference: Answer;
}

/** A wrong query that tempts many people, recognised by its answers. `queries/TASK/wrong/ID.promql` is an example of it. */
export interface QueryMistake {
	readonly id: string;
	/** The sentence for the learner, or undefined when this is not what happened. */
	readonly spot: (answers: readonly WorldAnswers[]) => string | undefined;
}

/** What a checks.ts knows of one query task. */
export interface QueryChecks {
	readonly mistakes: readonly QueryMistake[];
}

/** The series of an answer; of an error there are none. */
export function seriesOf(answer: Answer): readonly StepSeries[] {
	return answer.status === 'success' ? answer.data.series : [];
}

/** The label names in use in an answer, each once, sorted. */
export function labelNamesOfAnswer(answer: Answer): string[] {
	const names = seriesOf(answer).flatMap(({ labels }) => Object.keys(labelsToRecord(labels)));
	return [...new Set(names)].sort();
}

/** The series of an answer with exactly these labels. */
export function seriesWith(answer: Answer, labels: Labels): StepSeries | undefined {
	const key = labelsKey(labels);
	return seriesOf(answer).find((one) => labelsKey(one.labels) === key);
}

/** Whether two answers have the same label sets, whatever their values. */
export function hasSameSeries({ learner, reference }: WorldAnswers): boolean {
	const [mine, wanted] = [seriesOf(learner), seriesOf(reference)];
	return mine.length === wanted.length && wanted.every(({ labels }) => seriesWith(learner, labels));
}

/** The highest value of an answer; NaN when it has none. */
export function highest(answer: Answer): number {
	const values = seriesOf(answer).flatMap(({ values, present }) =>
		[...values].filter((value, i) => present[i] === 1 && !Number.isNaN(value))
	);
	return values.length > 0 ? Math.max(...values) : NaN;
}

/**
 * How many times as large as the reference the learner's values are, when all label sets are the same and it is the same
 * number of times everywhere, to a thousandth; otherwise undefined.
 */
export function constantFactor(answers: WorldAnswers): number | undefined {
	if (!hasSameSeries(answers)) return undefined;
	const factors = seriesOf(answers.reference).flatMap(({ labels, values, present }) => {
		const mine = seriesWith(answers.learner, labels);
		return [...values].flatMap((value, i) =>
			present[i] === 1 && mine?.present[i] === 1 && value !== 0
				? [(mine.values[i] as number) / value]
				: []
		);
	});
	const [first] = factors;
	if (first === undefined) return undefined;
	return factors.every((factor) => Math.abs(factor / first - 1) < 1e-3) ? first : undefined;
}

/** The values that a label takes in an answer, each once, sorted. */
export function labelValuesOf(answer: Answer, label: string): string[] {
	const values = seriesOf(answer).map(({ labels }) => labelValue(labels, label));
	return [...new Set(values)].filter(Boolean).sort();
}

/** Whether there is a sample of which this is so. */
export function isAnySample(answer: Answer, is: (value: number) => boolean): boolean {
	return seriesOf(answer).some(({ values, present }) =>
		values.some((value, i) => present[i] === 1 && is(value))
	);
}
