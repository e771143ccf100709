/** A line of a /metrics page as it is shown. */
export interface ExpositionLine {
	/** 1-based, of the whole page. */
	readonly number: number;
	readonly kind: 'sample' | 'comment';
	/** Metric and labels of a sample; all of a comment. */
	readonly text: string;
	/** What comes after metric and labels: the value, and a timestamp or exemplar if there is one. */
	readonly value: string;
	/** How a sample differs from the scrape before: `+15`, `new`; empty when it does not. */
	readonly change: string;
}

export interface ExpositionPage {
	readonly lines: readonly ExpositionLine[];
	/** Of the whole page, however much of it is shown. */
	readonly lineCount: number;
	/** Of what is shown. */
	readonly sampleCount: number;
	/** UTF-16 units of the whole page: its size in bytes, for the ASCII that it nearly always is. */
	readonly size: number;
}

/** Lines that are read; a page of a million would freeze the tab for nobody's benefit. */
export const MOST_LINES = 10_000;
const LONGEST_TEXT = 600;

// A metric, and labels in which quoted text may hold anything.
const SAMPLE = /^[^\s{]*(?:\{(?:[^"}]|"[^"\\]*(?:\\.[^"\\]*)*")*\})?/;

/** Reads a page for people, and compares it with the one before by metric and labels. */
export function readExposition(text: string, before?: ExpositionPage): ExpositionPage {
	const known = before && valuesOf(before);
	const lines: ExpositionLine[] = [];
	let lineCount = 0;
	for (let from = 0; from < text.length;) {
		const end = text.indexOf('\n', from);
		const to = end < 0 ? text.length : end;
		lineCount++;
		if (lines.length < MOST_LINES && to > from) {
			lines.push(readLine(lineCount, text.slice(from, to), known));
		}
		from = to + 1;
	}
	const sampleCount = lines.reduce((sum, { kind }) => sum + Number(kind === 'sample'), 0);
	return { lines, lineCount, sampleCount, size: text.length };
}

function readLine(
	number: number,
	line: string,
	known: ReadonlyMap<string, string> | undefined
): ExpositionLine {
	if (line.startsWith('#')) {
		return { number, kind: 'comment', text: cut(line), value: '', change: '' };
	}
	const series = SAMPLE.exec(line)?.[0] ?? '';
	const value = line.slice(series.length).trim();
	const text = cut(series);
	return { number, kind: 'sample', text, value: cut(value), change: changeOf(text, value, known) };
}

function changeOf(
	series: string,
	value: string,
	known: ReadonlyMap<string, string> | undefined
): string {
	if (!known) return '';
	const before = known.get(series);
	if (before === undefined) return 'new';
	if (before === value) return '';
	const difference = Number.parseFloat(value) - Number.parseFloat(before);
	if (!Number.isFinite(difference)) return 'changed';
	const digits = Number(Math.abs(difference).toPrecision(4)).toString();
	return `${difference < 0 ? '−' : '+'}${digits}`;
}

function valuesOf({ lines }: ExpositionPage): Map<string, string> {
	return new Map(
		lines.filter(({ kind }) => kind === 'sample').map(({ text, value }) => [text, value])
	);
}

/** Long label values would make a line that no screen shows. */
function cut(text: string): string {
	return text.length <= LONGEST_TEXT
		? text
		: `${text.slice(0, LONGEST_TEXT)}… (${text.length.toLocaleString('en')} characters)`;
}

/** The lines that contain a text, whatever its case; a family's comments go with its samples only where they match themselves. */
export function filterLines(page: ExpositionPage, search: string): readonly ExpositionLine[] {
	const wanted = search.trim().toLowerCase();
	if (wanted === '') return page.lines;
	return page.lines.filter(({ text, value }) => `${text} ${value}`.toLowerCase().includes(wanted));
}
