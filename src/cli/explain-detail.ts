import { formatFloat, formatHistogram, formatLabels } from '#engine/model';
import {
	detailInWords,
	type AggregationDetail,
	type Bounded,
	type Detail,
	type MatchDetail,
	type MatchGroup,
	type Member,
	type QuantileDetail,
	type Wording
} from '#engine/promql';

/** As many digits as a person reads in a sentence; the lists below have every one. Whole numbers are counts, and stay whole. */
function rounded(value: number): string {
	return formatFloat(Number.isInteger(value) ? value : Number(value.toPrecision(6)));
}

/** How a terminal writes the quantities of an explanation. */
export const WORDING: Wording = {
	number: rounded,
	seconds: (value) => `${rounded(value)} s`,
	time: (at) => new Date(at).toISOString().slice(11, -1).replace('.000', '')
};

/** Buckets shown below and above the one that holds the rank. */
const BUCKETS_AROUND = 4;

/** A detail in lines: its sentences, and then its list. */
export function detailLines(detail: Detail | undefined): string[] {
	if (!detail) return [];
	return [...detailInWords(detail, WORDING), ...listOf(detail).map((line) => `  ${line}`)];
}

function listOf(detail: Detail): string[] {
	switch (detail.kind) {
		case 'quantile':
			return bucketLines(detail);
		case 'aggregation':
			return groupLines(detail);
		case 'match':
			return matchLines(detail);
		case 'scalar operand':
			return [...memberLines(detail.kept, '✓ '), ...memberLines(detail.dropped, '✗ ')];
		case 'selector':
			return memberLines(detail.series);
		default:
			return [];
	}
}

function bucketLines({ buckets, chosen }: QuantileDetail): string[] {
	const middle = chosen ?? 0;
	const from = Math.max(0, middle - BUCKETS_AROUND);
	const rows = buckets.items.slice(from, middle + BUCKETS_AROUND + 1).map((bucket, i) => ({
		mark: from + i === chosen ? '▸' : ' ',
		cells: [bucket.lower, bucket.upper, bucket.count, bucket.cumulative].map(formatFloat)
	}));
	const head = { mark: ' ', cells: ['above', 'up to', 'count', 'cumulative'] };
	const all = [head, ...rows];
	const widths = head.cells.map((_, i) =>
		Math.max(...all.map(({ cells }) => cells[i]?.length ?? 0))
	);
	const lines = all.map(
		({ mark, cells }) =>
			`${mark} ${cells.map((cell, i) => cell.padStart(widths[i] ?? 0)).join('  ')}`
	);
	const hidden = buckets.total - rows.length;
	return hidden > 0 ? [...lines, `  … and ${hidden} other ${word(hidden, 'bucket')}`] : lines;
}

function groupLines({ groups }: AggregationDetail): string[] {
	const lines = groups.items.flatMap(({ labels, members, results }) => [
		`${formatLabels(labels)} = ${valuesText(results)}`,
		...members.items.map(
			(member) => `  ${member.chosen === false ? '✗ ' : ''}${memberText(member)}`
		),
		...moreOf(members, 'series').map((line) => `  ${line}`)
	]);
	return [...lines, ...moreOf(groups, 'groups')];
}

function matchLines({ groups }: MatchDetail): string[] {
	const lines = groups.items.flatMap((group) => [
		`${formatLabels(group.labels)} ${group.fate}: ${sideText(group)}`,
		...(group.orphan ? [`  ${group.orphan.reason}`] : [])
	]);
	return [...lines, ...moreOf(groups, 'groups')];
}

function sideText({ left, right, results }: MatchGroup): string {
	const result = results.total > 0 ? `, result ${valuesText(results)}` : '';
	return `left ${valuesText(left)}, right ${valuesText(right)}${result}`;
}

function memberLines(members: Bounded<Member>, mark = ''): string[] {
	return [
		...members.items.map((member) => mark + memberText(member)),
		...moreOf(members, 'series')
	];
}

/** The value, where there is one alone. */
function valuesText({ items, total }: Bounded<Member>): string {
	const [only] = items;
	if (total === 0) return 'none';
	return only && total === 1 ? valueText(only) : `${total} series`;
}

function memberText(member: Member): string {
	return `${formatLabels(member.labels)} ${valueText(member)}`;
}

function valueText({ value, histogram }: Member): string {
	return histogram ? formatHistogram(histogram) : formatFloat(value);
}

function moreOf({ items, total }: Bounded<unknown>, noun: string): string[] {
	return total > items.length ? [`… and ${total - items.length} other ${noun}`] : [];
}

function word(count: number, noun: string): string {
	return count === 1 ? noun : `${noun}s`;
}
