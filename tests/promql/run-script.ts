import { formatLabels, labelsKey, type Labels, type Timestamp } from '#engine/model';
import {
	query,
	queryRange,
	type Annotation,
	type InstantResult,
	type QueryOptions,
	type QueryOutcome,
	type RangeResult
} from '#engine/promql';
import {
	createMemoryStore,
	type MemoryStore,
	type Point
} from '../engine/promql/memory-querier.ts';
import { almostEqual } from '../../src/engine/promql/quantile.ts';
import { pinTime } from './pin-time.ts';
import { parseScript, type EvalCommand, type Expectation, type TextTest } from './script.ts';

/** What became of one `eval`: nothing is wrong, or what is. */
export interface EvalReport {
	readonly line: number;
	readonly query: string;
	readonly failures: readonly string[];
}

/** Runs a script and reports on each of its evals. */
export function runScript(text: string, options: QueryOptions = {}): EvalReport[] {
	let store = createMemoryStore();
	const reports: EvalReport[] = [];
	for (const command of parseScript(text)) {
		if (command.kind === 'clear') store = createMemoryStore();
		else if (command.kind === 'eval') reports.push(runEval(store, command, options));
		else {
			for (const { labels, points } of command.series) {
				const times = points.map((_, i) => i * command.step);
				store.addPoints(labels, times, points);
			}
		}
	}
	return reports;
}

/**
 * Runs one eval. An instant one is also run with its moment pinned by `@`, at other times, and each of these also as a range
 * query around its time, whose middle step must be the same: all as Prometheus does it.
 */
