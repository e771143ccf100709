import type { Duration } from '#engine/model';
import type { AtModifier, Expr, MatrixSelector, Subquery, TimeShift } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { messages } from './messages.ts';
import { parseOffsetDuration, parsePositiveDuration } from './parse-duration.ts';
import { parseNumberToken, parseSign } from './parse-number.ts';

/** What may follow an operand, as often as it stands there: [range], [range:step], offset and @. */
export function parseModifiers(cursor: Cursor, operand: Expr): Expr {
	let expr = operand;
	for (;;) {
		const kind = cursor.peek();
		switch (kind) {
			case '[':
				expr = parseBrackets(cursor, expr);
				break;
			case 'offset':
				expr = parseOffset(cursor, expr);
				break;
			case '@':
				expr = parseAt(cursor, expr);
				break;
			case 'anchored':
			case 'smoothed':
				return cursor.fail(messages.notAvailable(`the ${kind} modifier`), cursor.span());
			default:
				return expr;
		}
	}
}

const IN_RANGE = {
	context: 'subquery or range selector',
	expected: 'number, duration, step(), or range()'
};
const IN_STEP = {
	context: 'subquery selector',
	expected: 'number, duration, step(), range(), or "]"'
};

function parseBrackets(cursor: Cursor, expr: Expr): MatrixSelector | Subquery {
	const bracket = cursor.start();
	cursor.take();
	const range = parsePositiveDuration(cursor, IN_RANGE);
	if (cursor.accept(':')) return parseSubquery(cursor, expr, range);
	const to = cursor.expect(']', 'subquery or range', '":" or "]"');
	checkRangeOperand(cursor, expr, bracket, to);
	// Of anything but a selector there is no range; the tree is never used then.
	const selector = expr as MatrixSelector['selector'];
	return { kind: 'matrix', span: { from: expr.span.from, to }, selector, range };
}

function checkRangeOperand(cursor: Cursor, expr: Expr, from: number, to: number): void {
	const span = { from, to };
	if (expr.kind !== 'selector') cursor.report(messages.rangeWithoutSelector, span);
	else if (expr.offset !== 0) cursor.report(messages.offsetBeforeRange, span);
	else if (expr.at !== undefined) cursor.report(messages.atBeforeRange, span);
}

function parseSubquery(cursor: Cursor, expr: Expr, range: Duration): Subquery {
	const step = cursor.peek() === ']' ? undefined : parsePositiveDuration(cursor, IN_STEP);
	const to = cursor.expect(']', 'subquery selector', '"]"');
	cursor.raise(cursor.height);
	const node = {
		kind: 'subquery',
		span: { from: expr.span.from, to },
		expr,
		range,
		offset: 0
	} as const;
	return step === undefined ? node : { ...node, step };
}

function parseOffset(cursor: Cursor, expr: Expr): Expr {
	cursor.take();
	const offset = parseOffsetDuration(cursor, {
		context: 'offset',
		expected: 'number, duration, step(), or range()'
	});
	const shift = timeShift(expr);
	if (!shift) cursor.report(misplaced(expr, messages.offsetMisplaced), expr.span);
	else if (shift.offset !== 0) cursor.report(messages.offsetTwice, expr.span);
	else return shifted(expr, { offset }, cursor.lastEnd);
	return expr;
}

function parseAt(cursor: Cursor, expr: Expr): Expr {
	cursor.take();
	const at = parseMoment(cursor, expr);
	const shift = timeShift(expr);
	if (!shift) cursor.report(misplaced(expr, messages.atMisplaced), expr.span);
	else if (shift.at !== undefined) cursor.report(messages.atTwice, expr.span);
	else return shifted(expr, { at }, cursor.lastEnd);
	return expr;
}

function parseMoment(cursor: Cursor, expr: Expr): AtModifier {
	const kind = cursor.peek();
	if (kind === 'start' || kind === 'end') {
		cursor.take();
		cursor.expect('(', '@', 'timestamp');
		cursor.expect(')', '@', 'timestamp');
		return kind;
	}
	const sign = kind === '+' || kind === '-' ? parseSign(cursor) : 1;
	const next = cursor.peek();
	if (next !== 'number' && next !== 'duration') cursor.unexpected('@', 'timestamp');
	const seconds = sign * parseNumberToken(cursor).value;
	// The bound of an int64, which is where Prometheus keeps the milliseconds.
	if (!(Math.abs(seconds) < 2 ** 63)) {
		cursor.report(messages.atOutOfBounds(formatSeconds(seconds)), expr.span);
	}
	return roundHalfAway(seconds * 1000);
}

/** Go's math.Round, which rounds halves away from zero. */
function roundHalfAway(value: number): number {
	return value < 0 ? -Math.round(-value) : Math.round(value);
}

/** Go's %f. */
function formatSeconds(seconds: number): string {
	if (Number.isNaN(seconds)) return 'NaN';
	if (!Number.isFinite(seconds)) return seconds > 0 ? '+Inf' : '-Inf';
	return `${BigInt(seconds)}.000000`;
}

/** What an expression is moved in time by; undefined where it can not be moved. */
function timeShift(expr: Expr): TimeShift | undefined {
	if (expr.kind === 'selector' || expr.kind === 'subquery') return expr;
	return expr.kind === 'matrix' && expr.selector.kind === 'selector' ? expr.selector : undefined;
}

function misplaced(expr: Expr, message: string): string {
	return expr.kind === 'matrix' ? messages.rangeWithoutSelector : message;
}

function shifted(expr: Expr, shift: Partial<TimeShift>, to: number): Expr {
	const span = { from: expr.span.from, to };
	if (expr.kind === 'matrix') return { ...expr, span, selector: { ...expr.selector, ...shift } };
	return { ...expr, ...shift, span } as Expr;
}
