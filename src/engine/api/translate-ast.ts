import { formatFloat, type Matcher } from '#engine/model';
import {
	functionTable,
	type BinaryExpr,
	type Call,
	type DurationExpr,
	type Expr,
	type FunctionDefinition,
	type TimeShift,
	type VectorMatching,
	type VectorSelector
} from '#engine/promql';
import type { JsonData, JsonMap } from './json-map.ts';
import { translateDuration } from './translate-duration.ts';

/** The tree of a query as the tree view of Prometheus' own pages takes it (web/api/v1, translateAST). Durations are in ms. */
export function translateAst(expr: Expr): JsonMap {
	switch (expr.kind) {
		case 'number':
			return { type: 'numberLiteral', val: formatFloat(expr.value) };
		case 'string':
			return { type: 'stringLiteral', val: expr.value };
		case 'paren':
			return { type: 'parenExpr', expr: translateAst(expr.expr) };
		case 'unary':
			return { type: 'unaryExpr', op: expr.op, expr: translateAst(expr.expr) };
		case 'selector':
			return { type: 'vectorSelector', ...selector(expr) };
		case 'matrix':
			return {
				type: 'matrixSelector',
				...selector(expr.selector),
				...duration('range', expr.range, expr.rangeExpr)
			};
		case 'subquery':
			return {
				type: 'subquery',
				expr: translateAst(expr.expr),
				...duration('range', expr.range, expr.rangeExpr),
				...duration('step', expr.step ?? 0, expr.stepExpr),
				...shift(expr)
			};
		case 'aggregation':
			return {
				type: 'aggregation',
				op: expr.op,
				expr: translateAst(expr.expr),
				param: expr.param ? translateAst(expr.param) : null,
				grouping: expr.grouping,
				without: expr.without
			};
		case 'call':
			return call(expr);
		case 'binary':
			return binary(expr);
	}
}

/** Whether a query looks at any series. */
export function hasSelector(expr: Expr): boolean {
	switch (expr.kind) {
		case 'selector':
		case 'matrix':
			return true;
		case 'number':
		case 'string':
			return false;
		case 'call':
			return expr.args.some(hasSelector);
		case 'binary':
			return hasSelector(expr.lhs) || hasSelector(expr.rhs);
		case 'aggregation':
			return hasSelector(expr.expr) || (expr.param !== undefined && hasSelector(expr.param));
		case 'paren':
		case 'unary':
		case 'subquery':
			return hasSelector(expr.expr);
	}
}

function call({ func, args }: Call): JsonMap {
	const definition = functionTable.get(func);
	if (!definition) throw new Error(`no such function: ${func}`);
	return {
		type: 'call',
		func: {
			name: func,
			argTypes: argTypes(definition),
			variadic: definition.variadic ? -1 : definition.optional,
			returnType: definition.returns
		},
		args: args.map(translateAst)
	};
}

/** An argument that may be left out stands once, however often it may come (promql/parser, Function). */
function argTypes({ args, optional }: FunctionDefinition): JsonData {
	return args.slice(0, args.length - optional + Math.min(optional, 1));
}

function binary({ op, lhs, rhs, matching, returnBool }: BinaryExpr): JsonMap {
	return {
		type: 'binaryExpr',
		op,
		lhs: translateAst(lhs),
		rhs: translateAst(rhs),
		matching: matching ? vectorMatching(matching) : null,
		bool: returnBool
	};
}

function vectorMatching({ cardinality, on, labels, include, fill }: VectorMatching): JsonMap {
	return {
		card: cardinality,
		on,
		labels,
		include,
		fillValues: { lhs: fill?.left ?? null, rhs: fill?.right ?? null }
	};
}

function selector(expr: VectorSelector): JsonMap {
	return {
		name: expr.nameInBraces ? '' : expr.name,
		matchers: expr.matchers.map(({ name, type, value }: Matcher) => ({ name, type, value })),
		anchored: expr.extension === 'anchored',
		smoothed: expr.extension === 'smoothed',
		...shift(expr)
	};
}

function shift({ offset, offsetExpr, at }: TimeShift): JsonMap {
	return {
		...duration('offset', offset, offsetExpr),
		timestamp: typeof at === 'number' ? at : null,
		startOrEnd: typeof at === 'string' ? at : null
	};
}

/** A duration that is computed is no number yet. */
function duration(name: string, value: number, expr: DurationExpr | undefined): JsonMap {
	const computed = translateDuration(expr);
	const known: JsonData = computed ? 0 : value;
	return { [name]: known, [`${name}Expr`]: computed };
}