export function runEval(
	store: MemoryStore,
	command: EvalCommand,
	options: QueryOptions
): EvalReport {
	const { line, query: text, start, end, step, expect } = command;
	if (step !== undefined) {
		const outcome = queryRange(store, text, { start, end, step }, options);
		const failures = checkOutcome(outcome, expect, (result) => compareRange(result, expect));
		return { line, query: text, failures };
	}
	const failures = instantCases(text, start).flatMap((instant) =>
		runInstant(store, instant, expect, options)
	);
	return { line, query: text, failures };
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

function runInstant(
	store: MemoryStore,
	{ text, at }: InstantCase,
	expect: Expectation,
	options: QueryOptions
): string[] {
	const outcome = query(store, text, at, options);
	const failures = checkOutcome(outcome, expect, (result) => compareInstant(result, expect));
	if (canRunAsRange(text, expect)) {
		const range = { start: at - 60_000, end: at + 60_000, step: 60_000 };
		failures.push(...compareMiddle(queryRange(store, text, range, options), expect));
	}
	return failures.map((failure) => `${text} at ${at / 1000}: ${failure}`);
}

function canRunAsRange(query: string, { ordered, text, rangeVector, fail }: Expectation): boolean {
	if (ordered || text !== undefined || rangeVector || fail) return false;
	return !/\b(start|end|range|step)\(\)/.test(query);
}

function compareMiddle(outcome: QueryOutcome<RangeResult>, expect: Expectation): string[] {
	if (!outcome.ok) return [`as a range query: ${outcome.message}`];
	const found: Found[] = outcome.result.series
		.filter(({ present }) => present[1] === 1)
		.map(({ labels, values }) => ({ labels, points: [values[1] as number] }));
	const failures =
		expect.scalar === undefined
			? compareSeries(found, expect)
			: compareScalar(found[0]?.points[0] as number, expect.scalar);
	return failures.map((failure) => `as a range query: ${failure}`);
}

function checkOutcome<Result>(
	outcome: QueryOutcome<Result>,
	expect: Expectation,
	compare: (result: Result) => string[]
): string[] {
	if (!outcome.ok) {
		if (!expect.fail) return [`failed: ${outcome.message}`];
		if (expect.fail.test(outcome.message)) return [];
		return [`failed with ${outcome.message}, not ${expect.fail.description}`];
	}
	if (expect.fail) return ['did not fail'];
	return [...compare(outcome.result), ...compareAnnotations(outcome.annotations, expect)];
}

function compareAnnotations(annotations: readonly Annotation[], expect: Expectation): string[] {
	const of = (level: Annotation['level']) =>
		annotations.filter((annotation) => annotation.level === level).map(({ text }) => text);
	return [
		...compareTexts('warning', of('warning'), expect.warn, expect.noWarn),
		...compareTexts('info', of('info'), expect.info, expect.noInfo)
	];
}

function compareTexts(
	level: string,
	texts: readonly string[],
	tests: readonly TextTest[],
	none: boolean
): string[] {
	if (none) return texts.map((text) => `unexpected ${level}: ${text}`);
	if (tests.length === 0) return [];
	return [
		...tests
			.filter(({ test }) => !texts.some(test))
			.map(({ description }) => `no ${level} like ${description} (found: ${texts.join('; ')})`),
		...texts
			.filter((text) => !tests.some(({ test }) => test(text)))
			.map((text) => `unexpected ${level}: ${text}`)
	];
}

interface Found {
	readonly labels: Labels;
	readonly points: readonly Point[];
}

function compareInstant(result: InstantResult, expect: Expectation): string[] {
	switch (result.type) {
		case 'string':
			return result.value === expect.text ? [] : [`is the string ${result.value}`];
		case 'scalar':
			return expect.scalar === undefined
				? ['is a scalar']
				: compareScalar(result.value, expect.scalar);
		case 'vector': {
			const found = result.samples.map(({ labels, value }) => ({ labels, points: [value] }));
			return compareSeries(found, expect);
		}
		case 'matrix':
			return compareSamples(result, expect);
	}
}

function compareScalar(value: number, expected: number): string[] {
	return isAlmostEqual(value, expected) ? [] : [`is ${value}, not ${expected}`];
}

function compareSamples(
	{ series }: Extract<InstantResult, { type: 'matrix' }>,
	expect: Expectation
): string[] {
	const { rangeVector } = expect;
	if (!rangeVector) return ['is a range vector'];
	const timeOf = (i: number): Timestamp => rangeVector.start + i * rangeVector.step;
	const found = series.map(({ labels, times, values }) => {
		const points: Point[] = [];
		times.forEach((time, row) => {
			while (timeOf(points.length) < time) points.push('absent');
			points.push(values[row] as number);
		});
		return { labels, points };
	});
	return compareSeries(found, expect);
}

function compareRange({ series }: RangeResult, expect: Expectation): string[] {
	const found = series.map(({ labels, values, present }) => ({
		labels,
		points: Array.from(values, (value, i): Point => (present[i] === 1 ? value : 'absent'))
	}));
	return compareSeries(found, expect);
}

function compareSeries(found: readonly Found[], { series, ordered }: Expectation): string[] {
	const failures: string[] = [];
	const wanted = new Map(series.map((one) => [labelsKey(one.labels), one]));
	found.forEach(({ labels, points }, i) => {
		const key = labelsKey(labels);
		const expected = wanted.get(key);
		if (!expected) failures.push(`unexpected ${formatLabels(labels)} ${points.join(' ')}`);
		else if (!samePoints(points, expected.points)) {
			failures.push(
				`${formatLabels(labels)} is ${points.join(' ')}, not ${expected.points.join(' ')}`
			);
		} else if (ordered && labelsKey(series[i]?.labels ?? []) !== key) {
			failures.push(`${formatLabels(labels)} in the wrong place, ${i}`);
		}
		wanted.delete(key);
	});
	for (const { labels } of wanted.values()) failures.push(`missing ${formatLabels(labels)}`);
	return failures;
}

function samePoints(found: readonly Point[], expected: readonly Point[]): boolean {
	const length = Math.max(found.length, expected.length);
	for (let i = 0; i < length; i++) {
		const a = found[i] ?? 'absent';
		const b = expected[i] ?? 'absent';
		const same = typeof a === 'number' && typeof b === 'number' ? isAlmostEqual(a, b) : a === b;
		if (!same) return false;
	}
	return true;
}

/** Relative difference that the scripts of Prometheus allow. */
const EPSILON = 1e-6;

function isAlmostEqual(a: number, b: number): boolean {
	return almostEqual(a, b, EPSILON);
}
