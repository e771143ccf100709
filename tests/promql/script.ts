import { parseDuration, type Duration, type Labels, type Timestamp } from '#engine/model';
import type { Point } from '../engine/promql/memory-querier.ts';
import { parseNumber, parseSeriesLine, type SeriesLine } from './sequence.ts';

/**
 * The script language of Prometheus' own PromQL tests (promql/promqltest/README.md): samples are loaded, expressions are
 * evaluated, and what should come of it is written below each. Left out: native histograms and start timestamps.
 */
export type Command = LoadCommand | ClearCommand | EvalCommand;

export interface LoadCommand {
	readonly kind: 'load';
	readonly step: Duration;
	readonly series: readonly SeriesLine[];
}

export interface ClearCommand {
	readonly kind: 'clear';
}

export interface EvalCommand {
	readonly kind: 'eval';
	/** 1-based, of the line that begins with `eval`. */
	readonly line: number;
	readonly query: string;
	/** An instant query has start = end and no step. */
	readonly start: Timestamp;
	readonly end: Timestamp;
	readonly step?: Duration;
	readonly expect: Expectation;
}

/** What an evaluation should come to. */
export interface Expectation {
	readonly ordered: boolean;
	/** Present when the query should fail; an empty list of tests means: however. */
	readonly fail?: TextTest;
	readonly warn: readonly TextTest[];
	readonly info: readonly TextTest[];
	readonly noWarn: boolean;
	readonly noInfo: boolean;
	readonly text?: string;
	/** The times of the samples of a range vector. */
	readonly rangeVector?: { readonly start: Timestamp; readonly step: Duration };
	readonly scalar?: number;
	readonly series: readonly { readonly labels: Labels; readonly points: readonly Point[] }[];
}

/** A test of a message; `description` is what it asks for. */
export interface TextTest {
	readonly description: string;
	readonly test: (text: string) => boolean;
}

const EVAL_INSTANT = /^eval(?:_(fail|warn|ordered|info))?\s+instant\s+(?:at\s+(\S+)\s+)?(.+)$/;
const EVAL_RANGE =
	/^eval(?:_(fail|warn|info))?\s+range\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)\s+(.+)$/;
const EXPECT = /^expect\s+(ordered|fail|warn|no_warn|info|no_info)(?:\s+(regex|msg):(.+))?$/;
const RANGE_VECTOR = /^expect range vector\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)$/;

/** Reads a script. Throws with the line number where it makes no sense. */
export function parseScript(text: string): Command[] {
	const lines = text.split('\n').map((line) => line.trim());
	const commands: Command[] = [];
	for (let i = 0; i < lines.length; i++) {
		const head = lines[i] as string;
		if (head === '' || head.startsWith('#')) continue;
		const first = i;
		const block: string[] = [];
		while (i + 1 < lines.length && lines[i + 1] !== '') {
			const line = lines[++i] as string;
			if (!line.startsWith('#')) block.push(line);
		}
		try {
			commands.push(parseCommand(head, block, first + 1));
		} catch (error) {
			throw new Error(`line ${first + 1}: ${(error as Error).message}`, { cause: error });
		}
	}
	return commands;
}

function parseCommand(head: string, block: readonly string[], line: number): Command {
	if (head === 'clear') return { kind: 'clear' };
	const load = /^load\s+(\S+)$/.exec(head);
	if (load) {
		return { kind: 'load', step: parseTime(load[1] as string), series: block.map(parseSeriesLine) };
	}
	const range = EVAL_RANGE.exec(head);
	if (range) {
		const [, flag, from = '', to = '', step = '', query = ''] = range;
		const times = { start: parseTime(from), end: parseTime(to), step: parseTime(step) };
		return { kind: 'eval', line, query, ...times, expect: parseExpectation(flag, block) };
	}
	const instant = EVAL_INSTANT.exec(head);
	if (instant) {
		const [, flag, at = '0', query = ''] = instant;
		const start = parseTime(at);
		return { kind: 'eval', line, query, start, end: start, expect: parseExpectation(flag, block) };
	}
	throw new Error(`no command: ${head}`);
}

/** A duration, or a number of seconds. */
function parseTime(text: string): number {
	const sign = text.startsWith('-') ? -1 : 1;
	const size = text.replace(/^-/, '');
	return sign * (/^[\d.]+$/.test(size) ? Number(size) * 1000 : parseDuration(size));
}

const ANYTHING: TextTest = { description: 'anything', test: () => true };

function parseExpectation(flag: string | undefined, block: readonly string[]): Expectation {
	const series: SeriesLine[] = [];
	const warn: TextTest[] = flag === 'warn' ? [ANYTHING] : [];
	const info: TextTest[] = flag === 'info' ? [ANYTHING] : [];
	let fail = flag === 'fail' ? ANYTHING : undefined;
	let ordered = flag === 'ordered';
	let noWarn = false;
	let noInfo = false;
	let text: string | undefined;
	let scalar: number | undefined;
	let rangeVector: Expectation['rangeVector'];
	for (const line of block) {
		const expected = EXPECT.exec(line);
		const times = RANGE_VECTOR.exec(line);
		if (expected) {
			const test = textTest(expected[2], expected[3]);
			if (expected[1] === 'ordered') ordered = true;
			else if (expected[1] === 'fail') fail = test;
			else if (expected[1] === 'warn') warn.push(test);
			else if (expected[1] === 'info') info.push(test);
			else if (expected[1] === 'no_warn') noWarn = true;
			else noInfo = true;
		} else if (times) {
			rangeVector = { start: parseTime(times[1] as string), step: parseTime(times[3] as string) };
		} else if (line.startsWith('expect string ')) {
			text = parseQuoted(line.slice('expect string '.length).trim());
		} else if (line.startsWith('expected_fail_message ')) {
			fail = textTest('msg', line.slice('expected_fail_message '.length));
		} else if (line.startsWith('expected_fail_regexp ')) {
			fail = textTest('regex', line.slice('expected_fail_regexp '.length));
		} else if (isNumber(line)) {
			scalar = parseNumber(line);
		} else {
			series.push(parseSeriesLine(line));
		}
	}
	return { ordered, fail, warn, info, noWarn, noInfo, text, rangeVector, scalar, series };
}

function isNumber(line: string): boolean {
	return /^[+-]?(?:Inf|NaN|0x[0-9a-f]+|[\d.]+(?:e[+-]?\d+)?)$/i.test(line);
}

function textTest(kind: string | undefined, pattern = ''): TextTest {
	const wanted = pattern.trim();
	if (kind === undefined) return ANYTHING;
	if (kind === 'msg') return { description: wanted, test: (text) => text === wanted };
	const regex = new RegExp(wanted);
	return { description: `/${wanted}/`, test: (text) => regex.test(text) };
}

function parseQuoted(text: string): string {
	return text.startsWith('"') ? (JSON.parse(text) as string) : text.slice(1, -1);
}
