import { spawnSync } from 'node:child_process';
import { decodeUtf8 } from '#engine/model';
import { sampleText, type Page } from '../exposition/prometheus-pages.ts';

/** A page, and whether its classic samples stay beside the histograms that are made of them. */
export interface ClassicPage extends Page {
	readonly keepClassic: boolean;
}

/** What became of a page, as texts that compare. */
export interface Conversion {
	/** What the parser says of a page that it refuses. The samples are those before the fault then. */
	readonly error?: string;
	/** Why Prometheus' parser cannot be asked: it panics, or never ends. */
	readonly mute?: string;
	/** Samples and histograms in order, with timestamps and exemplars. */
	readonly samples: readonly string[];
}

/** What Prometheus' own parser makes of the pages (tests/oracle/nhcb.go). */
export function convertWithPrometheus(
	program: string,
	pages: readonly ClassicPage[]
): Conversion[] {
	const input = pages.map(({ contentType, body, keepClassic }) =>
		JSON.stringify({ contentType, body: Buffer.from(body).toString('base64'), keepClassic })
	);
	const { stdout, status } = spawnSync(program, ['nhcb'], {
		input: `${input.join('\n')}\n`,
		encoding: 'utf8',
		maxBuffer: 1 << 30
	});
	if (status !== 0) throw new Error(`the Go program has ended with status ${status}`);
	const lines = stdout.trimEnd().split('\n');
	if (lines.length !== pages.length) throw new Error('the Go program has not answered every page');
	return lines.map((line) => fromWire(JSON.parse(line) as WirePage));
}

interface WirePage {
	readonly error?: string;
	readonly mute?: string;
	readonly samples?: readonly WireSample[];
}

/** Texts are bytes in base64; floats are their bits in hexadecimal, timestamps milliseconds. */
interface WireSample {
	readonly labels: readonly string[];
	readonly value?: string;
	readonly histogram?: WireHistogram;
	readonly timestamp?: string;
	readonly exemplars?: readonly Omit<WireSample, 'exemplars'>[];
}

/** A histogram with the bits of its floats. */
export interface WireHistogram {
	readonly schema: number;
	readonly count: string;
	readonly sum: string;
	readonly indexes: readonly number[];
	readonly counts: readonly string[];
	readonly bounds: readonly string[];
}

/** A float in a text: its bits in hexadecimal; all that is not a number is the same here, because JavaScript does not tell which it is. */
export function floatText(bits: string): string {
	word[0] = BigInt(`0x${bits}`);
	return Number.isNaN(float[0]) ? 'NaN' : bits;
}

const word = new BigUint64Array(1);
const float = new Float64Array(word.buffer);

/** One histogram in a text. */
export function histogramText(histogram: WireHistogram): string {
	const { schema, count, sum, indexes, counts, bounds } = histogram;
	const floats = [count, sum, ...counts, ...bounds].map(floatText);
	return JSON.stringify([schema, indexes, bounds.length, floats]);
}

function fromWire({ error, mute, samples = [] }: WirePage): Conversion {
	return {
		...(error !== undefined && { error }),
		...(mute !== undefined && { mute }),
		samples: samples.map(textOf)
	};
}

function textOf({ labels, value, histogram, timestamp, exemplars }: WireSample): string {
	return sampleText(
		labels.map((text) => decodeUtf8(Buffer.from(text, 'base64'))),
		histogram ? histogramText(histogram) : floatText(value as string),
		timestamp === undefined ? undefined : Number(timestamp),
		exemplars && exemplars.map(textOf).join(' # ')
	);
}
