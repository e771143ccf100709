import type { Expr } from '#engine/promql';

/**
 * Whether Prometheus reads the buckets of histograms: yes; no, because a function above asks for count and sum alone; or in any case,
 * because something above needs them, whatever is below (promql/engine.go, detectHistogramStatsDecoding).
 */
export type Buckets = 'read' | 'unread' | 'needed';

/** The same for what an expression consists of. */
export function bucketsBelow(expr: Expr, above: Buckets): Buckets {
	if (above === 'needed' || expr.kind === 'subquery') return 'needed';
	if (expr.kind === 'binary') return expr.op === '</' || expr.op === '>/' ? 'needed' : above;
	if (expr.kind !== 'call') return above;
	if (/^histogram_(fraction|quantiles?)$/.test(expr.func)) return 'needed';
	return /^histogram_(avg|count|sum)$/.test(expr.func) ? 'unread' : above;
}
