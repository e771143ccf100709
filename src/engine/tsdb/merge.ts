import {
	ABSENT,
	SAMPLE,
	type FloatHistogram,
	type Labels,
	type SeriesColumns
} from '#engine/model';

/**
 * One series out of several pieces of it with distinct times, such as the ones before and after its target was restarted.
 * The result has columns of its own, so it shares its times with no other series.
 */
export function mergeColumns(labels: Labels, pieces: readonly SeriesColumns[]): SeriesColumns {
	const capacity = pieces.reduce((sum, piece) => sum + piece.end - piece.start, 0);
	const times = new Float64Array(capacity);
	const values = new Float64Array(capacity);
	const marks = new Uint8Array(capacity);
	const histograms = pieces.some((piece) => piece.histograms)
		? new Array<FloatHistogram | undefined>(capacity)
		: undefined;
	const cursors = pieces.map((piece) => piece.start);
	let end = 0;
	let marked = false;
	for (let i = earliest(pieces, cursors); i >= 0; i = earliest(pieces, cursors)) {
		const piece = pieces[i] as SeriesColumns;
		const row = cursors[i] as number;
		cursors[i] = row + 1;
		const mark = piece.marks?.[row] ?? SAMPLE;
		if (mark === ABSENT) continue;
		times[end] = piece.times[row] as number;
		values[end] = piece.values[row] as number;
		if (histograms) histograms[end] = piece.histograms?.[row];
		marks[end++] = mark;
		marked ||= mark !== SAMPLE;
	}
	return { labels, times, values, marks: marked ? marks : undefined, histograms, start: 0, end };
}

/** Which piece has the earliest row left; -1 when all are used up. */
function earliest(pieces: readonly SeriesColumns[], cursors: readonly number[]): number {
	let found = -1;
	let time = Infinity;
	pieces.forEach((piece, i) => {
		const row = cursors[i] as number;
		if (row >= piece.end || (piece.times[row] as number) >= time) return;
		time = piece.times[row] as number;
		found = i;
	});
	return found;
}
