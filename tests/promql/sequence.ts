import { METRIC_NAME, labelsFromPairs, parseDuration, type Labels } from '#engine/model';
import { unquote } from '../../src/engine/promql/strings.ts';
import { parseGoNumber } from './go-number.ts';
import type { HistogramPoint } from './histogram-literal.ts';
import { parseHistogramItem } from './histogram-sequence.ts';

/** A value of a series at one time as a script writes it: a sample, nothing, or the marker of its end. */
export type SequencePoint = number | HistogramPoint | 'absent' | 'stale';

/** A series as scripts write it: `metric{label="value"} 1 2+3x4 _ stale {{sum:3}}`. */
export interface SeriesLine {
	readonly labels: Labels;
	readonly points: readonly SequencePoint[];
}

/** Reads a series line (promql/parser/generated_parser.y, series_description). Throws on anything else. */
export function parseSeriesLine(line: string): SeriesLine {
	const name = /^[a-zA-Z_:][\w:]*/.exec(line)?.[0] ?? '';
	const rest = line.slice(name.length).trimStart();
	const hasBraces = rest.startsWith('{') && !rest.startsWith('{{');
	if (name === '' && !hasBraces) throw new Error(`no series: ${line}`);
	const { pairs, end } = hasBraces ? parseLabels(rest) : { pairs: [], end: 0 };
	if (name !== '') pairs.push([METRIC_NAME, name]);
	const items = rest.slice(end);
	if (hasBraces && /^\S/.test(items)) throw new Error(`no values: ${items}`);
	return { labels: labelsFromPairs(pairs), points: parseSequence(items) };
}

const STRING = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|` + '`[^`]*`';
const LABEL = new RegExp(
	String.raw`\s*(?:([a-zA-Z_]\w*|${STRING})\s*=\s*)?(${STRING})\s*(,|(?=\}))`,
	'y'
);

function parseLabels(text: string): { pairs: [string, string][]; end: number } {
	const pairs: [string, string][] = [];
	let at = 1;
	while (text[at] !== '}') {
		LABEL.lastIndex = at;
		const match = LABEL.exec(text);
		if (!match) {
			if (/^\s*\}/.test(text.slice(at))) break;
			throw new Error(`no labels: ${text}`);
		}
		const [whole, label, value = ''] = match;
		const name = label === undefined ? METRIC_NAME : /^\w/.test(label) ? label : unquote(label);
		pairs.push([name, unquote(value)]);
		at += whole.length;
	}
	return { pairs, end: text.indexOf('}', at) + 1 };
}

/** Items are apart by blanks, except that a histogram has blanks of its own. */
const ITEMS = /(?:\{\{.*?\}\}|\S)+/g;

/** Reads the values of a series. */
export function parseSequence(text: string): SequencePoint[] {
	return (text.match(ITEMS) ?? []).flatMap((item) =>
		item.startsWith('{{') ? parseHistogramItem(item) : parseItem(item)
	);
}

// A word swallows the letters and digits behind it, so `stale`, `Inf` and `NaN` can not be repeated.
const NUMBER = String.raw`[+-]?(?:\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|\d+[smhdwy][smhdwy\d]*)`;
const WORD = String.raw`[+-]?(?:[iI][nN][fF]|[nN][aA][nN])`;
const ITEM = new RegExp(`^(${NUMBER}|${WORD}(?!x))(?:(?:([+-])(${NUMBER.slice(5)}))?x(\\d+))?$`);

/** Reads one item: `_`, `_x3`, `stale`, `1`, `1x3`, `1+2x3`; with x it stands for one value more than the number says. */
function parseItem(item: string): SequencePoint[] {
	if (item === 'stale') return ['stale'];
	const gap = /^_(?:x(\d+))?$/.exec(item);
	if (gap) return new Array<SequencePoint>(Number(gap[1] ?? 1)).fill('absent');
	const match = ITEM.exec(item);
	if (!match) throw new Error(`no value: ${item}`);
	const [, first = '', sign, by = '0', times = '0'] = match;
	const step = (sign === '-' ? -1 : 1) * parseValue(by);
	const points: number[] = [];
	for (let value = parseValue(first); points.length <= Number(times); value += step) {
		points.push(value);
	}
	return points;
}

/** A number, or a duration, which is a number of seconds. */
function parseValue(text: string): number {
	const value = parseGoNumber(text);
	if (value !== undefined) return value;
	const seconds = parseDuration(text.replace(/^[+-]/, '')) / 1000;
	return text.startsWith('-') ? -seconds : seconds;
}
