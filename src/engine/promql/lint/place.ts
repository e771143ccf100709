import { withoutParens } from '../arguments.ts';
import type { Call, Expr, MatrixSelector, Subquery, VectorSelector } from '../ast.ts';
import { expressionType } from '../check.ts';
import { functionTable } from '../functions.ts';
import type { LintContext } from './context.ts';
import type { Finding, TextEdit } from './finding.ts';

/** A node of the query and what stands around it. */
export interface Place {
	readonly expr: Expr;
	/** The nodes it is in, the nearest first; parentheses are left out. */
	readonly parents: readonly Expr[];
	/** The whole query. */
	readonly query: string;
}

/** Looks at one node at a time. */
export type Rule = (place: Place, context: LintContext) => Finding | undefined;

/** All nodes of an expression, a node before what is in it. */
export function* placesOf(
	query: string,
	outer: Expr,
	parents: readonly Expr[] = []
): Generator<Place> {
	const expr = withoutParens(outer);
	yield { expr, parents, query };
	for (const child of childrenOf(expr)) yield* placesOf(query, child, [expr, ...parents]);
}

function childrenOf(expr: Expr): readonly Expr[] {
	switch (expr.kind) {
		case 'matrix':
			return [expr.selector];
		case 'call':
			return expr.args;
		case 'aggregation':
			return expr.param ? [expr.param, expr.expr] : [expr.expr];
		case 'binary':
			return [expr.lhs, expr.rhs];
		case 'unary':
		case 'subquery':
			return [expr.expr];
		default:
			return [];
	}
}

/** All selectors in an expression. */
export function selectorsIn(expr: Expr): VectorSelector[] {
	return [...placesOf('', expr)].flatMap(({ expr: node }) =>
		node.kind === 'selector' ? [node] : []
	);
}

/** The metric a selector asks for, or '' when it may be several. */
export function metricOf({ matchers, name }: VectorSelector): string {
	if (name !== '') return name;
	const exact = matchers.find(({ name, type }) => name === '__name__' && type === '=');
	return exact?.value ?? '';
}

/** The text of a node as it was written. */
export function sourceOf({ span }: Expr, query: string): string {
	return query.slice(span.from, span.to);
}

/** The range vector that a call takes, if it takes one. */
export function rangeOf({ args }: Call): MatrixSelector | Subquery | undefined {
	for (const arg of args) {
		const inner = withoutParens(arg);
		if (inner.kind === 'matrix' || inner.kind === 'subquery') return inner;
	}
	return undefined;
}

/** Whether an expression is an instant vector. */
export function isVector(expr: Expr): boolean {
	return expressionType(expr, functionTable) === 'vector';
}

/** Whether an expression is one number at each step, without labels. */
export function isScalar(expr: Expr): boolean {
	return expressionType(expr, functionTable) === 'scalar';
}

/** Puts another text in the place of a node. */
export function replace({ span }: Expr, text: string): TextEdit {
	return { span, text };
}

/** Puts another name in the place of the function of a call. */
export function rename({ span, func }: Call, name: string): TextEdit {
	return { span: { from: span.from, to: span.from + func.length }, text: name };
}
