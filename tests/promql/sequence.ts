import { METRIC_NAME, labelsFromPairs, parseFloatGo, type Labels } from '#engine/model';
import type { Point } from '../engine/promql/memory-querier.ts';

/** A series as scripts write it: `metric{label="value"} 1 2+3x4 _ stale`. */
export interface SeriesLine {
	readonly labels: Labels;
	readonly points: readonly Point[];
}

const NUMBER = String.raw`[+-]?(?:Inf|NaN|\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)`;
const ITEM = new RegExp(`^(_|stale|${NUMBER})(?:([+-])(${NUMBER}))?(?:x(\\d+))?$`, 'i');
const LABEL =
	/\s*(?:([a-zA-Z_][\w.]*|"(?:[^"\\]|\\.)*")\s*=\s*)?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*,?/y;

/** Reads a series line. Throws on anything else. */
export function parseSeriesLine(line: string): SeriesLine {
	const name = /^[a-zA-Z_:][\w:]*/.exec(line)?.[0] ?? '';
	const rest = line.slice(name.length);
	const { pairs, end } = rest.startsWith('{') ? parseLabels(rest) : { pairs: [], end: 0 };
	if (name !== '') pairs.push([METRIC_NAME, name]);
	const items = rest.slice(end).trim();
	return {
		labels: labelsFromPairs(pairs),
		points: items === '' ? [] : items.split(/\s+/).flatMap(parseItem)
	};
}

function parseLabels(text: string): { pairs: [string, string][]; end: number } {
	const pairs: [string, string][] = [];
	let at = 1;
	while (text[at] !== '}') {
		LABEL.lastIndex = at;
		const match = LABEL.exec(text);
		if (!match) throw new Error(`no labels: ${text}`);
		const [whole, label, value = ''] = match;
		const name = label === undefined ? METRIC_NAME : label.startsWith('"') ? unquote(label) : label;
		pairs.push([name, unquote(value)]);
		at += whole.length;
		while (text[at] === ' ') at++;
	}
	return { pairs, end: at + 1 };
}

function unquote(text: string): string {
	if (text.startsWith('"'))
		return JSON.parse(text.replace(/\\x([0-9a-f]{2})/gi, '\\u00$1')) as string;
	return text.slice(1, -1).replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c));
}

/** Reads one item: `_`, `_x3`, `stale`, `1`, `1x3`, `1+2x3`; with x it stands for one value more than the number says. */
export function parseItem(item: string): Point[] {
	const match = ITEM.exec(item);
	if (!match) throw new Error(`no value: ${item}`);
	const [, first = '', sign, by = '0', times] = match;
	if (first === '_') return new Array<Point>(Number(times ?? 1)).fill('absent');
	const count = Number(times ?? 0) + 1;
	if (first === 'stale') return new Array<Point>(count).fill('stale');
	const step = (sign === '-' ? -1 : 1) * parseNumber(by);
	const points: number[] = [];
	for (let value = parseNumber(first); points.length < count; value += step) points.push(value);
	return points;
}

/** Reads a number as Prometheus does; hexadecimal too. */
export function parseNumber(text: string): number {
	const value = /^[+-]?0x[0-9a-f]+$/i.test(text) ? Number(text) : parseFloatGo(text);
	if (value === undefined) throw new Error(`no number: ${text}`);
	return value;
}
