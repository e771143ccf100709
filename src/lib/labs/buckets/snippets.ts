import { formatFloat } from '#engine/model';
import type { Edges } from './edges.ts';

/** What edges can be copied as. */
export type SnippetKind = 'python' | 'typescript' | 'promql';

/** The knobs that a snippet is about: edges and the service level objective in seconds. */
export interface SnippetSource {
	readonly edges: Edges;
	readonly q: number;
	readonly objective: number;
}

const METRIC = 'http_request_duration_seconds';

/** The edges as code that makes the histogram, or as the queries that ask it. */
export function snippet(kind: SnippetKind, source: SnippetSource): string {
	if (kind === 'promql') return promql(source);
	return kind === 'python' ? python(source.edges) : typescript(source.edges);
}

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

/** The label as Prometheus 3 stores it whatever the client wrote: always with a point. A matcher compares texts. */
function boundLabel(bound: number): string {
	const text = formatFloat(bound);
	return text.includes('.') ? text : `${text}.0`;
}

function list(edges: Edges): string {
	return edges.map(formatFloat).join(', ');
}
