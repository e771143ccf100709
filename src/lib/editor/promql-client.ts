import type { PrometheusClient } from '@prometheus-io/codemirror-promql';
import { EqlRegex, Neq, NeqRegex } from '@prometheus-io/lezer-promql';
import type { ApiResponse, PrometheusApi } from '#engine/api';
import { labelsToRecord } from '#engine/model';

type Matchers = Parameters<PrometheusClient['series']>[1];

/**
 * Lets the completion of codemirror-promql ask a PrometheusApi. What cannot be answered completes to nothing,
 * because a query can always be typed without help.
 */
export function completionClient(api: PrometheusApi): PrometheusClient {
	const labelValues = (name: string, metric = '', matchers: Matchers = []) =>
		list(api.labelValues(name, { match: selectors(metric, matchers, name) }));
	return {
		labelNames: (metric = '') => list(api.labels({ match: selectors(metric) })),
		labelValues,
		metricNames: () => labelValues('__name__'),
		async series(metric, matchers = [], labelName) {
			const found = await list(api.series({ match: selectors(metric, matchers, labelName) }));
			return found.map((set) => new Map(Object.entries(labelsToRecord(set))));
		},
		async metricMetadata() {
			const answer = await settled(api.metadata({}));
			return answer ? mutable(answer) : {};
		},
		flags: () => Promise.resolve({})
	};
}

/** The types of matchers are terms of the editor's grammar. */
const OPERATORS: ReadonlyMap<number, string> = new Map([
	[Neq, '!='],
	[EqlRegex, '=~'],
	[NeqRegex, '!~']
]);

/** The `match[]` that narrows a look-up to a metric and to the matchers typed so far, but for the label being completed. */
function selectors(metric: string, matchers: Matchers = [], except?: string): string[] {
	if (metric === '') return [];
	const conditions = matchers
		.filter(({ name, value }) => name !== except && value !== '')
		.map(({ name, type, value }) => `${name}${OPERATORS.get(type) ?? '='}"${value}"`);
	return [conditions.length > 0 ? `${metric}{${conditions.join(',')}}` : metric];
}

async function list<Item>(asked: Promise<ApiResponse<readonly Item[]>>): Promise<Item[]> {
	return [...((await settled(asked)) ?? [])];
}

async function settled<Data>(asked: Promise<ApiResponse<Data>>): Promise<Data | undefined> {
	try {
		const answer = await asked;
		return answer.status === 'success' ? answer.data : undefined;
	} catch {
		return undefined;
	}
}

function mutable<Item>(record: Readonly<Record<string, readonly Item[]>>): Record<string, Item[]> {
	return Object.fromEntries(Object.entries(record).map(([name, items]) => [name, [...items]]));
}
