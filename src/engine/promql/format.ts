import { utf8Length } from '#engine/model';
import type { Aggregation, BinaryExpr, Call, Expr, ParenExpr } from './ast.ts';
import { print, printAggregationHead, printOperator, printSubqueryRange } from './print.ts';

/** Bytes of a line, indentation not counted. */
const LONGEST_LINE = 100;
const INDENT = '  ';

/**
 * The expression over as many lines as it needs, as Prometheus formats it (promql/parser/prettier.go): what fits stays on one
 * line, what does not is opened up, one level deeper on lines of their own.
 */
export function format(expr: Expr): string {
	const lines: Lines = new Map();
	measure(expr, lines);
	return formatAt(expr, 0, lines);
}

/** The text of every part that fits on a line. */
type Lines = Map<Expr, string>;

/** Notes what fits, and tells whether the expression does. What has a part that does not fit is not printed to find out. */
function measure(expr: Expr, lines: Lines): boolean {
	let fits = true;
	for (const child of children(expr)) fits = measure(child, lines) && fits;
	if (!fits) return false;
	const line = print(expr);
	fits = line.length <= LONGEST_LINE && utf8Length(line) <= LONGEST_LINE;
	if (fits) lines.set(expr, line);
	return fits;
}

function children(expr: Expr): readonly Expr[] {
	switch (expr.kind) {
		case 'call':
			return expr.args;
		case 'aggregation':
			return expr.param ? [expr.param, expr.expr] : [expr.expr];
		case 'binary':
			return [expr.lhs, expr.rhs];
		case 'subquery':
		case 'unary':
		case 'paren':
			return [expr.expr];
		default:
			return [];
	}
}

function formatAt(expr: Expr, level: number, lines: Lines): string {
	const indent = INDENT.repeat(level);
	const line = lines.get(expr);
	switch (expr.kind) {
		case 'number':
		case 'string':
		case 'selector':
		case 'matrix':
			return indent + (line ?? print(expr));
		case 'unary':
			return indent + expr.op + formatAt(expr.expr, level, lines).trim();
		case 'subquery':
			// On one line it loses its indentation, as in Prometheus.
			return line ?? formatAt(expr.expr, level, lines) + printSubqueryRange(expr);
	}
	return line === undefined ? formatOpen(expr, level, lines) : indent + line;
}

/** What does not fit on a line, its parts one level deeper. */
function formatOpen(
	expr: Call | Aggregation | BinaryExpr | ParenExpr,
	level: number,
	lines: Lines
): string {
	const indent = INDENT.repeat(level);
	const parts = children(expr).map((child) => formatAt(child, level + 1, lines));
	switch (expr.kind) {
		case 'call':
			return `${indent}${expr.func}(\n${parts.join(',\n')}\n${indent})`;
		case 'aggregation':
			return `${indent}${printAggregationHead(expr)}(\n${parts.join(',\n')}\n${indent})`;
		case 'binary':
			return parts.join(`\n${indent}${printOperator(expr)}\n`);
		case 'paren':
			return `${indent}(\n${parts[0]}\n${indent})`;
	}
}
