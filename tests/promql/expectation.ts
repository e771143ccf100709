import {
	labelsKey,
	parseDuration,
	type Duration,
	type Labels,
	type Timestamp
} from '#engine/model';
import { unquote } from '../../src/engine/promql/strings.ts';
import { parseGoNumber } from './go-number.ts';
import { parseSeriesLine, type SequencePoint } from './sequence.ts';
import type { SourceLines } from './source-lines.ts';
import { ANY_TEXT, equalTo, matching, type TextTest } from './text-test.ts';

/** What an evaluation should come to. */
export interface Expectation {
	readonly ordered: boolean;
	/** Present when the query should fail: all that its error must satisfy. */
	readonly fail?: readonly TextTest[];
	readonly warn: readonly TextTest[];
	readonly info: readonly TextTest[];
	/** eval_warn and eval_info ask for one annotation at least and say nothing about others. */
	readonly someWarning: boolean;
	readonly someInfo: boolean;
	readonly noWarn: boolean;
	readonly noInfo: boolean;
	readonly text?: string;
	/** The times of the samples of a range vector. */
	readonly rangeVector?: RangeTimes;
	readonly scalar?: number;
	/** By labelsKey. */
	readonly series: ReadonlyMap<string, ExpectedSeries>;
}

export interface ExpectedSeries {
	readonly labels: Labels;
	readonly points: readonly SequencePoint[];
	/** Place among the lines, from 1, where order counts. */
	readonly place: number;
}

/** From start to end, both included, every step. */
export interface RangeTimes {
	readonly start: Timestamp;
	readonly end: Timestamp;
	readonly step: Duration;
}

interface Draft {
	ordered: boolean;
	fail?: TextTest[];
	warn: TextTest[];
	info: TextTest[];
	someWarning: boolean;
	someInfo: boolean;
	noWarn: boolean;
	noInfo: boolean;
	text?: string;
	rangeVector?: RangeTimes;
	scalar?: number;
	series: Map<string, ExpectedSeries>;
	place: number;
	hasFailLine: boolean;
}

/** Reads the lines below an eval; `flag` is what stood behind `eval_`. */
export function parseExpectation(
	flag: string | undefined,
	isInstant: boolean,
	lines: SourceLines
): Expectation {
	const draft: Draft = {
		ordered: flag === 'ordered',
		warn: [],
		info: [],
		someWarning: flag === 'warn',
		someInfo: flag === 'info',
		noWarn: false,
		noInfo: false,
		series: new Map(),
		place: 0,
		hasFailLine: false
	};
	if (flag === 'fail') draft.fail = [];
	for (let line = lines.nextInBlock(); line !== undefined; line = lines.nextInBlock()) {
		draft.place++;
		const isLast = readLine(line, draft, isInstant);
		if (isLast) break;
	}
	return draft;
}

/** Returns whether nothing may follow. */
function readLine(line: string, draft: Draft, isInstant: boolean): boolean {
	if (draft.fail && line.startsWith('expected_fail_message')) {
		draft.fail.push(equalTo(line.slice('expected_fail_message'.length).trim()));
		return true;
	}
	if (draft.fail && line.startsWith('expected_fail_regexp')) {
		draft.fail.push(matching(line.slice('expected_fail_regexp'.length).trim()));
		return true;
	}
	if (line.startsWith('expect range vector')) draft.rangeVector = parseRangeVector(line);
	else if (line.startsWith('expect string')) draft.text = parseString(line);
	else if (line.split(' ')[0] === 'expect') readExpect(line, draft);
	else return readResult(line, draft, isInstant);
	return false;
}

function readResult(line: string, draft: Draft, isInstant: boolean): boolean {
	draft.scalar = parseGoNumber(line);
	if (draft.scalar !== undefined) return true;
	const { labels, points } = parseSeriesLine(line);
	if (points.length > 1 && isInstant && !draft.rangeVector) {
		throw new Error(
			`several values in an instant evaluation without 'expect range vector': ${line}`
		);
	}
	draft.series.set(labelsKey(labels), { labels, points, place: draft.place });
	return false;
}

const EXPECT = /^expect\s+(ordered|fail|warn|no_warn|info|no_info)(?:\s+(regex|msg):(.+))?$/;

function readExpect(line: string, draft: Draft): void {
	const match = EXPECT.exec(line);
	if (!match) throw new Error(`invalid expect statement: ${line}`);
	const [, type, kind, pattern = ''] = match;
	const test = textTest(kind, pattern.trim());
	draft.place--;
	if (type === 'ordered') draft.ordered = true;
	else if (type === 'fail') expectFailure(test, draft);
	else if (type === 'warn') draft.warn.push(test);
	else if (type === 'info') draft.info.push(test);
	else if (type === 'no_warn') draft.noWarn = true;
	else draft.noInfo = true;
	if (draft.noWarn && draft.warn.length > 0) throw new Error('warn and no_warn together');
	if (draft.noInfo && draft.info.length > 0) throw new Error('info and no_info together');
}

function expectFailure(test: TextTest, draft: Draft): void {
	if (draft.hasFailLine) throw new Error('multiple expect fail lines are not allowed');
	draft.hasFailLine = true;
	draft.fail = [...(draft.fail ?? []), test];
}

function textTest(kind: string | undefined, pattern: string): TextTest {
	if (kind === undefined) return ANY_TEXT;
	return kind === 'msg' ? equalTo(pattern) : matching(pattern);
}

const RANGE_VECTOR = /^expect range vector\s+from\s+(.+)\s+to\s+(.+)\s+step\s+(.+)$/;

function parseRangeVector(line: string): RangeTimes {
	const [, from, to, step] = RANGE_VECTOR.exec(line) ?? [];
	if (step === undefined) throw new Error(`invalid range vector definition ${line}`);
	return parseRangeTimes(from as string, to as string, step);
}

/** Reads the three durations of a range. Throws when it ends before it begins. */
export function parseRangeTimes(from: string, to: string, step: string): RangeTimes {
	const times = { start: parseDuration(from), end: parseDuration(to), step: parseDuration(step) };
	if (times.end < times.start) {
		throw new Error(`end timestamp (${to}) is before start timestamp (${from})`);
	}
	return times;
}

const STRING_LITERAL = /^(?:"(?:[^"\\]|\\.)*"|`[^`]*`)$/;

function parseString(line: string): string {
	const literal = line.slice('expect string '.length);
	if (!STRING_LITERAL.test(literal)) {
		throw new Error(
			'expected string literal not valid - check that the string is correctly quoted'
		);
	}
	return unquote(literal);
}
