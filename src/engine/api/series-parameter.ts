import {
	compareLabels,
	labelsKey,
	matcherTest,
	type Labels,
	type Matcher,
	type Querier
} from '#engine/model';
import { formatParseError, parseSelector } from '#engine/promql';
import type { SeriesParams } from './api.ts';
import { optionalTime } from './time-parameter.ts';

/** Which series a question is about: those that satisfy all matchers of any set, with a sample in the range. */
export interface SeriesScope {
	readonly from: number;
	readonly to: number;
	readonly sets: readonly (readonly Matcher[])[];
}

/**
 * Reads the parameters of the series, labels and label values endpoints. What `match[]` lacks is passed to `fail`, because the endpoints
 * word it differently; times throw an ApiError.
 */
export function seriesScope(params: SeriesParams, fail: (message: string) => Error): SeriesScope {
	return {
		from: optionalTime('start', params.start, -Infinity),
		to: optionalTime('end', params.end, Infinity),
		sets: (params.match ?? []).map((text) => matcherSet(text, fail))
	};
}

/** The label sets of the scope, sorted, each once; without matcher sets all there are. */
export function seriesIn(querier: Querier, { from, to, sets }: SeriesScope): readonly Labels[] {
	if (sets.length < 2) return querier.series(sets[0] ?? [], from, to);
	const found = sets.flatMap((matchers) => querier.series(matchers, from, to));
	return [...new Map(found.map((set) => [labelsKey(set), set])).values()].sort(compareLabels);
}

/** Reads one selector, which must not be satisfied by series without any labels. Throws what `fail` makes of it. */
export function matcherSet(text: string, fail: (message: string) => Error): readonly Matcher[] {
	const parsed = parseSelector(text);
	if (!parsed.ok) {
		const [first] = parsed.errors;
		throw fail(first ? formatParseError(text, first) : 'no selector');
	}
	const { matchers } = parsed.selector;
	if (matchers.every((matcher) => matcherTest(matcher)(''))) {
		throw fail('match[] must contain at least one non-empty matcher');
	}
	return matchers;
}
