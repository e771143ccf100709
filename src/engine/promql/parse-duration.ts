import type { Duration, Span } from '#engine/model';
import type { DurationExpr, DurationNumber } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { constantDuration } from './duration-value.ts';
import { literalMilliseconds, LONGEST_DURATION_SECONDS } from './duration.ts';
import { messages } from './messages.ts';
import { parseNumberToken, parseSign } from './parse-number.ts';
import type { TokenKind } from './tokens.ts';

/**
 * Durations inside brackets and after `offset`: literals and arithmetic. What is wrong with a literal is said here, what is
 * wrong with the result of arithmetic only when the query runs (`resolveDurations`), as in Prometheus.
 */

/** A duration as it was written. */
export interface WrittenDuration {
	/** Milliseconds; 0 as long as it is not known. */
	readonly duration: Duration;
	/** Unless it is a literal of whole milliseconds. */
	readonly expr?: DurationExpr;
}

/** What an unexpected token is told: where it is, and what could stand there. */
export interface Expectation {
	readonly context: string;
	readonly expected: string;
}

/** A duration of more than nothing: of a range or of a subquery's step. */
export function parsePositiveDuration(cursor: Cursor, expectation: Expectation): WrittenDuration {
	const height = cursor.height;
	const expr = parseSum(cursor, expectation, 0);
	cursor.height = height;
	if (expr.kind !== 'number') return { duration: constantDuration(expr, false), expr };
	if (expr.value <= 0) cursor.report(messages.durationNotPositive, expr.span);
	return writtenLiteral(expr);
}

/**
 * The duration after `offset`. A plain number ends it, so `x offset 5m * 2` is `(x offset 5m) * 2`; only what begins with a
 * parenthesis goes on (generated_parser.y, offset_duration_expr).
 */
export function parseOffsetDuration(cursor: Cursor, expectation: Expectation): WrittenDuration {
	const height = cursor.height;
	const expr = parseOffset(cursor, expectation);
	cursor.height = height;
	if (expr.kind !== 'number') return { duration: constantDuration(expr, true), expr };
	// In Prometheus NaN becomes whatever integer the processor makes of it.
	if (Number.isNaN(expr.value)) cursor.report(messages.durationNotFinite, expr.span);
	return writtenLiteral(expr);
}

/** Prometheus counts nanoseconds: less than a millisecond shifts nothing, but is there, and so its expression is kept. */
function writtenLiteral(expr: DurationNumber): WrittenDuration {
	const duration = literalMilliseconds(expr.value);
	return duration === 0 && Math.abs(expr.value) >= 0.5e-9 ? { duration, expr } : { duration };
}

function parseOffset(cursor: Cursor, expectation: Expectation): DurationExpr {
	cursor.height = 1;
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

type Operator = Extract<DurationExpr, { kind: 'binary' }>['op'];

function parseSum(cursor: Cursor, expectation: Expectation, least: number): DurationExpr {
	cursor.enter();
	const first = parseSigned(cursor, expectation);
	const sum = parseOperators(cursor, expectation, first, least);
	cursor.leave();
	return sum;
}

function parseOperators(
	cursor: Cursor,
	expectation: Expectation,
	first: DurationExpr,
	least: number
): DurationExpr {
	let lhs = first;
	for (;;) {
		const op = cursor.peek();
		const binding = BINDING[op];
		if (binding === undefined || binding < least) return lhs;
		const opSpan = cursor.span();
		cursor.take();
		const leftHeight = cursor.height;
		const rhs = parseSum(cursor, expectation, op === '^' ? binding : binding + 1);
		cursor.raise(Math.max(leftHeight, cursor.height));
		checkDivisor(cursor, op, opSpan, rhs);
		const span = { from: lhs.span.from, to: rhs.span.to };
		lhs = { kind: 'binary', span, op: op as Operator, lhs, rhs };
	}
}

function checkDivisor(cursor: Cursor, op: TokenKind, opSpan: Span, divisor: DurationExpr): void {
	if (divisor.kind !== 'number' || divisor.value !== 0) return;
	if (op === '/') cursor.report(messages.divisionByZero, opSpan);
	else if (op === '%') cursor.report(messages.moduloByZero, opSpan);
}

function parseSigned(cursor: Cursor, expectation: Expectation): DurationExpr {
	const kind = cursor.peek();
	if (kind !== '+' && kind !== '-') return parseOperand(cursor, expectation);
	const from = cursor.start();
	const sign = parseSign(cursor);
	return signed(sign, from, parseSum(cursor, expectation, UNARY));
}

function signed(sign: 1 | -1, from: number, expr: DurationExpr): DurationExpr {
	const span = { from, to: expr.span.to };
	if (expr.kind === 'number') return { ...expr, value: sign * expr.value, span };
	return sign === 1 ? expr : { kind: 'unary', span, op: '-', expr };
}

function parseOperand(cursor: Cursor, expectation: Expectation): DurationExpr {
	const kind = cursor.peek();
	cursor.height = 1;
	switch (kind) {
		case 'number':
		case 'duration':
			return parseLiteral(cursor);
		case '(':
			return parseParenthesized(cursor, expectation);
		case 'max_of':
		case 'min_of':
			return parseExtreme(cursor, expectation, kind);
		case 'step':
		case 'range':
			return parseQueryProperty(cursor, expectation, kind);
		default:
			return cursor.unexpected(expectation.context, expectation.expected);
	}
}

/** A number or duration; `blamed` is where it is reported if it is too large. */
function parseLiteral(cursor: Cursor, blamed?: Span): DurationNumber {
	const { value, span, isDuration } = parseNumberToken(cursor);
	if (Math.abs(value) <= LONGEST_DURATION_SECONDS || Number.isNaN(value)) {
		return { kind: 'number', span, value, isDuration };
	}
	cursor.report(messages.durationOutOfRange, blamed ?? span);
	return { kind: 'number', span, value: 0, isDuration };
}

/** Parentheses around parentheses or around a literal are not kept, as Prometheus prints them. */
function parseParenthesized(cursor: Cursor, expectation: Expectation): DurationExpr {
	const from = cursor.start();
	cursor.take();
	const expr = parseSum(cursor, expectation, 0);
	const to = cursor.expect(')', expectation.context, expectation.expected);
	cursor.raise(cursor.height);
	if (expr.kind === 'paren' || expr.kind === 'number') return expr;
	return { kind: 'paren', span: { from, to }, expr };
}

function parseExtreme(
	cursor: Cursor,
	expectation: Expectation,
	kind: 'min_of' | 'max_of'
): DurationExpr {
	const { context, expected } = expectation;
	const from = cursor.start();
	cursor.take();
	cursor.expect('(', context, expected);
	const first = parseSum(cursor, expectation, 0);
	const firstHeight = cursor.height;
	cursor.expect(',', context, expected);
	const second = parseSum(cursor, expectation, 0);
	const to = cursor.expect(')', context, expected);
	cursor.raise(Math.max(firstHeight, cursor.height));
	return { kind, span: { from, to }, args: [first, second] };
}

function parseQueryProperty(
	cursor: Cursor,
	{ context, expected }: Expectation,
	kind: 'step' | 'range'
): DurationExpr {
	const from = cursor.start();
	cursor.take();
	cursor.expect('(', context, expected);
	const to = cursor.expect(')', context, expected);
	return { kind, span: { from, to } };
}
