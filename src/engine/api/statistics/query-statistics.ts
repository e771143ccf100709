import type { Querier, Timestamp } from '#engine/model';
import type { QueryOptions, QueryRange } from '#engine/promql';
import { ApiError } from '../api-error.ts';
import type { SampleCounts } from './account.ts';
import { gridOf, measureQuery } from './measure-query.ts';

/** What a query took (util/stats, BuiltinStats). */
export interface QueryStatistics {
	/** Seconds by the clock of whoever answers; all zero where there is none. */
	readonly timings: QueryTimings;
	/** Absent when they could not be counted, because that would have taken too long or too much. */
	readonly samples?: QuerySamples;
}

export interface QueryTimings {
	readonly evalTotalTime: number;
	readonly resultSortTime: number;
	readonly queryPreparationTime: number;
	readonly innerEvalTime: number;
	readonly execQueueTime: number;
	readonly execTotalTime: number;
}

/** Counts of samples, of which a native histogram is several. */
export interface QuerySamples {
	/** In all windows: a sample that several steps look at counts for each. */
	readonly totalQueryableSamples: number;
	/** The same, where a sample counts once for a window that moves over it. */
	readonly samplesRead: number;
	/** Held in memory at a time by an engine that evaluates node by node, as Prometheus does. */
	readonly peakSamples: number;
	readonly perStep?: PerStep;
}

export interface PerStep {
	readonly times: readonly Timestamp[];
	readonly totalQueryableSamples: readonly number[];
	readonly samplesRead: readonly number[];
}

/** A query that has been answered. */
export interface AnsweredQuery {
	readonly querier: Querier;
	readonly text: string;
	readonly range: QueryRange;
	readonly options: QueryOptions;
	/** What it took, ms. */
	readonly time: number;
	readonly wantsSteps: boolean;
}

/** The statistics of a query that has been answered. It is measured now, and so nobody pays for it who does not ask. */
export function queryStatistics(answered: AnsweredQuery): QueryStatistics {
	return { timings: timingsOf(answered.time / 1000), samples: samplesOf(answered) };
}

/** Evaluation is all there is: nothing waits in a queue here, and series come sorted from where they are. */
function timingsOf(seconds: number): QueryTimings {
	return {
		evalTotalTime: seconds,
		resultSortTime: 0,
		queryPreparationTime: 0,
		innerEvalTime: seconds,
		execQueueTime: 0,
		execTotalTime: seconds
	};
}

function samplesOf(answered: AnsweredQuery): QuerySamples | undefined {
	const { querier, text, range, options, wantsSteps } = answered;
	try {
		const counts = measureQuery(querier, text, range, options);
		return {
			totalQueryableSamples: counts.total,
			samplesRead: counts.read,
			peakSamples: counts.peak,
			...(wantsSteps && { perStep: perStepOf(counts, range) })
		};
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return undefined;
	}
}

function perStepOf({ totalPerStep, readPerStep }: SampleCounts, range: QueryRange): PerStep {
	const { start, step } = gridOf(range);
	return {
		times: totalPerStep.map((_, i) => start + i * step),
		totalQueryableSamples: totalPerStep,
		samplesRead: readPerStep
	};
}
