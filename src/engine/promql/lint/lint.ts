import { ALL_FEATURES } from '../features.ts';
import { parse } from '../parse.ts';
import { averageOfFiltered, countIsNeverZero, zeroThatIsAbsent } from './condition-rules.ts';
import type { LintContext } from './context.ts';
import {
	deltaOfCounter,
	irateInCondition,
	rateOfAggregation,
	rateOfGauge,
	rawCounter,
	shortWindow
} from './counter-rules.ts';
import type { Finding } from './finding.ts';
import {
	averageOfQuantiles,
	numberAsLabelValue,
	quantileInPercent,
	quantileWithoutLe,
	sumOfBuckets
} from './histogram-rules.ts';
import { placesOf, type Rule } from './place.ts';
import { averageOfRatios, labelsNeverMatch, ratioToItself } from './ratio-rules.ts';
import { futureOffset, severalJobs, topAtEachStep, unscopedSelector } from './selector-rules.ts';
import {
	unknownGroupingLabel,
	unknownLabel,
	unknownMatchingLabel,
	unknownMetric,
	unknownValue
} from './unknown-rules.ts';

const UNKNOWN_RULES: readonly Rule[] = [
	unknownMetric,
	unknownLabel,
	numberAsLabelValue,
	unknownValue,
	unknownGroupingLabel,
	unknownMatchingLabel
];

const RULES: readonly Rule[] = [
	rateOfGauge,
	deltaOfCounter,
	rawCounter,
	rateOfAggregation,
	shortWindow,
	irateInCondition,
	quantileWithoutLe,
	quantileInPercent,
	sumOfBuckets,
	averageOfQuantiles,
	averageOfRatios,
	ratioToItself,
	labelsNeverMatch,
	unscopedSelector,
	severalJobs,
	zeroThatIsAbsent,
	countIsNeverZero,
	averageOfFiltered,
	topAtEachStep,
	futureOffset
];

/**
 * What a query that is allowed probably does not mean, in the order of the text. Nothing for a text that is no query: the
 * parser says what is wrong with that. Never throws.
 */
export function lint(query: string, context: LintContext = {}): Finding[] {
	const parsed = parse(query, ALL_FEATURES);
	if (!parsed.ok) return [];
	const findings = [...placesOf(query, parsed.expr)].flatMap((place) => {
		const unknown = UNKNOWN_RULES.flatMap((rule) => rule(place, context) ?? []);
		// A selector that finds nothing because of a name wants no other advice before that.
		if (unknown.length > 0 && place.expr.kind === 'selector') return unknown;
		return [...unknown, ...RULES.flatMap((rule) => rule(place, context) ?? [])];
	});
	return findings.sort((a, b) => a.span.from - b.span.from || a.span.to - b.span.to);
}
