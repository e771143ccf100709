import { formatFloat } from '#engine/model';
import { classicQuantile, type ClassicBuckets } from './classic.ts';
import type { Edges } from './edges.ts';
import { quantileName } from './words.ts';

/** What edges can be copied as. */
export type SnippetKind = 'python' | 'typescript' | 'promql' | 'promtool';

/** The knobs that a snippet is about: edges and the service level objective in seconds; and what the buckets have counted. */
export interface SnippetSource {
	readonly edges: Edges;
	readonly q: number;
	readonly objective: number;
	readonly buckets: ClassicBuckets;
}

const METRIC = 'http_request_duration_seconds';

/** The edges as code that makes the histogram, as the queries that ask it, or as a test of what they answer. */
export function snippet(kind: SnippetKind, source: SnippetSource): string {
	return WRITERS[kind](source);
}

const WRITERS: Readonly<Record<SnippetKind, (source: SnippetSource) => string>> = {
	python: ({ edges }) => python(edges),
	typescript: ({ edges }) => typescript(edges),
	promql,
	promtool
};

function python(edges: Edges): string {
	return [
		'from prometheus_client import Histogram',
		'',
		'REQUEST_DURATION = Histogram(',
		`    "${METRIC}",`,
		'    "How long requests take.",',
		`    buckets=[${list(edges)}],`,
		')'
	].join('\n');
}

function typescript(edges: Edges): string {
	return [
		"import { Histogram } from 'prom-client';",
		'',
		'const requestDuration = new Histogram({',
		`\tname: '${METRIC}',`,
		"\thelp: 'How long requests take.',",
		`\tbuckets: [${list(edges)}]`,
		'});'
	].join('\n');
}

function promql({ edges, q, objective }: SnippetSource): string {
	const quantile = `histogram_quantile(${formatFloat(q)}, sum by (le) (rate(${METRIC}_bucket[5m])))`;
	if (!edges.includes(objective)) return quantile;
	const kept = `sum(rate(${METRIC}_bucket{le="${boundLabel(objective)}"}[5m]))`;
	return `${quantile}\n\n${kept}\n  / sum(rate(${METRIC}_count[5m]))`;
}

/** A file for `promtool test rules`: the buckets as they are counted here, and the quantile that Prometheus finds in them. */
function promtool({ q, buckets }: SnippetSource): string {
	const { bounds, counts } = buckets;
	const series = [...bounds].flatMap((bound, b) => [
		`      - series: '${METRIC}_bucket{le="${boundLabel(bound)}"}'`,
		`        values: '${formatFloat(counts[b] ?? 0)}'`
	]);
	return [
		'# promtool test rules buckets.test.yml',
		'rule_files: []',
		'tests:',
		`  - name: ${quantileName(q)} of ${formatFloat(counts.at(-1) ?? 0)} requests`,
		'    interval: 1m',
		'    input_series:',
		...series,
		'    promql_expr_test:',
		`      - expr: histogram_quantile(${formatFloat(q)}, sum by (le) (${METRIC}_bucket))`,
		'        eval_time: 0m',
		'        exp_samples:',
		"          - labels: '{}'",
		`            value: ${formatFloat(classicQuantile(q, buckets))}`
	].join('\n');
}

/** The label as Prometheus 3 stores it whatever the client wrote: always with a point. A matcher compares texts. */
function boundLabel(bound: number): string {
	const text = formatFloat(bound);
	if (bound === Infinity) return text;
	return text.includes('.') ? text : `${text}.0`;
}

function list(edges: Edges): string {
	return edges.map(formatFloat).join(', ');
}
