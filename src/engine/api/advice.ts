import { labelPairs, METRIC_NAME, parseDuration, type Labels } from '#engine/model';
import { lint, metricsIn, type Finding, type LintContext } from '#engine/promql';
import type { ApiResponse, PrometheusApi } from './api.ts';

/** What a query probably does not mean, judged by what the API knows of its metrics. Nothing when it does not answer. */
export async function adviseOn(
	query: string,
	api: PrometheusApi,
	isRange: boolean
): Promise<Finding[]> {
	const metrics = metricsIn(query);
	const [metadata, targets, labelNames, names, series] = await Promise.all([
		settled(api.metadata({})),
		settled(api.targets()),
		settled(api.labels({})),
		metrics.length > 0 ? settled(api.labelValues(METRIC_NAME, {})) : undefined,
		metrics.length > 0 ? settled(api.series({ match: metrics.map(asSelector) })) : undefined
	]);
	return lint(query, {
		...contextOf(metadata ?? {}, series ?? []),
		...intervalOf(targets?.active),
		metricNames: new Set(names),
		labelNames,
		isRange
	});
}

/** Names of all kinds are written in braces. */
function asSelector(metric: string): string {
	return `{${METRIC_NAME}=${JSON.stringify(metric)}}`;
}

function contextOf(
	metadata: Readonly<Record<string, readonly { readonly type: string }[]>>,
	series: readonly Labels[]
): LintContext {
	const types = Object.entries(metadata).flatMap(([name, [first]]) =>
		first ? [[name, first.type] as const] : []
	);
	const labels = valuesByLabel(series);
	return {
		metricTypes: new Map(types) as LintContext['metricTypes'],
		labelsOf: (metric) => {
			const known = labels.get(metric);
			return known && [...known.keys()];
		},
		valuesOf: (metric, label) => {
			const known = labels.get(metric)?.get(label);
			return known && [...known];
		}
	};
}

/** For each metric its labels, and for each of these its values. */
function valuesByLabel(series: readonly Labels[]): Map<string, Map<string, Set<string>>> {
	const metrics = new Map<string, Map<string, Set<string>>>();
	for (const set of series) {
		const pairs = [...labelPairs(set)];
		const metric = pairs.find(([name]) => name === METRIC_NAME)?.[1] ?? '';
		const labels = metrics.get(metric) ?? new Map<string, Set<string>>();
		metrics.set(metric, labels);
		for (const [name, value] of pairs) {
			if (name === METRIC_NAME) continue;
			labels.set(name, (labels.get(name) ?? new Set()).add(value));
		}
	}
	return metrics;
}

/** The longest interval at which anything is scraped. */
function intervalOf(
	targets: readonly { readonly scrapeInterval: string }[] | undefined
): Pick<LintContext, 'scrapeInterval'> {
	const intervals = (targets ?? []).map(({ scrapeInterval }) => parseDuration(scrapeInterval));
	return intervals.length > 0 ? { scrapeInterval: Math.max(...intervals) } : {};
}

async function settled<Data>(asked: Promise<ApiResponse<Data>>): Promise<Data | undefined> {
	try {
		const answer = await asked;
		return answer.status === 'success' ? answer.data : undefined;
	} catch {
		return undefined;
	}
}
