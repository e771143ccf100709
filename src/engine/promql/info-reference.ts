import type { Duration } from '#engine/model';
import type { AtModifier, Expr, TimeShift } from './ast.ts';

/** The `@` and the offset by which samples of info series are chosen. */
export interface InfoReference {
	readonly at?: AtModifier;
	readonly offset: Duration;
}

/**
 * Those of the first selector in the argument of info(). A subquery stands for what is in it, because by the time they are looked
 * for it is evaluated and only its own are left (promql/info.go, infoSelectHints).
 */
export function infoReference(expr: Expr): InfoReference {
	return referenceIn(expr) ?? { offset: 0 };
}

function referenceIn(expr: Expr): InfoReference | undefined {
	switch (expr.kind) {
		case 'selector':
		case 'subquery':
			return referenceOf(expr);
		case 'matrix':
			return referenceOf(expr.selector);
		case 'binary':
			return referenceIn(expr.lhs) ?? referenceIn(expr.rhs);
		case 'aggregation':
			return referenceIn(expr.expr) ?? (expr.param && referenceIn(expr.param));
		case 'call':
			return firstReference(expr.args);
		case 'unary':
		case 'paren':
			return referenceIn(expr.expr);
		default:
			return undefined;
	}
}

function referenceOf({ at, offset }: TimeShift): InfoReference {
	return { at, offset };
}

function firstReference(args: readonly Expr[]): InfoReference | undefined {
	for (const arg of args) {
		const reference = referenceIn(arg);
		if (reference) return reference;
	}
	return undefined;
}
