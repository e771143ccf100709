import type { FloatHistogram, SeriesColumns, Timestamp } from '#engine/model';
import {
	ALL_FEATURES,
	formatParseError,
	parse,
	query,
	queryRange,
	type InstantResult,
	type QueryOptions,
	type QueryOutcome,
	type RangeResult,
	type StepSeries
} from '#engine/promql';
import { createMemoryStore, type MemoryStore } from '../engine/promql/memory-querier.ts';
import { compareAnnotations } from './compare-annotations.ts';
import {
	checkSorted,
	compareMatrix,
	compareScalar,
	compareVector,
	type FoundPoint,
	type FoundSeries
} from './compare.ts';
import type { Expectation } from './expectation.ts';
import { load } from './load-store.ts';
import { pinTime } from './pin-time.ts';
import { parseScript, type EvalCommand } from './script.ts';

/** What became of one `eval`: nothing is wrong, or what is. */
export interface EvalReport {
	readonly line: number;
	readonly query: string;
	readonly failures: readonly string[];
}

/** What Prometheus runs its own scripts with: the whole language, and few samples. */
export const SCRIPT_OPTIONS: QueryOptions = { features: ALL_FEATURES, maxSamples: 10_000 };

/** Runs a script and reports on each of its evals. Throws where the script itself makes no sense. */
export function runScript(text: string, options: QueryOptions = SCRIPT_OPTIONS): EvalReport[] {
	let store = createMemoryStore();
	const reports: EvalReport[] = [];
	for (const command of parseScript(text)) {
		if (command.kind === 'clear') store = createMemoryStore();
		else if (command.kind === 'load') load(store, command);
		else reports.push(runEval(store, command, options));
	}
	return reports;
}

/**
 * Runs one eval. An instant one is also run with its moment pinned by `@`, at other times, and each of these also as a range
 * query around its time, whose middle step must be the same: all as Prometheus does it. What the engine throws is a failure.
 */
function runEval(store: MemoryStore, command: EvalCommand, options: QueryOptions): EvalReport {
	const { line, query: text } = command;
	try {
		return { line, query: text, failures: evalFailures(store, command, options) };
	} catch (error) {
		return { line, query: text, failures: [`thrown: ${(error as Error).message}`] };
	}
}

function evalFailures(store: MemoryStore, command: EvalCommand, options: QueryOptions): string[] {
	const { query: text, start, step, expect } = command;
	const parsed = parse(text, options.features);
	// A script has to be readable even where it expects a failure.
	if (!parsed.ok) return parsed.errors.map((error) => formatParseError(text, error));
	if (step !== undefined) return runRange(store, { ...command, step }, options);
	return instantCases(text, start).flatMap(({ text: variant, at }) =>
		runInstant(store, variant, at, expect, options).map((failure) =>
			variant === text && at === start ? failure : `${variant} at ${at / 1000}: ${failure}`
		)
	);
}

function runRange(
	store: MemoryStore,
	{ query: text, start, end, step, expect }: EvalCommand & { readonly step: number },
	options: QueryOptions
): string[] {
	const times = { start, end, step };
	const outcome = queryRange(store, text, times, options);
	return checkOutcome(outcome, expect, ({ grid, series }) =>
		compareMatrix(
			series.map((one) => stepSamples(one, (i) => grid.start + i * grid.step)),
			expect,
			times
		)
	);
}

interface InstantCase {
	readonly text: string;
	readonly at: Timestamp;
}

function instantCases(text: string, at: Timestamp): InstantCase[] {
	const pinned = pinTime(text, at);
	const times = at === 0 ? [-1000, 0, 1000] : [-10 * at, 0, Math.trunc(at / 5), at, 10 * at];
	return [{ text, at }, ...(pinned ? times.map((time) => ({ text: pinned, at: time })) : [])];
}

/** What depends on the bounds of the query can not be compared with a range query. */
const QUERY_BOUNDS = /(start|end|range|step)\(\)/;

function runInstant(
	store: MemoryStore,
	text: string,
	at: Timestamp,
	expect: Expectation,
	options: QueryOptions
): string[] {
	const outcome = query(store, text, at, options);
	const failures = checkOutcome(outcome, expect, (result) => compareInstant(result, expect));
	const { fail, rangeVector, text: string } = expect;
	const isOneValue = !rangeVector && string === undefined;
	if (!outcome.ok || fail || !isOneValue || QUERY_BOUNDS.test(text)) return failures;
	const range = { start: at - 60_000, end: at + 60_000, step: 60_000 };
	const middle = compareMiddle(
		queryRange(store, text, range, options),
		expect,
		outcome.result.type === 'scalar'
	);
	return [...failures, ...middle.map((failure) => `as a range query: ${failure}`)];
}

function compareMiddle(
	outcome: QueryOutcome<RangeResult>,
	expect: Expectation,
	isScalar: boolean
): string[] {
	if (!outcome.ok) return [outcome.message];
	if (expect.ordered) return [];
	const series = outcome.result.series.map((one) => stepSamples(one, (i) => i));
	const found = series.flatMap(({ labels, points }) =>
		points.filter(({ time }) => time === 1).map(({ point }) => ({ labels, point }))
	);
	if (!isScalar) return [...checkSorted(series), ...compareVector(found, expect)];
	const point = found[0]?.point;
	return typeof point === 'number' ? compareScalar(point, expect) : ['is no scalar'];
}

function checkOutcome<Result>(
	outcome: QueryOutcome<Result>,
	expect: Expectation,
	compare: (result: Result) => string[]
): string[] {
	if (!outcome.ok) {
		if (!expect.fail) return [`failed: ${outcome.message}`];
		return expect.fail
			.filter(({ test }) => !test(outcome.message))
			.map(({ description }) => `failed with ${outcome.message}, not ${description}`);
	}
	if (expect.fail) return ['did not fail'];
	return [...compareAnnotations(outcome.annotations, expect), ...compare(outcome.result)];
}

function compareInstant(result: InstantResult, expect: Expectation): string[] {
	switch (result.type) {
		case 'string':
			return result.value === (expect.text ?? '') ? [] : [`is the string ${result.value}`];
		case 'scalar':
			return compareScalar(result.value, expect);
		case 'vector':
			return compareVector(
				result.samples.map(({ labels, value, histogram }) => ({
					labels,
					point: histogram ?? value
				})),
				expect
			);
		case 'matrix':
			if (!expect.rangeVector) return ['is a range vector'];
			return compareMatrix(result.series.map(rowSamples), expect, expect.rangeVector);
	}
}

function rowSamples({ labels, times, values, histograms, start, end }: SeriesColumns): FoundSeries {
	const points = [];
	for (let row = start; row < end; row++) {
		points.push({ time: times[row] as number, point: pointAt(values, histograms, row) });
	}
	return { labels, points };
}

function stepSamples(
	{ labels, values, present, histograms }: StepSeries,
	timeOf: (step: number) => Timestamp
): FoundSeries {
	const points: { time: Timestamp; point: FoundPoint }[] = [];
	present.forEach((is, i) => {
		if (is === 1) points.push({ time: timeOf(i), point: pointAt(values, histograms, i) });
	});
	return { labels, points };
}

function pointAt(
	values: Float64Array,
	histograms: readonly (FloatHistogram | undefined)[] | undefined,
	i: number
): FoundPoint {
	return histograms?.[i] ?? (values[i] as number);
}
