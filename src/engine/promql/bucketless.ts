import type { Expr, VectorSelector } from './ast.ts';

/** Functions that read no buckets of a histogram, and those for which buckets are needed further down. */
const READS_NO_BUCKETS: ReadonlySet<string> = new Set([
	'histogram_avg',
	'histogram_count',
	'histogram_sum'
]);
const READS_BUCKETS: ReadonlySet<string> = new Set([
	'histogram_fraction',
	'histogram_quantile',
	'histogram_quantiles'
]);

/**
 * The selectors of whose histograms Prometheus reads only count and sum, because a function above asks for no more and nothing else
 * above needs their buckets; undefined if there are none. It shows: see bucketless-samples.ts (promql/engine.go,
 * detectHistogramStatsDecoding).
 */
export function bucketlessSelectors(expr: Expr): ReadonlySet<VectorSelector> | undefined {
	const found = new Set<VectorSelector>();
	collect(expr, false, found);
	return found.size > 0 ? found : undefined;
}

function collect(expr: Expr, isBucketless: boolean, found: Set<VectorSelector>): void {
	switch (expr.kind) {
		case 'selector':
			if (isBucketless) found.add(expr);
			return;
		case 'matrix':
			if (isBucketless) found.add(expr.selector);
			return;
		case 'call':
			// Above a function that reads buckets nothing changes that, so nothing below it is looked at.
			if (READS_BUCKETS.has(expr.func)) return;
			for (const arg of expr.args) {
				collect(arg, isBucketless || READS_NO_BUCKETS.has(expr.func), found);
			}
			return;
		case 'binary':
			if (expr.op === '</' || expr.op === '>/') return;
			collect(expr.lhs, isBucketless, found);
			collect(expr.rhs, isBucketless, found);
			return;
		case 'aggregation':
			collect(expr.expr, isBucketless, found);
			if (expr.param) collect(expr.param, isBucketless, found);
			return;
		case 'unary':
		case 'paren':
			collect(expr.expr, isBucketless, found);
			return;
		case 'subquery':
		case 'number':
		case 'string':
	}
}
