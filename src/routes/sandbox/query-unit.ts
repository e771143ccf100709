import { ALL_FEATURES, parse, type Expr } from '#engine/promql';
import type { Unit } from '$lib/charts/numbers.ts';

const PER_SECOND = new Set(['rate', 'irate', 'deriv']);
/** These give what goes in, in its own unit. */
const KEEPING = new Set([
	'increase',
	'delta',
	'idelta',
	'abs',
	'ceil',
	'floor',
	'round',
	'sort',
	'sort_desc',
	'avg_over_time',
	'min_over_time',
	'max_over_time',
	'last_over_time',
	'sum_over_time'
]);
const COUNTING = new Set(['count', 'group', 'count_values']);

/** What the numbers of a query measure, as far as the names of its metrics say; plain numbers where they do not. */
export function unitOfQuery(query: string): Unit {
	const parsed = parse(query, ALL_FEATURES);
	return parsed.ok ? unitOf(parsed.expr) : 'number';
}

function unitOf(expr: Expr | undefined): Unit {
	switch (expr?.kind) {
		case 'paren':
		case 'unary':
		case 'subquery':
			return unitOf(expr.expr);
		case 'matrix':
			return unitOf(expr.selector);
		case 'selector':
			return unitOfMetric(expr.name ?? '');
		case 'aggregation':
			return COUNTING.has(expr.op) ? 'number' : unitOf(expr.expr);
		case 'call':
			return unitOfCall(expr.func, expr.args);
		case 'binary':
			return unitOfBinary(expr.op, expr.lhs, expr.rhs);
		default:
			return 'number';
	}
}

function unitOfCall(name: string, args: readonly Expr[]): Unit {
	if (name === 'histogram_quantile') return unitOfBuckets(args[1]);
	if (KEEPING.has(name)) return unitOf(args[0]);
	if (!PER_SECOND.has(name)) return 'number';
	// Seconds per second have no unit of their own; they are a share of the time.
	const counted = unitOf(args[0]);
	if (counted === 'bytes') return 'bytes-per-second';
	return counted === 'number' ? 'per-second' : 'number';
}

/** Quantiles are in the unit of what was observed, which is in the name of the buckets below, whatever was done to them. */
function unitOfBuckets(expr: Expr | undefined): Unit {
	switch (expr?.kind) {
		case 'paren':
		case 'aggregation':
			return unitOfBuckets(expr.expr);
		case 'call':
			return unitOfBuckets(expr.args[0]);
		case 'matrix':
			return unitOfBuckets(expr.selector);
		case 'selector':
			return unitOfMetric((expr.name ?? '').replace(/_bucket$/, ''));
		default:
			return 'number';
	}
}

function unitOfBinary(op: string, lhs: Expr, rhs: Expr): Unit {
	const [left, right] = [unitOf(lhs), unitOf(rhs)];
	const isScaled = lhs.kind === 'number' || rhs.kind === 'number';
	if (op === '/' && !isScaled) return quotient(left, right);
	if (op === '*' || op === '/') return 'number';
	return left === 'number' ? right : left;
}

function quotient(left: Unit, right: Unit): Unit {
	if (left === right && left !== 'number') return 'ratio';
	return right === 'per-second' && left === 'number' ? 'seconds' : 'number';
}

function unitOfMetric(name: string): Unit {
	const base = name.replace(/_(total|sum)$/, '');
	if (/_(bucket|count)$/.test(name)) return 'number';
	if (base.endsWith('_seconds')) return 'seconds';
	if (base.endsWith('_bytes')) return 'bytes';
	return base.endsWith('_ratio') ? 'ratio' : 'number';
}
