import { formatFloat } from '#engine/model';
import type { DurationExpr } from '#engine/promql';
import type { JsonMap } from './json-map.ts';

/** A computed duration as the tree of a query shows it; nothing for a plain one (web/api/v1, translateDurationExpr). */
export function translateDuration(expr: DurationExpr | undefined): JsonMap | null {
	return expr === undefined || expr.kind === 'number' ? null : translate(expr);
}

function translate(expr: DurationExpr): JsonMap {
	switch (expr.kind) {
		case 'number':
			return {
				type: 'numberLiteral',
				val: formatFloat(expr.value),
				duration: expr.isDuration
			};
		case 'paren': {
			// Parentheses are a mark on what they enclose, and around a number they are forgotten.
			const inner = translate(expr.expr);
			return inner.type === 'durationExpr' ? { ...inner, wrapped: true } : inner;
		}
		case 'step':
		case 'range':
			return operation(expr.kind, null, null);
		case 'unary':
			return operation(expr.op, null, translate(expr.expr));
		case 'min_of':
		case 'max_of':
			return operation(expr.kind, translate(expr.args[0]), translate(expr.args[1]));
		case 'binary':
			return operation(expr.op, translate(expr.lhs), translate(expr.rhs));
	}
}

function operation(op: string, lhs: JsonMap | null, rhs: JsonMap | null): JsonMap {
	return { type: 'durationExpr', op, lhs, rhs, wrapped: false };
}
