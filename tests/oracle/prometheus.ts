import { createInterface } from 'node:readline';
import type { FloatHistogram } from '#engine/model';
import type { Features } from '#engine/promql';
import type { Answer } from './answer.ts';
import { isHistogram, toWire, type DataSet, type TestSeries } from './data-set.ts';
import { startGoProgram, type GoProcess } from './go-program.ts';
import { fromJsonNumber, type JsonNumber } from './json-number.ts';
import { treeText } from './query-tree.ts';
import type { TestQuery } from './random-query.ts';

/** What the parser of Prometheus says of a text: how it prints it, or its first complaint and where, in bytes. */
export interface ParseAnswer {
	readonly text?: string;
	readonly pretty?: string;
	readonly error?: string;
	readonly from: number;
	readonly to: number;
}

/** Prometheus' engine in a process of its own. Several requests may be under way at once. */
export class Prometheus {
	readonly #process: GoProcess;
	readonly #waiting = new Map<number, Waiting>();
	#lastId = 0;

	constructor(path: string) {
		this.#process = startGoProgram(path, ['answer']);
		const lines = createInterface({ input: this.#process.stdout });
		lines.on('line', (line) => this.#receive(JSON.parse(line) as Reply));
		lines.on('close', () => this.#fail(new Error('the Go program has ended')));
	}

	/** For each query all distinct answers in so many attempts. */
	async answers(data: DataSet, queries: readonly TestQuery[], attempts = 1): Promise<Answer[][]> {
		const reply = await this.#ask({
			...toWire(data),
			queries: queries.map(({ tree, start, end, step, lookback, features }) => ({
				query: treeText(tree, data.base),
				start: data.base + start,
				end: data.base + end,
				step,
				lookback,
				features,
				attempts
			}))
		});
		return (reply.answers ?? []).map((distinct) => distinct.map(fromWire));
	}

	/** The data as its store gives them back: histograms get hints, and the layout of their chunk. */
	async stored(data: DataSet): Promise<DataSet> {
		const changes = ({ samples, startTimes }: TestSeries) =>
			startTimes !== undefined || samples.some(isHistogram);
		if (!data.head || !data.series.some(changes)) return data;
		const { stored = [] } = await this.#ask({ ...toWire(data), readBack: true });
		const series = data.series.map((one, i) =>
			changes(one) ? withStored(one, stored[i] as WireStored, data.base) : one
		);
		return { ...data, series };
	}

	async parse(texts: readonly string[], features: Features): Promise<readonly ParseAnswer[]> {
		return (await this.#ask({ parse: texts, features })).parsed ?? [];
	}

	/** Ends the process. */
	close(): void {
		this.#process.stdin.end();
	}

	#ask(request: object): Promise<Reply> {
		const id = ++this.#lastId;
		return new Promise((resolve, reject) => {
			this.#waiting.set(id, { resolve, reject });
			this.#process.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
		});
	}

	#receive(reply: Reply): void {
		const waiting = this.#waiting.get(reply.id);
		if (reply.error === undefined) waiting?.resolve(reply);
		else waiting?.reject(new Error(reply.error));
		this.#waiting.delete(reply.id);
	}

	#fail(error: Error): void {
		for (const { reject } of this.#waiting.values()) reject(error);
		this.#waiting.clear();
	}
}

interface Waiting {
	readonly resolve: (reply: Reply) => void;
	readonly reject: (error: Error) => void;
}

interface Reply {
	readonly id: number;
	readonly error?: string;
	readonly stored?: readonly WireStored[];
	readonly answers?: readonly (readonly WireAnswer[])[];
	readonly parsed?: readonly ParseAnswer[];
}

interface WireAnswer {
	readonly error?: string;
	readonly type?: string;
	readonly text?: string;
	readonly series?: readonly WireSeries[];
	readonly warnings?: readonly string[];
	readonly infos?: readonly string[];
}

interface WireSeries {
	readonly labels: readonly string[];
	readonly times?: readonly number[];
	readonly values?: readonly JsonNumber[];
	readonly histogramTimes?: readonly number[];
	readonly histograms?: readonly WireHistogram[];
}

interface WireBuckets {
	readonly indexes: readonly number[];
	readonly counts: readonly JsonNumber[];
}

interface WireHistogram extends Pick<FloatHistogram, 'schema' | 'counterReset'> {
	readonly zeroThreshold: JsonNumber;
	readonly zeroCount: JsonNumber;
	readonly count: JsonNumber;
	readonly sum: JsonNumber;
	readonly positive: WireBuckets;
	readonly negative: WireBuckets;
	readonly customValues: readonly JsonNumber[];
}

interface WireStored {
	readonly times?: readonly number[];
	readonly startTimes?: readonly number[];
	/** By the place of the sample among those that are there. */
	readonly histograms?: Readonly<Record<string, WireHistogram>>;
}

/** A series with what the store made of its histograms and start times. Throws when it lost a sample or made one up. */
function withStored(series: TestSeries, stored: WireStored, base: number): TestSeries {
	const { samples, times, startTimes } = series;
	const rows = [...samples.keys()].filter((row) => samples[row] !== 'absent');
	const expected = rows.map((row) => base + (times[row] as number));
	if (expected.join() !== (stored.times ?? []).join()) throw new Error('the store lost samples');
	const places = new Map(rows.map((row, place) => [row, place]));
	const storedAt = (row: number) => stored.histograms?.[places.get(row) ?? ''];
	return {
		...series,
		samples: samples.map((sample, row) => {
			const histogram = storedAt(row);
			return isHistogram(sample) && histogram ? histogramFromWire(histogram) : sample;
		}),
		startTimes:
			startTimes &&
			samples.map((_, row) => {
				const time = stored.startTimes?.[places.get(row) ?? -1];
				return time ? time - base : undefined;
			})
	};
}

function fromWire({
	error,
	type,
	text,
	series = [],
	warnings = [],
	infos = []
}: WireAnswer): Answer {
	return {
		error,
		type,
		text,
		series: series.map(
			({ labels, times = [], values = [], histogramTimes = [], histograms = [] }) => ({
				labels,
				floats: times.map((time, i) => ({ time, value: fromJsonNumber(values[i] as JsonNumber) })),
				histograms: histogramTimes.map((time, i) => ({
					time,
					value: histogramFromWire(histograms[i] as WireHistogram)
				}))
			})
		),
		warnings,
		infos
	};
}

function histogramFromWire(wire: WireHistogram): FloatHistogram {
	const buckets = ({ indexes, counts }: WireBuckets) => ({
		indexes,
		counts: counts.map(fromJsonNumber)
	});
	return {
		schema: wire.schema,
		zeroThreshold: fromJsonNumber(wire.zeroThreshold),
		zeroCount: fromJsonNumber(wire.zeroCount),
		count: fromJsonNumber(wire.count),
		sum: fromJsonNumber(wire.sum),
		positive: buckets(wire.positive),
		negative: buckets(wire.negative),
		customValues: wire.customValues.map(fromJsonNumber),
		counterReset: wire.counterReset
	};
}
