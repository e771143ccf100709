import {
	compareText,
	formatDuration,
	formatFloat,
	isBareLabelName,
	METRIC_NAME,
	quote
} from '#engine/model';
import type {
	Aggregation,
	BinaryExpr,
	Expr,
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
			return printSelector(expr) + printTimeShift(expr);
		case 'matrix':
			return `${printSelector(expr.selector)}[${formatDuration(expr.range)}]${printTimeShift(expr.selector)}`;
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

function printNumber({ value, isDuration }: NumberLiteral): string {
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

function printTimeShift({ at, offset }: TimeShift): string {
	return printAt(at) + (offset === 0 ? '' : ` offset ${formatDuration(offset)}`);
}

function printAt(at: TimeShift['at']): string {
	if (at === undefined) return '';
	return typeof at === 'number' ? ` @ ${(at / 1000).toFixed(3)}` : ` @ ${at}()`;
}

function printSubqueryRange(subquery: Subquery): string {
	const step = subquery.step === undefined ? '' : formatDuration(subquery.step);
	return `[${formatDuration(subquery.range)}:${step}]${printTimeShift(subquery)}`;
}

function printAggregation({ op, param, expr, grouping, without }: Aggregation): string {
	const args = param ? `${print(param)}, ${print(expr)}` : print(expr);
	if (!without && grouping.length === 0) return `${op}(${args})`;
	return `${op} ${without ? 'without' : 'by'} (${printLabels(grouping)}) (${args})`;
}

function printBinary({ op, lhs, rhs, returnBool, matching }: BinaryExpr): string {
	const bool = returnBool ? ' bool' : '';
	return `${print(lhs)} ${op}${bool}${matching ? printMatching(matching) : ''} ${print(rhs)}`;
}

function printMatching({ cardinality, on, labels, include }: VectorMatching): string {
	const isGrouped = cardinality === 'many-to-one' || cardinality === 'one-to-many';
	if (labels.length === 0 && !on && !isGrouped) return '';
	const match = ` ${on ? 'on' : 'ignoring'} (${printLabels(labels)})`;
	if (!isGrouped) return match;
	const side = cardinality === 'many-to-one' ? 'left' : 'right';
	return `${match} group_${side} (${printLabels(include)})`;
}

function printLabels(labels: readonly string[]): string {
	return labels.map(printLabel).join(', ');
}

function printLabel(label: string): string {
	return isBareLabelName(label) ? label : quote(label);
}
