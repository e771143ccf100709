import type { Duration, Span } from '#engine/model';
import type { DurationExpr } from './ast.ts';
import { LONGEST_DURATION_SECONDS } from './duration.ts';
import { goMax, goMin } from './go-number.ts';
import { goPow } from './gomath/pow.ts';
import { messages } from './messages.ts';

/**
 * What a computed duration is worth (promql/durations.go).
 */

/** The properties of the query that a duration can depend on, in seconds. */
export interface QueryProperties {
	/** 0 of an instant query. */
	readonly step: number;
	/** From the first to the last step. */
	readonly range: number;
}

/** A duration that can not be: thrown by `computeDuration`. */
export class DurationError extends Error {
	readonly span: Span;

	constructor(message: string, span: Span) {
		super(message);
		this.span = span;
	}
}

/** The duration in milliseconds. Throws a DurationError where it is not one, or is not positive and has to be. */
export function computeDuration(
	expr: DurationExpr,
	query: QueryProperties,
	mayBeNegative: boolean
): Duration {
	const seconds = evaluate(expr, query);
	const fail = (message: string): never => {
		throw new DurationError(message, position(expr));
	};
	if (!Number.isFinite(seconds)) fail(messages.durationNotFinite);
	if (seconds <= 0 && !mayBeNegative) fail(messages.durationNotPositive);
	if (Math.abs(seconds) > LONGEST_DURATION_SECONDS) fail(messages.durationExpressionOutOfRange);
	return Math.trunc(seconds * 1000) || 0;
}

/** The duration in milliseconds if it is the same for every query; 0 where it is not, or where it is not a duration. */
export function constantDuration(expr: DurationExpr, mayBeNegative: boolean): Duration {
	if (dependsOnQuery(expr)) return 0;
	try {
		return computeDuration(expr, { step: 0, range: 0 }, mayBeNegative);
	} catch (error) {
		if (error instanceof DurationError) return 0;
		throw error;
	}
}

/** Whether step() or range() is in it. */
function dependsOnQuery(expr: DurationExpr): boolean {
	switch (expr.kind) {
		case 'number':
			return false;
		case 'step':
		case 'range':
			return true;
		case 'min_of':
		case 'max_of':
			return expr.args.some(dependsOnQuery);
		case 'binary':
			return dependsOnQuery(expr.lhs) || dependsOnQuery(expr.rhs);
		case 'unary':
		case 'paren':
			return dependsOnQuery(expr.expr);
	}
}

/** Seconds. */
function evaluate(expr: DurationExpr, query: QueryProperties): number {
	switch (expr.kind) {
		case 'number':
			return expr.value;
		case 'step':
		case 'range':
			return query[expr.kind];
		case 'min_of':
			return goMin(evaluate(expr.args[0], query), evaluate(expr.args[1], query));
		case 'max_of':
			return goMax(evaluate(expr.args[0], query), evaluate(expr.args[1], query));
		case 'binary':
			return evaluateBinary(expr, query);
		case 'unary':
			return -evaluate(expr.expr, query);
		case 'paren':
			return evaluate(expr.expr, query);
	}
}

function evaluateBinary(
	expr: Extract<DurationExpr, { kind: 'binary' }>,
	query: QueryProperties
): number {
	const a = evaluate(expr.lhs, query);
	const b = evaluate(expr.rhs, query);
	switch (expr.op) {
		case '+':
			return a + b;
		case '-':
			return a - b;
		case '*':
			return a * b;
		case '/':
			if (b === 0) throw new DurationError(messages.divisionByZero, position(expr));
			return a / b;
		case '%':
			if (b === 0) throw new DurationError(messages.moduloByZero, position(expr));
			return a % b;
		case '^':
			return goPow(a, b);
	}
}

/** Where Prometheus says that an expression is: it does not know the parentheses (promql/parser/ast.go, PositionRange). */
function position(expr: DurationExpr): Span {
	switch (expr.kind) {
		case 'number':
		case 'step':
		case 'range':
			return expr.span;
		case 'min_of':
		case 'max_of':
			return { from: position(expr.args[0]).from, to: position(expr.args[1]).to };
		case 'binary':
			return { from: position(expr.lhs).from, to: position(expr.rhs).to };
		case 'unary':
			return { from: expr.span.from, to: position(expr.expr).to };
		case 'paren':
			return position(expr.expr);
	}
}
