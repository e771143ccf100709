import type { MatchCardinality, VectorMatching } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { messages } from './messages.ts';
import { unquote } from './strings.ts';
import { isFill, isGroupingLabel, startsExpression } from './tokens.ts';

const UNMATCHED: VectorMatching = {
	cardinality: 'one-to-one',
	on: false,
	labels: [],
	include: []
};

/** on(…) or ignoring(…), and group_left(…) or group_right(…), each of which may be missing. */
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
	if (isFill(cursor.peek())) {
		cursor.fail(messages.notAvailable(`the ${cursor.peek()} modifier`), cursor.span());
	}
	return matching;
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
	// Any UTF-8 is a label name, but not nothing.
	if (label === '') cursor.report(messages.invalidGroupingLabel(label), cursor.span());
	cursor.take();
	return label;
}
