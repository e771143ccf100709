import { parseDuration, type Duration } from '#engine/model';

/**
 * Start timestamps as scripts write them on an `@st` line: offsets from the sample's own time, `-1m`, `_` for none, `-1mx3`,
 * `-1m+10sx3` (promql/promqltest/test.go, parseSTSequence).
 */
export type StartOffset = Duration | 'none';

const SERIES_OF_LINE = /^(\S*)@st[ \t]+(.*)$/;

/** The series and the offsets of an `@st` line; undefined when the line is another. */
export function splitStartLine(line: string): { series: string; offsets: string } | undefined {
	const match = SERIES_OF_LINE.exec(line);
	return match ? { series: match[1] as string, offsets: match[2] as string } : undefined;
}

/** Reads the offsets. Throws where they make no sense. */
export function parseStartOffsets(text: string): StartOffset[] {
	return text
		.split(/\s+/)
		.filter((item) => item !== '')
		.flatMap(parseItem);
}

const DURATION = String.raw`[+-]?\d+[a-wyzA-Z]*`;
const ITEM = new RegExp(`^(${DURATION})(?:(?:([+-])(${DURATION}))?x(\\d+))?$`);

function parseItem(item: string): StartOffset[] {
	if (item === '_') return ['none'];
	const gap = /^_x([1-9]\d*)$/.exec(item);
	if (gap) return new Array<StartOffset>(Number(gap[1])).fill('none');
	const match = ITEM.exec(item);
	if (!match) throw new Error(`no start timestamp: ${item}`);
	const [, first = '', sign, by = '0', times = '0'] = match;
	const step = (sign === '-' ? -1 : 1) * parseSigned(by);
	return Array.from({ length: Number(times) + 1 }, (_, i) => parseSigned(first) + i * step);
}

function parseSigned(text: string): Duration {
	const size = parseDuration(text.replace(/^[+-]/, ''));
	return text.startsWith('-') ? -size : size;
}
