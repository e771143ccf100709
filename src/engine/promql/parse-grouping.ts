import { isValidLabelName } from '#engine/model';
import type { MatchCardinality, VectorMatching } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { messages } from './messages.ts';
import { parseNumberToken, parseSign } from './parse-number.ts';
import { unquote } from './strings.ts';
import { isFill, isGroupingLabel, startsExpression } from './tokens.ts';

const UNMATCHED: VectorMatching = {
	cardinality: 'one-to-one',
	on: false,
	labels: [],
	include: []
};

/** on(…) or ignoring(…), group_left(…) or group_right(…), and fills, each of which may be missing. */
export function parseMatching(cursor: Cursor): VectorMatching {
	const kind = cursor.peek();
	let matching = UNMATCHED;
	if (kind === 'on' || kind === 'ignoring') {
		cursor.take();
		const labels = parseGroupingLabels(cursor);
		const cardinality = parseCardinality(cursor);
		const include = cardinality === 'one-to-one' ? [] : parseIncludedLabels(cursor);
		matching = { cardinality, on: kind === 'on', labels, include };
	}
	return isFill(cursor.peek()) ? { ...matching, fill: parseFills(cursor) } : matching;
}

type Fill = NonNullable<VectorMatching['fill']>;

/** fill(…), or fill_left(…) and fill_right(…) in any order; the cursor stands on the first. */
function parseFills(cursor: Cursor): Fill {
	const first = cursor.peek();
	cursor.take();
	const value = parseFillValue(cursor);
	if (first === 'fill') return { left: value, right: value };
	const isLeft = first === 'fill_left';
	if (!cursor.accept(isLeft ? 'fill_right' : 'fill_left')) {
		return isLeft ? { left: value } : { right: value };
	}
	const other = parseFillValue(cursor);
	return isLeft ? { left: value, right: other } : { left: other, right: value };
}

function parseFillValue(cursor: Cursor): number {
	cursor.expect('(');
	const kind = cursor.peek();
	const sign = kind === '+' || kind === '-' ? parseSign(cursor) : 1;
	const next = cursor.peek();
	if (next !== 'number' && next !== 'duration') cursor.unexpected();
	const { value } = parseNumberToken(cursor);
	cursor.expect(')');
	return sign * value;
}

function parseCardinality(cursor: Cursor): MatchCardinality {
	if (cursor.accept('group_left')) return 'many-to-one';
	return cursor.accept('group_right') ? 'one-to-many' : 'one-to-one';
}

/** How an aggregation groups. */
export interface Grouping {
	readonly grouping: readonly string[];
	readonly without: boolean;
}

/** by(…) or without(…); undefined where neither stands. */
export function parseGrouping(cursor: Cursor): Grouping | undefined {
	const kind = cursor.peek();
	if (kind !== 'by' && kind !== 'without') return undefined;
	cursor.take();
	return { grouping: parseGroupingLabels(cursor), without: kind === 'without' };
}

/** The labels of group_left or group_right, which may be missing. */
function parseIncludedLabels(cursor: Cursor): readonly string[] {
	const kind = cursor.peek();
	return kind === '(' || !(startsExpression(kind) || isFill(kind))
		? parseGroupingLabels(cursor)
		: [];
}

const GROUPING = 'grouping opts';

function parseGroupingLabels(cursor: Cursor): string[] {
	cursor.expect('(', GROUPING, '"("');
	const labels: string[] = [];
	if (cursor.accept(')')) return labels;
	do {
		labels.push(parseGroupingLabel(cursor));
		const kind = cursor.peek();
		if (kind !== ',' && kind !== ')') cursor.unexpected(GROUPING, '"," or ")"');
	} while (cursor.accept(',') && cursor.peek() !== ')');
	cursor.take();
	return labels;
}

function parseGroupingLabel(cursor: Cursor): string {
	const kind = cursor.peek();
	if (kind !== 'string' && !isGroupingLabel(kind)) cursor.unexpected(GROUPING, 'label');
	const text = cursor.text();
	const label = kind === 'string' ? unquote(text) : text;
	if (kind === 'string' && !isValidLabelName(label)) {
		cursor.report(messages.invalidGroupingLabel(label), cursor.span());
	}
	cursor.take();
	return label;
}
