import type {
	MetadataParams,
	QueryParams,
	QueryRangeParams,
	QueryWishes,
	RelabelStepsParams,
	RulesParams,
	SeriesParams,
	TargetMetadataParams,
	TargetsParams
} from '#engine/api';
import type { Form } from './form.ts';

/** The parameters of each endpoint under the names that they have in a form. */

export function instantParams(form: Form): QueryParams {
	return { query: form.first('query'), time: form.first('time'), ...wishes(form) };
}

export function rangeParams(form: Form): QueryRangeParams {
	return {
		query: form.first('query'),
		start: form.first('start'),
		end: form.first('end'),
		step: form.first('step'),
		...wishes(form)
	};
}

function wishes(form: Form): QueryWishes {
	return {
		timeout: form.first('timeout'),
		limit: form.first('limit'),
		lookbackDelta: form.first('lookback_delta'),
		stats: form.first('stats')
	};
}

export function seriesParams(form: Form): SeriesParams {
	return {
		match: form.all('match[]'),
		start: form.first('start'),
		end: form.first('end'),
		limit: form.first('limit')
	};
}

export function metadataParams(form: Form): MetadataParams {
	return {
		metric: form.first('metric'),
		limit: form.first('limit'),
		limitPerMetric: form.first('limit_per_metric')
	};
}

export function targetsParams(form: Form): TargetsParams {
	return { state: form.first('state'), scrapePool: form.first('scrapePool') };
}

export function targetMetadataParams(form: Form): TargetMetadataParams {
	return {
		matchTarget: form.first('match_target'),
		metric: form.first('metric'),
		limit: form.first('limit')
	};
}

export function relabelStepsParams(form: Form): RelabelStepsParams {
	return { scrapePool: form.first('scrapePool'), labels: form.first('labels') };
}

export function rulesParams(form: Form): RulesParams {
	return {
		type: form.first('type'),
		match: form.all('match[]'),
		excludeAlerts: form.first('exclude_alerts'),
		groupLimit: form.first('group_limit'),
		groupNextToken: form.first('group_next_token')
	};
}
