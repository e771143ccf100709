import { ALL_FEATURES } from '../features.ts';
import { parse } from '../parse.ts';
import { metricOf, selectorsIn } from './place.ts';

/** The metrics that a query asks for by name, each once; none for a text that is no query. */
export function metricsIn(query: string): string[] {
	const parsed = parse(query, ALL_FEATURES);
	if (!parsed.ok) return [];
	const names = selectorsIn(parsed.expr).map(metricOf);
	return [...new Set(names)].filter((name) => name !== '');
}
