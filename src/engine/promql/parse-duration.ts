import type { Span } from '#engine/model';
import type { Cursor } from './cursor.ts';
import { LONGEST_DURATION_SECONDS } from './duration.ts';
import { messages } from './messages.ts';
import { parseNumberToken, parseSign } from './parse-number.ts';
import type { TokenKind } from './tokens.ts';

/**
 * Durations inside brackets and after `offset`: literals, and arithmetic of literals, which is computed at once.
 * What depends on the query, step() and range(), is known but not available.
 */

/** A duration while it is computed. Prometheus checks literals in the parser and arithmetic when it runs. */
interface DurationValue {
	readonly seconds: number;
	readonly isLiteral: boolean;
	readonly span: Span;
}

/** What an unexpected token is told: where it is, and what could stand there. */
export interface Expectation {
	readonly context: string;
	readonly expected: string;
}

/** A duration of more than nothing, in milliseconds: of a range or of a subquery's step. */
export function parsePositiveDuration(cursor: Cursor, expectation: Expectation): number {
	const value = parseSum(cursor, expectation, 0);
	const finite = checkBounds(cursor, value);
	if (finite && value.seconds <= 0) reportFor(cursor, value, messages.durationNotPositive);
	return milliseconds(value.seconds);
}

/**
 * The duration after `offset`, in milliseconds. A plain number ends it, so `x offset 5m * 2` is `(x offset 5m) * 2`;
 * only what begins with a parenthesis goes on (generated_parser.y, offset_duration_expr).
 */
export function parseOffsetDuration(cursor: Cursor, expectation: Expectation): number {
	const value = parseOffset(cursor, expectation);
	checkBounds(cursor, value);
	return milliseconds(value.seconds);
}

function parseOffset(cursor: Cursor, expectation: Expectation): DurationValue {
	const kind = cursor.peek();
	if (kind === '(') return parseSum(cursor, expectation, 0);
	if (kind !== '+' && kind !== '-') return parseOperand(cursor, expectation);
	const signSpan = cursor.span();
	const sign = parseSign(cursor);
	switch (cursor.peek()) {
		case 'number':
		case 'duration':
			return signed(sign, signSpan.from, parseLiteral(cursor, signSpan));
		case '+':
		case '-': {
			const operand = signed(sign, signSpan.from, parseSum(cursor, expectation, UNARY));
			return parseOperators(cursor, expectation, operand, 0);
		}
		default:
			return signed(sign, signSpan.from, parseOperand(cursor, expectation));
	}
}

/** How strongly the operators bind; a sign binds like a product. */
const BINDING: Partial<Record<TokenKind, number>> = {
	'+': 1,
	'-': 1,
	'*': 2,
	'/': 2,
	'%': 2,
	'^': 4
};
const UNARY = 3;

function parseSum(cursor: Cursor, expectation: Expectation, least: number): DurationValue {
	return cursor.nested(() => {
		const first = parseSigned(cursor, expectation);
		return parseOperators(cursor, expectation, first, least);
	});
}

function parseOperators(
	cursor: Cursor,
	expectation: Expectation,
	first: DurationValue,
	least: number
): DurationValue {
	let value = first;
	for (;;) {
		const op = cursor.peek();
		const binding = BINDING[op];
		if (binding === undefined || binding < least) return value;
		const opSpan = cursor.span();
		cursor.take();
		const right = parseSum(cursor, expectation, op === '^' ? binding : binding + 1);
		value = compute(cursor, op, opSpan, value, right);
	}
}

function parseSigned(cursor: Cursor, expectation: Expectation): DurationValue {
	const kind = cursor.peek();
	if (kind !== '+' && kind !== '-') return parseOperand(cursor, expectation);
	const from = cursor.start();
	const sign = parseSign(cursor);
	return signed(sign, from, parseSum(cursor, expectation, UNARY));
}

function signed(sign: 1 | -1, from: number, value: DurationValue): DurationValue {
	return { ...value, seconds: sign * value.seconds, span: { from, to: value.span.to } };
}

