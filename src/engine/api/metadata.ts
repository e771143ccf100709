import { compareText, type MetricMetadata } from '#engine/model';
import type { MetadataByMetric, MetadataParams } from './api.ts';
import { metadataLimit } from './count-parameter.ts';

/**
 * What is known of metric families, the first ones in the order of the alphabet when there is a limit: Prometheus takes any.
 * Throws an ApiError.
 */
export function metadataByMetric(
	entries: Iterable<readonly [string, MetricMetadata]>,
	{ metric = '', limit, limitPerMetric }: MetadataParams
): MetadataByMetric {
	const most = metadataLimit('limit', limit);
	const perMetric = metadataLimit('limit_per_metric', limitPerMetric) ?? 0;
	const found = new Map<string, MetricMetadata[]>();
	for (const [name, metadata] of entries) {
		if (metric !== '' && metric !== name) continue;
		const known = knownMetadata(metadata);
		const others = found.get(name) ?? [];
		if (perMetric > 0 && others.length >= perMetric) continue;
		if (!others.some((other) => isSameMetadata(other, known))) found.set(name, [...others, known]);
	}
	return Object.fromEntries(firstOf(found, most));
}

/** What a page says of a family, in Prometheus' words: the text format's untyped is unknown (model/textparse). */
export function knownMetadata({ type, help, unit }: MetricMetadata): MetricMetadata {
	return { type: type === 'untyped' ? 'unknown' : type, help, unit };
}

/** A negative limit is none. */
function firstOf(
	found: ReadonlyMap<string, readonly MetricMetadata[]>,
	most: number | undefined
): Iterable<readonly [string, readonly MetricMetadata[]]> {
	if (most === undefined || most < 0) return found;
	return [...found].sort(([a], [b]) => compareText(a, b)).slice(0, most);
}

function isSameMetadata(a: MetricMetadata, b: MetricMetadata): boolean {
	return a.type === b.type && a.help === b.help && a.unit === b.unit;
}
