import {
	compareText,
	formatDuration,
	formatFloat,
	formatG,
	isBareLabelName,
	METRIC_NAME,
	quote,
	type Duration
} from '#engine/model';
import type {
	Aggregation,
	BinaryExpr,
	DurationExpr,
	DurationNumber,
	Expr,
	MatrixSelector,
	NumberLiteral,
	Subquery,
	TimeShift,
	VectorMatching,
	VectorSelector
} from './ast.ts';

/** The expression as Prometheus prints it, on one line (promql/parser/printer.go); it reads back as the same tree. */
export function print(expr: Expr): string {
	switch (expr.kind) {
		case 'number':
			return printNumber(expr);
		case 'string':
			return quote(expr.value);
		case 'selector':
			return printSelector(expr) + printAt(expr.at) + printExtension(expr) + printOffset(expr);
		case 'matrix':
			return printMatrix(expr);
		case 'subquery':
			return print(expr.expr) + printSubqueryRange(expr);
		case 'call':
			return `${expr.func}(${expr.args.map(print).join(', ')})`;
		case 'aggregation':
			return printAggregation(expr);
		case 'binary':
			return printBinary(expr);
		case 'unary':
			return expr.op + print(expr.expr);
		case 'paren':
			return `(${print(expr.expr)})`;
	}
}

function printNumber({ value, isDuration }: NumberLiteral | DurationNumber): string {
	if (!isDuration) return formatFloat(value);
	// Prometheus cuts off here instead of rounding, and so prints 1852ms as 1s851ms.
	return formatDuration(Math.round(value * 1000));
}

/** The selector without its modifiers, its conditions sorted. */
function printSelector({ name, nameInBraces, matchers }: VectorSelector): string {
	const outside = nameInBraces ? '' : name;
	const inside = matchers
		.filter(
			({ name: label, type, value }) =>
				label !== METRIC_NAME || type !== '=' || value !== outside || value === ''
		)
		.map(({ name: label, type, value }) => printLabel(label) + type + quote(value))
		.sort(compareText);
	if (inside.length > 0) return `${outside}{${inside.join(',')}}`;
	// Prometheus prints nothing for a selector of everything, which info() may have, and can not read that back.
	return outside === '' ? '{}' : outside;
}

function printMatrix({ selector, range, rangeExpr }: MatrixSelector): string {
	const brackets = `[${printDuration(range, rangeExpr)}]`;
	const modifiers = printExtension(selector) + printAt(selector.at) + printOffset(selector);
	return printSelector(selector) + brackets + modifiers;
}

function printExtension({ extension }: VectorSelector): string {
	return extension ? ` ${extension}` : '';
}

function printOffset({ offset, offsetExpr }: TimeShift): string {
	if (offset === 0 && !offsetExpr) return '';
	// Less than a millisecond.
	if (offsetExpr?.kind === 'number' && offsetExpr.value < 0) return ' offset -0s';
	return ` offset ${printDuration(offset, offsetExpr)}`;
}

function printDuration(duration: Duration, expr: DurationExpr | undefined): string {
	return expr && expr.kind !== 'number' ? printDurationExpr(expr) : formatDuration(duration);
}

function printDurationExpr(expr: DurationExpr): string {
	switch (expr.kind) {
		case 'number':
			return printNumber(expr);
		case 'step':
		case 'range':
			return `${expr.kind}()`;
		case 'min_of':
		case 'max_of':
			return `${expr.kind}(${expr.args.map(printDurationExpr).join(', ')})`;
		case 'binary':
			return `${printDurationExpr(expr.lhs)} ${expr.op} ${printDurationExpr(expr.rhs)}`;
		case 'unary':
			return `-${printDurationExpr(expr.expr)}`;
		case 'paren':
			return `(${printDurationExpr(expr.expr)})`;
	}
}

function printAt(at: TimeShift['at']): string {
	if (at === undefined) return '';
	return typeof at === 'number' ? ` @ ${(at / 1000).toFixed(3)}` : ` @ ${at}()`;
}

/** `[1h:5m] offset 1d`: what stands behind the expression of a subquery. */
export function printSubqueryRange(subquery: Subquery): string {
	const { range, rangeExpr, step, stepExpr } = subquery;
	const printedStep = step || stepExpr ? printDuration(step ?? 0, stepExpr) : '';
	const brackets = `[${printDuration(range, rangeExpr)}:${printedStep}]`;
	return brackets + printAt(subquery.at) + printOffset(subquery);
}

function printAggregation(expr: Aggregation): string {
	const { param } = expr;
	const args = param ? `${print(param)}, ${print(expr.expr)}` : print(expr.expr);
	return `${printAggregationHead(expr)}(${args})`;
}

/** `sum by (job) `, `topk`: what stands before the parenthesis. */
export function printAggregationHead({ op, grouping, without }: Aggregation): string {
	if (!without && grouping.length === 0) return op;
	return `${op} ${without ? 'without' : 'by'} (${printLabels(grouping)}) `;
}

function printBinary(expr: BinaryExpr): string {
	return `${print(expr.lhs)} ${printOperator(expr)} ${print(expr.rhs)}`;
}

/** `== bool`, `* on (job) group_left ()`: an operator with everything that modifies it. */
export function printOperator({ op, returnBool, matching }: BinaryExpr): string {
	return op + (returnBool ? ' bool' : '') + (matching ? printMatching(matching) : '');
}

function printMatching({ cardinality, on, labels, include, fill }: VectorMatching): string {
	const isGrouped = cardinality === 'many-to-one' || cardinality === 'one-to-many';
	let text = '';
	if (labels.length > 0 || on || isGrouped) {
		text += ` ${on ? 'on' : 'ignoring'} (${printLabels(labels)})`;
	}
	if (isGrouped) {
		const side = cardinality === 'many-to-one' ? 'left' : 'right';
		text += ` group_${side} (${printLabels(include)})`;
	}
	return fill ? text + printFill(fill) : text;
}

function printFill({ left, right }: NonNullable<VectorMatching['fill']>): string {
	if (left !== undefined && left === right) return ` fill (${formatG(left)})`;
	const printSide = (side: string, value: number | undefined) =>
		value === undefined ? '' : ` fill_${side} (${formatG(value)})`;
	return printSide('left', left) + printSide('right', right);
}

function printLabels(labels: readonly string[]): string {
	return labels.map(printLabel).join(', ');
}

function printLabel(label: string): string {
	return isBareLabelName(label) ? label : quote(label);
}