function parseOperand(cursor: Cursor, expectation: Expectation): DurationValue {
	switch (cursor.peek()) {
		case 'number':
		case 'duration':
			return parseLiteral(cursor);
		case '(':
			return parseParenthesized(cursor, expectation);
		case 'max_of':
		case 'min_of':
			return parseExtreme(cursor, expectation);
		case 'step':
		case 'range':
			return failQueryDependent(cursor, expectation);
		default:
			return cursor.unexpected(expectation.context, expectation.expected);
	}
}

/** A number or duration; `blamed` is where it is reported if it is too large. */
function parseLiteral(cursor: Cursor, blamed?: Span): DurationValue {
	const { value, span } = parseNumberToken(cursor);
	if (Math.abs(value) <= LONGEST_DURATION_SECONDS || Number.isNaN(value)) {
		return { seconds: value, isLiteral: true, span };
	}
	cursor.report(messages.durationOutOfRange, blamed ?? span);
	return { seconds: 0, isLiteral: true, span };
}

function parseParenthesized(cursor: Cursor, expectation: Expectation): DurationValue {
	const from = cursor.start();
	cursor.take();
	const { seconds } = parseSum(cursor, expectation, 0);
	const to = cursor.expect(')', expectation.context, expectation.expected);
	return { seconds, isLiteral: false, span: { from, to } };
}

function parseExtreme(cursor: Cursor, expectation: Expectation): DurationValue {
	const { context, expected } = expectation;
	const from = cursor.start();
	const pick = cursor.peek() === 'max_of' ? Math.max : Math.min;
	cursor.take();
	cursor.expect('(', context, expected);
	const a = parseSum(cursor, expectation, 0);
	cursor.expect(',', context, expected);
	const b = parseSum(cursor, expectation, 0);
	const to = cursor.expect(')', context, expected);
	return { seconds: pick(a.seconds, b.seconds), isLiteral: false, span: { from, to } };
}

function failQueryDependent(cursor: Cursor, { context, expected }: Expectation): never {
	const from = cursor.start();
	const name = cursor.peek();
	cursor.take();
	cursor.expect('(', context, expected);
	const to = cursor.expect(')', context, expected);
	return cursor.fail(messages.notAvailable(`${name}() in a duration`), { from, to });
}

function compute(
	cursor: Cursor,
	op: TokenKind,
	opSpan: Span,
	a: DurationValue,
	b: DurationValue
): DurationValue {
	const span = { from: a.span.from, to: b.span.to };
	if (b.seconds === 0 && (op === '/' || op === '%')) {
		const message = op === '/' ? messages.divisionByZero : messages.moduloByZero;
		if (b.isLiteral) cursor.report(message, opSpan);
		else cursor.reportLate(message, opSpan);
		return { seconds: 1, isLiteral: false, span };
	}
	return { seconds: arithmetic(op, a.seconds, b.seconds), isLiteral: false, span };
}

function arithmetic(op: TokenKind, a: number, b: number): number {
	switch (op) {
		case '+':
			return a + b;
		case '-':
			return a - b;
		case '*':
			return a * b;
		case '/':
			return a / b;
		case '%':
			return a % b;
		default:
			return a ** b;
	}
}

/** Whether the duration is one that Prometheus can hold; if not, that is reported. */
function checkBounds(cursor: Cursor, value: DurationValue): boolean {
	const { seconds } = value;
	if (!Number.isFinite(seconds)) cursor.reportLate(messages.durationNotFinite, value.span);
	else if (Math.abs(seconds) > LONGEST_DURATION_SECONDS) {
		reportFor(cursor, value, messages.durationExpressionOutOfRange);
	} else return true;
	return false;
}

function reportFor(cursor: Cursor, { isLiteral, span }: DurationValue, message: string): void {
	if (isLiteral) cursor.report(message, span);
	else cursor.reportLate(message, span);
}

/** Evaluation counts whole milliseconds and cuts off the rest (promql/engine.go, durationMilliseconds). */
function milliseconds(seconds: number): number {
	return Math.trunc(Math.round(seconds * 1e9) / 1e6);
}
