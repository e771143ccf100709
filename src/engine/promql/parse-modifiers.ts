import type { Span } from '#engine/model';
import type {
	AtModifier,
	Expr,
	MatrixSelector,
	Subquery,
	TimeShift,
	VectorSelector
} from './ast.ts';
import type { Cursor } from './cursor.ts';
import { messages } from './messages.ts';
import {
	parseOffsetDuration,
	parsePositiveDuration,
	type WrittenDuration
} from './parse-duration.ts';
import { parseNumberToken, parseSign } from './parse-number.ts';

/** What may follow an operand, as often as it stands there: [range], [range:step], offset, @, anchored and smoothed. */
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
				cursor.take();
				expr = extended(cursor, expr, kind);
				break;
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
	const { duration: range, expr: rangeExpr } = parsePositiveDuration(cursor, IN_RANGE);
	const written = rangeExpr ? { range, rangeExpr } : { range };
	if (cursor.accept(':')) return parseSubquery(cursor, expr, written);
	const to = cursor.expect(']', 'subquery or range', '":" or "]"');
	checkRangeOperand(cursor, expr, bracket, to);
	// Of anything but a selector there is no range; the tree is never used then.
	const selector = expr as MatrixSelector['selector'];
	return { kind: 'matrix', span: { from: expr.span.from, to }, selector, ...written };
}

function checkRangeOperand(cursor: Cursor, expr: Expr, from: number, to: number): void {
	const span = { from, to };
	if (expr.kind !== 'selector') cursor.report(messages.rangeWithoutSelector, span);
	// What is no number until the query runs is overlooked, as in Prometheus 3.14.
	else if (hasLiteralOffset(expr)) cursor.report(messages.offsetBeforeRange, span);
	else if (typeof expr.at === 'number') cursor.report(messages.atBeforeRange, span);
}

function parseSubquery(
	cursor: Cursor,
	expr: Expr,
	range: Pick<Subquery, 'range' | 'rangeExpr'>
): Subquery {
	const step = cursor.peek() === ']' ? undefined : parsePositiveDuration(cursor, IN_STEP);
	const to = cursor.expect(']', 'subquery selector', '"]"');
	cursor.raise(cursor.height);
	return {
		kind: 'subquery',
		span: { from: expr.span.from, to },
		expr,
		...range,
		...(step && writtenStep(step)),
		offset: 0
	};
}

/** A step of less than a millisecond is none to the evaluation, nor to us. */
function writtenStep({ duration, expr }: WrittenDuration): Pick<Subquery, 'step' | 'stepExpr'> {
	return { ...(duration > 0 && { step: duration }), ...(expr && { stepExpr: expr }) };
}

function parseOffset(cursor: Cursor, expr: Expr): Expr {
	cursor.take();
	const written = parseOffsetDuration(cursor, {
		context: 'offset',
		expected: 'number, duration, step(), or range()'
	});
	const shift = timeShift(expr);
	if (!shift) cursor.report(misplaced(expr, messages.offsetMisplaced), expr.span);
	else if (hasOffset(shift)) cursor.report(messages.offsetTwice, expr.span);
	else return shifted(expr, offsetOf(written), cursor.lastEnd);
	return expr;
}

function offsetOf({ duration, expr }: WrittenDuration): Partial<TimeShift> {
	return expr ? { offset: duration, offsetExpr: expr } : { offset: duration };
}

function hasLiteralOffset({ offset, offsetExpr }: TimeShift): boolean {
	return offsetExpr ? offsetExpr.kind === 'number' : offset !== 0;
}

function hasOffset({ offset, offsetExpr }: TimeShift): boolean {
	return offset !== 0 || offsetExpr !== undefined;
}

/** The expression with `anchored` or `smoothed`. Its span stays as it was, as in Prometheus. */
function extended(cursor: Cursor, expr: Expr, extension: 'anchored' | 'smoothed'): Expr {
	if (!cursor.features.extendedRangeSelectors) {
		cursor.report(messages.extensionNotEnabled(extension), expr.span);
		return expr;
	}
	if (expr.kind === 'subquery') cursor.report(messages.extensionOfSubquery(extension), expr.span);
	else if (expr.kind === 'selector') return extendedSelector(cursor, expr, extension, expr.span);
	else if (expr.kind !== 'matrix') cursor.report(messages.extensionMisplaced(extension), expr.span);
	else if (expr.selector.kind === 'selector') {
		return { ...expr, selector: extendedSelector(cursor, expr.selector, extension, expr.span) };
	}
	return expr;
}

function extendedSelector(
	cursor: Cursor,
	selector: VectorSelector,
	extension: 'anchored' | 'smoothed',
	span: Span
): VectorSelector {
	const before = selector.extension;
	if (before && before !== extension) cursor.report(messages.extensionsTogether, span);
	return { ...selector, extension };
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
	const milliseconds = roundHalfAway(seconds * 1000);
	// What is too much for an int64 becomes the least one (on amd64).
	return Math.abs(milliseconds) < 2 ** 63 ? milliseconds : -(2 ** 63);
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
