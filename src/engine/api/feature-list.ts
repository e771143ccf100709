import { functionTable, type Features } from '#engine/promql';
import { success } from './api-error.ts';
import type { ApiResponse } from './api.ts';
import type { JsonMap } from './json-map.ts';

/** What a client may look for, of the API and of PromQL, under Prometheus' names. What we lack entirely is not listed. */
export function featureList(features: Features = {}): ApiResponse<JsonMap> {
	const experimental = features.experimentalFunctions === true;
	const functions = [...functionTable.values()];
	return success({
		api: on(API),
		promql: {
			...on(KEYWORDS),
			anchored: features.extendedRangeSelectors === true,
			smoothed: features.extendedRangeSelectors === true,
			fill: features.binopFillModifiers === true,
			fill_left: features.binopFillModifiers === true,
			fill_right: features.binopFillModifiers === true,
			delayed_name_removal: features.delayedNameRemoval === true,
			type_and_unit_labels: features.typeAndUnitLabels === true
		},
		promql_functions: Object.fromEntries(
			functions.map((one) => [one.name, !one.experimental || experimental])
		),
		promql_operators: {
			...on(OPERATORS),
			limitk: experimental,
			limit_ratio: experimental
		}
	});
}

const API = [
	'label_values_match',
	'query_stats',
	'query_warnings',
	'time_range_labels',
	'time_range_series'
];

const KEYWORDS = [
	...['at_modifier', 'bool', 'by', 'duration_expr', 'group_left', 'group_right', 'ignoring'],
	...['negative_offset', 'offset', 'on', 'per_query_lookback_delta', 'subqueries', 'without']
];

const OPERATORS = [
	...['!=', '!~', '%', '*', '+', '-', '/', '<', '</', '<=', '==', '=~', '>', '>/', '>=', '@', '^'],
	...['and', 'atan2', 'or', 'unless'],
	...['avg', 'bottomk', 'count', 'count_values', 'group', 'max', 'min', 'quantile', 'stddev'],
	...['stdvar', 'sum', 'topk']
];

function on(names: readonly string[]): Record<string, boolean> {
	return Object.fromEntries(names.map((name) => [name, true]));
}
