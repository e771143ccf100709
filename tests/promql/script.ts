import { parseDuration, type Duration, type Timestamp } from '#engine/model';
import { parseExpectation, parseRangeTimes, type Expectation } from './expectation.ts';
import { parseLoad, type LoadCommand } from './load.ts';
import { SourceLines } from './source-lines.ts';

/**
 * The script language of Prometheus' own PromQL tests (promql/promqltest/README.md): samples are loaded, expressions are
 * evaluated, and what should come of it is written below each.
 */
export type Command = LoadCommand | ClearCommand | EvalCommand;

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

/** Reads a script. Throws with the line number where it makes no sense. */
export function parseScript(text: string): Command[] {
	const lines = new SourceLines(text);
	const commands: Command[] = [];
	for (let head = lines.nextCommand(); head !== undefined; head = lines.nextCommand()) {
		try {
			commands.push(parseCommand(head, lines));
		} catch (error) {
			throw new Error(`line ${lines.number}: ${(error as Error).message}`, { cause: error });
		}
	}
	return commands;
}

function parseCommand(head: string, lines: SourceLines): Command {
	const word = (head.split(/[\t ]+/, 1)[0] as string).toLowerCase();
	if (word === 'clear') return { kind: 'clear' };
	if (word.startsWith('load')) return parseLoad(head, lines);
	if (word.startsWith('eval')) return parseEval(head, lines);
	throw new Error(`invalid command: ${head}`);
}

const INSTANT = /^eval(?:_(fail|warn|ordered|info))?\s+instant\s+(?:at\s+(.+?))?\s+(.+)$/;
const RANGE =
	/^eval(?:_(fail|warn|info))?\s+range\s+from\s+(.+)\s+to\s+(.+)\s+step\s+(.+?)\s+(.+)$/;

function parseEval(head: string, lines: SourceLines): EvalCommand {
	const { number: line } = lines;
	const instant = INSTANT.exec(head);
	if (instant) {
		const [, flag, at = '', query = ''] = instant;
		const start = parseDuration(at);
		const expect = parseExpectation(flag, true, lines);
		return { kind: 'eval', line, query, start, end: start, expect };
	}
	const range = RANGE.exec(head);
	if (!range) throw new Error(`invalid evaluation command: ${head}`);
	const [, flag, from = '', to = '', step = '', query = ''] = range;
	const times = parseRangeTimes(from, to, step);
	return { kind: 'eval', line, query, ...times, expect: parseExpectation(flag, false, lines) };
}
