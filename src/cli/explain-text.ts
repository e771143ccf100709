import { formatDuration, formatLabels, type Span, type Timestamp } from '#engine/model';
import {
	applyFix,
	offsetOfPosition,
	type ExplainedNode,
	type ExplainOutcome,
	type Explanation,
	type Finding
} from '#engine/promql';
import { detailLines } from './explain-detail.ts';

/** Longer nodes do not push the figures of all others to the right. */
const WIDEST_NODE = 72;

/** What a query did, for a terminal: the tree with its figures and details, where data vanished, and advice. */
export function explanationAsText(
	query: string,
	outcome: ExplainOutcome,
	findings: readonly Finding[]
): string {
	const { explanation } = outcome;
	const parts = [
		...(outcome.ok ? [] : [errorLines(query, outcome)]),
		...(explanation ? [heading(explanation), treeLines(explanation)] : []),
		...(explanation ? [endLines(explanation)] : []),
		...(outcome.ok ? [hintLines(outcome.hint)] : []),
		adviceLines(query, findings)
	];
	return parts
		.filter((lines) => lines.length > 0)
		.map((lines) => lines.join('\n'))
		.join('\n\n');
}

/** The error, the line of the query with a caret below the place, and what to do. */
function errorLines(query: string, outcome: Failure): string[] {
	const { message, hint } = outcome;
	return [`error: ${message}`, ...placeLines(query, placeOf(query, outcome)), ...hintLines(hint)];
}

function hintLines(hint: string | undefined): string[] {
	return hint === undefined ? [] : [`hint: ${hint}`];
}

type Failure = Extract<ExplainOutcome, { ok: false }>;

/** Where in the query an error is: where its message says, or else the part that failed. */
function placeOf(query: string, { message, explanation }: Failure): Span | undefined {
	const [, line, column] = /^(\d+):(\d+): /.exec(message) ?? [];
	if (line !== undefined && column !== undefined) {
		const from = offsetOfPosition(query, Number(line), Number(column));
		return { from, to: from + 1 };
	}
	if (explanation?.failedAt === undefined) return undefined;
	return nodeOf(explanation.root, explanation.failedAt)?.span;
}

/** The line, and below it a mark under the place as far as it is on that line. */
function placeLines(query: string, place: Span | undefined): string[] {
	if (!place) return [];
	const start = query.slice(0, place.from).lastIndexOf('\n') + 1;
	const [line = ''] = query.slice(start).split('\n');
	const indent = line.slice(0, place.from - start).replace(/[^\t]/gu, ' ');
	const [marked = ''] = query.slice(place.from, place.to).split('\n');
	const mark = `^${'~'.repeat(Math.max(0, [...marked].length - 1))}`;
	return [`  ${line}`, `  ${indent}${mark}`];
}

function heading({ grid, focus, root }: Explanation): string[] {
	const { start, step, count } = grid;
	const at = moment(focus.time);
	const end = moment(start + (count - 1) * step);
	const when =
		count > 1
			? `${count} steps of ${formatDuration(step)} from ${moment(start)} to ${end}; details at ${at}`
			: `at ${at}`;
	const about = focus.labels.length > 0 ? `, about ${formatLabels(focus.labels)}` : '';
	return [`${when}${about}`, `${milliseconds(root.time.total, 1)} in all`];
}

interface Row {
	readonly text: string;
	readonly figures: readonly string[];
	readonly details: readonly string[];
}

function treeLines({ root, failedAt, vanishedAt }: Explanation): string[] {
	const rows: Row[] = [];
	const visit = (node: ExplainedNode, first: string, rest: string) => {
		const { children } = node;
		const trunk = children.length > 0 ? '│ ' : '  ';
		const marks =
			(node.id === failedAt ? '  ✗ the error is here' : '') +
			(node.id === vanishedAt?.node ? '  ∅ the data vanished here' : '');
		rows.push({
			text: first + node.text,
			figures: figuresOf(node, marks),
			details: detailLines(node.detail).map((line) => `${rest}${trunk} ${line}`)
		});
		for (const [i, child] of children.entries()) {
			const isLast = i === children.length - 1;
			visit(child, `${rest}${isLast ? '└─ ' : '├─ '}`, `${rest}${isLast ? '   ' : '│  '}`);
		}
	};
	visit(root, '', '');
	return aligned(rows);
}

function figuresOf(node: ExplainedNode, marks: string): string[] {
	const { type, seriesIn, seriesOut, samplesRead, time, evaluated } = node;
	if (!evaluated) return [type, `not evaluated${marks}`, '', ''];
	const isSeries = type === 'vector' || type === 'matrix';
	return [
		type,
		isSeries ? `${seriesIn} → ${seriesOut} series` : '',
		samplesRead > 0 ? `${samplesRead} samples` : '',
		`${milliseconds(time.own, 2)}${marks}`
	];
}

/** The figures below each other, to the right of all nodes but the widest. */
function aligned(rows: readonly Row[]): string[] {
	const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => text.length));
	const width = widest(rows.map(({ text }) => text).filter((text) => text.length <= WIDEST_NODE));
	const columns = [0, 1, 2].map((i) => widest(rows.map(({ figures }) => figures[i] ?? '')));
	return rows.flatMap(({ text, figures, details }) => {
		const cells = figures.map((figure, i) => figure.padEnd(columns[i] ?? 0));
		return [`${text.padEnd(width)}  ${cells.join('  ')}`.trimEnd(), ...details];
	});
}

function endLines({ vanishedAt, root, annotations }: Explanation): string[] {
	const lost = vanishedAt && nodeOf(root, vanishedAt.node);
	return [
		...(lost
			? [`There is no result. The data vanished at ${lost.text}:`, `  ${vanishedAt.reason}`]
			: []),
		...annotations.map(({ level, text }) => `${level}: ${text.replace(/^PromQL \w+: /, '')}`)
	];
}

function nodeOf(root: ExplainedNode, id: number): ExplainedNode | undefined {
	if (root.id === id) return root;
	return root.children.map((child) => nodeOf(child, id)).find((found) => found !== undefined);
}

function adviceLines(query: string, findings: readonly Finding[]): string[] {
	return findings.flatMap((finding) => {
		const { level, rule, span, message, fix } = finding;
		return [
			`${level === 'warning' ? 'advice' : 'remark'} (${rule}) on ${query.slice(span.from, span.to)}:`,
			`  ${message}`,
			...(fix ? [`  ${fix.title}: ${applyFix(query, fix)}`] : [])
		];
	});
}

function milliseconds(time: number, digits: number): string {
	return `${time.toFixed(digits)} ms`;
}

function moment(at: Timestamp): string {
	return new Date(at).toISOString().replace('.000Z', 'Z');
}
