import { formatDuration, formatFloat, formatLabels, type Timestamp } from '#engine/model';
import { isComparison } from '../operators.ts';
import type {
	AggregationDetail,
	Bucket,
	Detail,
	MatchDetail,
	QuantileDetail,
	ScalarOperandDetail,
	SelectorDetail,
	SubqueryDetail
} from './detail.ts';
import { windowInterval } from './window-interval.ts';
import { windowInWords } from './window-in-words.ts';

/** How numbers and moments are written: a terminal wants every digit, a page those that a person would say. */
export interface Wording {
	number(value: number): string;
	/** A length of time in seconds, with its unit. */
	seconds(value: number): string;
	time(at: Timestamp): string;
}

/** The quantities of a detail in sentences, one a line. Its lists, such as buckets and groups, are left to a table or a picture. */
export function detailInWords(detail: Detail, wording: Wording): readonly string[] {
	switch (detail.kind) {
		case 'window':
			return windowInWords(detail, wording);
		case 'quantile':
			return quantileInWords(detail, wording);
		case 'aggregation':
			return aggregationInWords(detail, wording);
		case 'match':
			return matchInWords(detail);
		case 'scalar operand':
			return operandInWords(detail, wording);
		case 'selector':
			return selectorInWords(detail, wording);
		case 'subquery':
			return subqueryInWords(detail, wording);
	}
}

function quantileInWords(detail: QuantileDetail, wording: Wording): string[] {
	const { number } = wording;
	const { phi, of, labels, buckets, rank, chosen, notes } = detail;
	const total =
		buckets.items.length === buckets.total ? buckets.items.at(-1)?.cumulative : undefined;
	const all = detail.isPerSecond ? 'observations per second' : 'observations in all';
	const observations = total === undefined ? '' : `, ${number(total)} ${all}`;
	const histogram = `${formatLabels(labels)}: a ${of} histogram, ${plural(buckets.total, 'bucket')}${observations}.`;
	if (Number.isNaN(rank)) return [histogram, ...notes];
	const product = total === undefined ? '' : `${formatFloat(phi)} × ${number(total)} = `;
	const bucket = chosen === undefined ? undefined : buckets.items[chosen];
	const holder = bucket
		? ` It lies in the bucket (${number(bucket.lower)}, ${number(bucket.upper)}].`
		: '';
	return [
		histogram,
		`The rank is ${product}${number(rank)}.${holder}`,
		valueInWords(detail, bucket, number),
		certaintyInWords(detail, number),
		...notes
	];
}

function valueInWords(
	{ interpolation, rank, lower, upper, result }: QuantileDetail,
	bucket: Bucket | undefined,
	number: Wording['number']
): string {
	if (!bucket || interpolation === 'none') return `The value is ${number(result)}.`;
	if (interpolation === 'bound') return `A bound of that bucket is the answer: ${number(result)}.`;
	const below = number(rank - (bucket.cumulative - bucket.count));
	if (interpolation === 'exponential') {
		return `${below} of the ${number(bucket.count)} observations in it lie below, and they are taken to be spread in equal ratios: ${number(result)}.`;
	}
	return `Along a straight line: ${number(lower)} + (${number(upper)} − ${number(lower)}) × ${below} / ${number(bucket.count)} = ${number(result)}.`;
}

function certaintyInWords({ lower, upper }: QuantileDetail, number: Wording['number']): string {
	if (upper === Infinity)
		return `All that is certain: the true quantile is above ${number(lower)}.`;
	if (lower === -Infinity)
		return `All that is certain: the true quantile is at most ${number(upper)}.`;
	return `All that is certain: the true quantile lies between ${number(lower)} and ${number(upper)}.`;
}

function aggregationInWords(detail: AggregationDetail, wording: Wording): string[] {
	const { groups, param, unknownLabels = [] } = detail;
	const parameter = param === undefined ? '' : `, with the parameter ${wording.number(param)}`;
	return [
		`${plural(groups.total, 'group')}${parameter}.`,
		...unknownLabels.map(
			({ label, nearest }) =>
				`No series that comes in has the label ${label}.${nearest.length > 0 ? ` Nearest: ${nearest.join(', ')}.` : ''}`
		)
	];
}

const FATES = {
	matched: 'matched',
	filtered: 'with a partner, of which the comparison keeps nothing',
	'left only': 'without a partner on the right',
	'right only': 'without a partner on the left',
	kept: 'kept',
	dropped: 'dropped',
	ambiguous: 'with several series where only one may be'
} as const;

function matchInWords({ groups, fates }: MatchDetail): string[] {
	const parts = (Object.keys(FATES) as (keyof typeof FATES)[])
		.filter((fate) => fates[fate] > 0)
		.map((fate) => `${fates[fate]} ${FATES[fate]}`);
	return [
		`Series with equal labels form ${plural(groups.total, 'group')}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}.`
	];
}

function operandInWords(detail: ScalarOperandDetail, { number }: Wording): string[] {
	const { op, scalar, scalarIsLeft, kept, dropped } = detail;
	if (kept.total + dropped.total === 0) return [];
	const operation = scalarIsLeft
		? `${number(scalar)} ${op} value`
		: `value ${op} ${number(scalar)}`;
	if (!isComparison(op)) {
		return [kept.total === 1 ? `${operation}.` : `${operation}, for each of ${kept.total} values.`];
	}
	return [`${operation} holds for ${kept.total} of ${kept.total + dropped.total} values.`];
}

function selectorInWords(detail: SelectorDetail, { time }: Wording): string[] {
	const { windowStart, windowEnd, takesNewest, series, missing } = detail;
	if (takesNewest) {
		const range = formatDuration(windowEnd - windowStart);
		const looks = `Takes the newest sample of up to ${range} before ${time(windowEnd)}`;
		return missing
			? [`${looks}, and finds none.`, missing.reason]
			: [`${looks}: ${series.total} series ${series.total === 1 ? 'has' : 'have'} one.`];
	}
	const window = windowInterval(detail, time);
	if (!missing) return [`Looks at ${window} and finds ${series.total} series there.`];
	return [`Looks at ${window} and finds nothing there.`, missing.reason];
}

function subqueryInWords(detail: SubqueryDetail, { time, number }: Wording): string[] {
	const { step, first, count, usesDefaultStep, refused } = detail;
	const window = windowInterval(detail, time);
	const every = `every ${formatDuration(step)}${usesDefaultStep ? ', the default step' : ''}`;
	if (refused) {
		const { wanted, limit, betterStep } = refused;
		return [
			`It would have to be evaluated at ${number(wanted)} steps, ${every}; there is room for ${number(limit)}. A coarser step needs fewer: ${formatDuration(betterStep)} would do.`
		];
	}
	if (count === 0) return [`No step, ${every}, lies within ${window}.`];
	return [
		`Evaluated ${count === 1 ? 'once' : `${count} times`}, ${every}, from ${time(first)} on, within ${window}.`
	];
}

function plural(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
