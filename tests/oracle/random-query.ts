import fc from 'fast-check';
import type { Features } from '#engine/promql';
import { aggregation } from './grammar/aggregations.ts';
import { oneOf, weighted, type Grammar, type Tie, type Weighted } from './grammar/form.ts';
import { classicHistogramCall, histogramCall } from './grammar/histogram-calls.ts';
import {
	arithmeticWithScalar,
	comparisonWithScalar,
	setOperation,
	vectorMatching
} from './grammar/operators.ts';
import { scalar } from './grammar/scalars.ts';
import { range, selector } from './grammar/selectors.ts';
import { infoCall, labelCall, vectorCall } from './grammar/vector-calls.ts';
import { windowCall } from './grammar/window-calls.ts';
import type { Parts } from './parts.ts';
import type { QueryTree } from './query-tree.ts';
import { DATA_END } from './random-data.ts';

/** A query and where it is evaluated; times in milliseconds since the data set's base. */
export interface TestQuery {
	readonly tree: QueryTree;
	readonly start: number;
	readonly end: number;
	/** 0 for an instant query. */
	readonly step: number;
	readonly lookback: number;
	readonly features: Features;
}

/** Queries that are of the right types, over the metrics of random-data.ts, with when and how to evaluate them. */
export function randomQuery(parts: Parts): fc.Arbitrary<TestQuery> {
	return fc
		.record({
			tree: randomTree(parts),
			start: fc.integer({ min: -60, max: DATA_END / 1000 }).map((seconds) => seconds * 1000),
			late: oneOf(0, 0, 0, 0, 1, 437, 999),
			steps: fc.oneof(
				{ weight: 5, arbitrary: fc.integer({ min: 0, max: 25 }) },
				// Some of the engine's loops are only for many steps (simd/machine.ts, WORTH_IT).
				{ weight: 3, arbitrary: fc.integer({ min: 26, max: 70 }) },
				{ weight: 1, arbitrary: fc.integer({ min: 71, max: 180 }) }
			),
			// How far the end lies beyond the last step.
			rest: oneOf(0, 0, 0.3, 0.9),
			step: oneOf(15_000, 15_000, 5_000, 30_000, 60_000, 13_000, 1_000, 120_000, 7),
			isInstant: fc.integer({ min: 0, max: 9 }).map((n) => n < 3),
			lookback: oneOf(300_000, 300_000, 300_000, 20_000, 60_000),
			delayedNameRemoval: fc.boolean(),
			startTimestamps: fc.boolean(),
			typeAndUnitLabels: oneOf(false, false, false, true)
		})
		.map(({ tree, start: second, late, steps, rest, step, isInstant, lookback, ...switches }) => {
			const start = second + late;
			return {
				tree,
				start,
				end: isInstant ? start : start + steps * step + Math.floor(rest * step),
				step: isInstant ? 0 : step,
				lookback,
				features: {
					experimentalFunctions: true,
					extendedRangeSelectors: true,
					binopFillModifiers: true,
					...switches
				}
			};
		});
}

function randomTree(parts: Parts): fc.Arbitrary<QueryTree> {
	const grammar = fc.letrec<Grammar>((tie) => ({
		vector: vector(tie as Tie, parts),
		scalar: scalar(tie as Tie, parts),
		range: range(tie as Tie, parts)
	}));
	return fc.oneof(
		{ weight: 30, arbitrary: grammar.vector },
		{ weight: 1, arbitrary: grammar.scalar },
		{ weight: 1, arbitrary: grammar.range }
	);
}

function vector(tie: Tie, parts: Parts): fc.Arbitrary<QueryTree> {
	const groups: Weighted[] = [
		[2, selector(parts)],
		[7, windowCall(tie, parts)],
		[5, aggregation(tie)],
		[2, comparisonWithScalar(tie)],
		[2, arithmeticWithScalar(tie)],
		[4, vectorMatching(tie, parts)],
		[2, setOperation(tie)],
		[3, vectorCall(tie)],
		[2, labelCall(tie)],
		[1.5, classicHistogramCall(tie)]
	];
	if (parts.has('histograms')) groups.push([4, histogramCall(tie)]);
	if (parts.has('info')) groups.push([1, infoCall(tie)]);
	return weighted(...groups);
}
