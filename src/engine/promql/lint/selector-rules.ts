import { formatDuration, METRIC_NAME, quote } from '#engine/model';
import { AGGREGATORS } from '../aggregators.ts';
import type { Aggregation, Expr, VectorSelector } from '../ast.ts';
import { print } from '../print.ts';
import { metricOf, placesOf, replace, sourceOf, type Rule } from './place.ts';

/** Without a name, series of all metrics come, whose values have nothing to do with each other. */
export const unscopedSelector: Rule = ({ expr, parents, query }) => {
	if (expr.kind !== 'selector' || metricOf(expr) !== '') return undefined;
	const names = expr.matchers.filter(({ name }) => name === METRIC_NAME);
	if (names.some(({ type, value }) => type === '=~' && !/^\.[*+]$/.test(value))) return undefined;
	if (parents.some((parent) => isCounting(parent) || isInfoCall(parent))) return undefined;
	const [nearest] = parents;
	const whole = nearest?.kind === 'matrix' ? undefined : expr;
	return {
		rule: 'unscoped-selector',
		level: 'info',
		span: expr.span,
		message:
			'Without a metric name this reads every series there is of these labels: slow in a large store, and their values have nothing in common. Name a metric; to see which there are, count them.',
		...(whole
			? {
					fix: {
						title: 'List the metrics',
						edits: [replace(whole, `count by (__name__) (${sourceOf(expr, query)})`)]
					}
				}
			: {})
	};
};

/** Whether it asks which series there are, and not for their values. */
function isCounting(expr: Expr): boolean {
	return expr.kind === 'aggregation' && !AGGREGATORS[expr.op].readsValues;
}

function isInfoCall(expr: Expr): boolean {
	return expr.kind === 'call' && /^(info|absent|absent_over_time)$/.test(expr.func);
}

/** Metrics that Prometheus itself writes for every target. */
const OF_ALL_TARGETS = /^(up|scrape_.*|ALERTS.*)$/;

/** Two services may give one name to different things. */
export const severalJobs: Rule = ({ expr, parents }, { valuesOf }) => {
	if (expr.kind !== 'selector' || !valuesOf) return undefined;
	const metric = metricOf(expr);
	if (metric === '' || OF_ALL_TARGETS.test(metric)) return undefined;
	const jobs = valuesOf(metric, 'job') ?? [];
	if (jobs.length < 2 || expr.matchers.some(({ name }) => name !== METRIC_NAME)) return undefined;
	const sums = parents.filter((parent) => parent.kind === 'aggregation');
	if (sums.length === 0 || !sums.some(losesJob)) return undefined;
	const [job] = jobs as [string];
	return {
		rule: 'several-jobs',
		level: 'info',
		span: expr.span,
		message: `${metric} comes from ${jobs.length} jobs (${jobs.slice(0, 3).join(', ')}), which are put together here. Say which job you mean, or keep them apart with by (job).`,
		fix: { title: `Only job ${job}`, edits: [replace(expr, withJob(expr, job))] }
	};
};

function losesJob({ op, grouping, without }: Aggregation): boolean {
	const { readsValues, choosesBy } = AGGREGATORS[op];
	return readsValues && choosesBy === undefined && without === grouping.includes('job');
}

function withJob(selector: VectorSelector, job: string): string {
	const name = selector.nameInBraces ? `{${quote(selector.name)}, ` : `${metricOf(selector)}{`;
	const rest = print(selector).slice(
		print({ ...selector, offset: 0, offsetExpr: undefined, at: undefined, extension: undefined })
			.length
	);
	return `${name}job=${quote(job)}}${rest}`;
}

/** topk chooses anew at each step. */
export const topAtEachStep: Rule = ({ expr, parents, query }, { isRange }) => {
	if (!isRange || expr.kind !== 'aggregation') return undefined;
	if (AGGREGATORS[expr.op].choosesBy !== 'value') return undefined;
	if (parents.length > 0 || isPinned(expr)) return undefined;
	const pinned = sourceOf(expr, query);
	const places = [...placesOf(query, expr)].flatMap(({ expr: node }) =>
		node.kind === 'selector' ? [node.span.to] : []
	);
	const inner = sourceOf(expr.expr, query);
	const atEnd = pinText(expr, query);
	return {
		rule: 'top-at-each-step',
		level: 'info',
		span: expr.span,
		message: `${expr.op}() chooses anew at every step, so a graph may show many more lines than that, each with gaps. To follow the ones that lead at the end, choose there.`,
		...(atEnd && pinned && places.length > 0
			? { fix: { title: 'Choose at the end', edits: [replace(expr, `${inner} and ${atEnd}`)] } }
			: {})
	};
};

function isPinned(expr: Expr): boolean {
	return [...placesOf('', expr)].some(
		({ expr: node }) =>
			(node.kind === 'selector' || node.kind === 'subquery') && node.at !== undefined
	);
}

/** The expression with `@ end()` on each selector; undefined with subqueries. */
function pinText(expr: Expr, query: string): string | undefined {
	const nodes = [...placesOf(query, expr)].map(({ expr: node }) => node);
	if (nodes.some(({ kind }) => kind === 'subquery')) return undefined;
	const ends = nodes.flatMap((node) => {
		if (node.kind === 'matrix') return [node.span.to];
		const isInMatrix = nodes.some((other) => other.kind === 'matrix' && other.selector === node);
		return node.kind === 'selector' && !isInMatrix ? [node.span.to] : [];
	});
	return [...ends]
		.sort((a, b) => b - a)
		.reduce(
			(text, end) => {
				const at = end - expr.span.from;
				return `${text.slice(0, at)} @ end()${text.slice(at)}`;
			},
			sourceOf(expr, query)
		);
}

/** An offset below zero looks ahead. */
export const futureOffset: Rule = ({ expr, query }) => {
	if (expr.kind !== 'selector' && expr.kind !== 'subquery' && expr.kind !== 'matrix') {
		return undefined;
	}
	const shifted = expr.kind === 'matrix' ? expr.selector : expr;
	if (!(shifted.offset < 0) || shifted.offsetExpr || shifted.at !== undefined) return undefined;
	const text = sourceOf(expr, query);
	const minus = /\boffset\s*-/i.exec(text);
	if (!minus) return undefined;
	const at = expr.span.from + minus.index + minus[0].length - 1;
	return {
		rule: 'future-offset',
		level: 'info',
		span: expr.span,
		message: `A negative offset looks ${formatDuration(-shifted.offset)} ahead of each step: at the end of the graph there is nothing to see yet. To look back, leave out the minus.`,
		fix: { title: 'Look back', edits: [{ span: { from: at, to: at + 1 }, text: '' }] }
	};
};
