import { formatLabels, labelsKey, parseDuration, type Duration } from '#engine/model';
import { parseSeriesLine, type SeriesLine } from './sequence.ts';
import type { SourceLines } from './source-lines.ts';
import { parseStartOffsets, splitStartLine, type StartOffset } from './start-timestamps.ts';

/** `load`: samples of series, the first at time 0 and then every step. */
export interface LoadCommand {
	readonly kind: 'load';
	readonly line: number;
	readonly step: Duration;
	/** `load_with_nhcb`: also the native histograms with custom buckets that the classic ones make up. */
	readonly withNhcb: boolean;
	readonly series: readonly LoadedSeries[];
}

/** A series to load, with when its counting began if that is said. */
export interface LoadedSeries extends SeriesLine {
	readonly startOffsets?: readonly StartOffset[];
}

const LOAD = /^load(_with_nhcb)?\s+(.+?)$/i;

/** Reads a load command whose first line is `head`. A series that is named again replaces what was said before. */
export function parseLoad(head: string, lines: SourceLines): LoadCommand {
	const match = LOAD.exec(head);
	if (!match) throw new Error('invalid load command. (load[_with_nhcb] <step:duration>)');
	const { number: line } = lines;
	const series = new Map<string, LoadedSeries>();
	let pending: { series: string; startOffsets: StartOffset[] } | undefined;
	for (let text = lines.nextInBlock(); text !== undefined; text = lines.nextInBlock()) {
		const start = splitStartLine(text);
		if (start) {
			if (pending) throw new Error('@st line has no following sample line');
			pending = { series: start.series, startOffsets: parseStartOffsets(start.offsets) };
			continue;
		}
		const parsed = parseSeriesLine(text);
		series.set(labelsKey(parsed.labels), pending ? withStarts(parsed, pending) : parsed);
		pending = undefined;
	}
	if (pending) throw new Error('@st line has no following sample line');
	const step = parseDuration(match[2] as string);
	return {
		kind: 'load',
		line,
		step,
		withNhcb: match[1] !== undefined,
		series: [...series.values()]
	};
}

function withStarts(
	parsed: SeriesLine,
	{ series, startOffsets }: { series: string; startOffsets: readonly StartOffset[] }
): LoadedSeries {
	const { labels } = parseSeriesLine(series);
	if (labelsKey(labels) !== labelsKey(parsed.labels)) {
		throw new Error(`@st line is of ${formatLabels(labels)}, not ${formatLabels(parsed.labels)}`);
	}
	const count = parsed.points.length;
	if (startOffsets.length !== count) {
		throw new Error(`@st line has ${startOffsets.length} values but sample line has ${count}`);
	}
	return { ...parsed, startOffsets };
}
