import type { MetricMetadata, SeriesColumns } from '#engine/model';
import { metadataOf } from '../metadata.ts';
import { DATA_AFTER_EOF, OpenMetricsReader } from '../openmetrics-reader.ts';
import { PageError } from '../page-error.ts';
import { END, FACT, SAMPLE, type Fact } from '../page-reader.ts';
import { placeOf, type Place } from '../place.ts';
import { SampleSink } from './sample-sink.ts';

/** What a dump holds. */
export interface OpenMetricsDump {
	readonly ok: true;
	/** In the order in which the text first has them; the samples of each in order of time. Equal columns of times are one array. */
	readonly series: readonly SeriesColumns[];
	/** By the name in HELP, TYPE and UNIT lines. */
	readonly metadata: ReadonlyMap<string, MetricMetadata>;
}

/** Something that is wrong with a text, and where. */
export interface DumpProblem extends Place {
	readonly message: string;
}

/** Why a text is no dump. */
export interface UnreadableDump {
	readonly ok: false;
	/** In the order of the text; no more than a hundred. Never empty. */
	readonly problems: readonly DumpProblem[];
}

/** Who has a hundred problems has one, and it is at the beginning. */
const MOST_PROBLEMS = 100;

/**
 * Reads samples with timestamps in OpenMetrics text, as `promtool tsdb create-blocks-from openmetrics` does (cmd/promtool/backfill.go):
 * every sample must have a timestamp; comments, exemplars and types change nothing. Unlike there, the samples of a series may
 * come in any order. A sample that is there twice counts once; two values at one time are a problem.
 *
 * All that is wrong is found in one go: after a line that cannot be read the next one is tried.
 */
export function readOpenMetricsDump(text: Uint8Array): OpenMetricsDump | UnreadableDump {
	const reader = new OpenMetricsReader(text);
	const sink = new SampleSink(text);
	const facts: Fact[] = [];
	const errors: PageError[] = [];
	for (let isGoing = true; isGoing && errors.length < MOST_PROBLEMS;) {
		try {
			const entry = reader.next();
			if (entry === SAMPLE) sink.add(reader);
			else if (entry === FACT && reader.fact) facts.push(reader.fact);
			isGoing = entry !== END;
		} catch (error) {
			if (!(error instanceof PageError)) throw error;
			errors.push(error);
			isGoing = error.message !== DATA_AFTER_EOF && skipLine(reader, text, error.offset);
		}
	}
	const series = sink.finish(errors);
	if (errors.length === 0) return { ok: true, series, metadata: metadataOf(facts) };
	return { ok: false, problems: problemsOf(errors, text) };
}

function problemsOf(errors: readonly PageError[], text: Uint8Array): DumpProblem[] {
	return errors
		.map(({ message, offset = 0 }) => ({ message, offset }))
		.sort((a, b) => a.offset - b.offset)
		.slice(0, MOST_PROBLEMS)
		.map(({ message, offset }) => ({ message, ...placeOf(text, offset) }));
}

/** Goes on after the line of the byte at fault; false when it was the last. */
function skipLine(reader: OpenMetricsReader, text: Uint8Array, offset = 0): boolean {
	const end = text.indexOf(0x0a, Math.max(offset, reader.from));
	if (end < 0) return false;
	reader.skipTo(end + 1);
	return true;
}
