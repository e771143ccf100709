import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { Labels } from '#engine/model';
import type { Answer } from '../answer.ts';
import { fromJsonNumber, type JsonNumber } from '../json-number.ts';
import type { AskedQuery } from './moments.ts';
import type { Markers } from './samples.ts';

/** A folder of blocks, or one that they are to be made in, and what is asked of them. */
export interface BlocksRequest {
	readonly blocks: string;
	/** The OpenMetrics text that the blocks are made of. Without one they are there already. */
	readonly dump?: string;
	/** What is put among its samples. */
	readonly markers?: readonly Markers[];
	readonly queries: readonly AskedQuery[];
}

/** How many blocks there are, how many samples they hold, and the answers in the order of the queries. */
export interface BlocksReply {
	readonly blocks: number;
	readonly samples: number;
	readonly answers: readonly Answer[];
}

/** What Prometheus' own database and engine answer (tests/oracle/export.go). Throws, in its words, when it refuses the dump. */
export function askBlocks(program: string, request: BlocksRequest): BlocksReply {
	mkdirSync(request.blocks, { recursive: true });
	const { stdout, status } = spawnSync(program, ['export'], {
		input: `${JSON.stringify(request)}\n`,
		encoding: 'utf8',
		maxBuffer: 1 << 30
	});
	if (status !== 0) throw new Error(`the Go program has ended with status ${status}`);
	const { error, blocks, samples, answers = [] } = JSON.parse(stdout) as WireReply;
	if (error !== undefined) throw new Error(error);
	return { blocks, samples, answers: answers.map(([first]) => fromWire(first)) };
}

/** What came of promtool. */
export type Promtool =
	{ readonly ok: true; readonly version: string } | { readonly ok: false; readonly reason: string };

/** Which promtool there is, to make blocks with `tsdb create-blocks-from openmetrics`. */
export function findPromtool(): Promtool {
	const { status, stdout } = spawnSync('promtool', ['--version'], { encoding: 'utf8' });
	const version = /version (\S+)/.exec(stdout ?? '')?.[1];
	return status === 0 && version !== undefined
		? { ok: true, version }
		: { ok: false, reason: 'no promtool on the PATH; it is in Debian’s package prometheus' };
}

/** Makes blocks of a dump with promtool. Throws, in its words, when it refuses. */
export function createBlocks(dump: string, blocks: string): void {
	mkdirSync(blocks, { recursive: true });
	const args = ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', dump, blocks];
	const { status, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
	if (status !== 0) throw new Error(`promtool made no blocks: ${stderr}`);
}

interface WireReply {
	readonly error?: string;
	readonly blocks: number;
	readonly samples: number;
	/** Of each query its distinct answers: one, as it is asked once. */
	readonly answers?: readonly (readonly [WireAnswer])[];
}

interface WireAnswer extends Pick<Answer, 'error' | 'type' | 'text'> {
	readonly series?: readonly WireSeries[];
	readonly warnings?: readonly string[];
	readonly infos?: readonly string[];
}

interface WireSeries {
	readonly labels: Labels;
	readonly times?: readonly number[];
	readonly values?: readonly JsonNumber[];
	readonly histograms?: readonly object[];
}

function fromWire(wire: WireAnswer): Answer {
	const { error, type, text, series = [], warnings = [], infos = [] } = wire;
	return { error, type, text, series: series.map(seriesFromWire), warnings, infos };
}

function seriesFromWire({ labels, times = [], values = [], histograms }: WireSeries) {
	if (histograms) throw new Error('a native histogram came of floats');
	const floats = times.map((time, i) => ({
		time,
		value: fromJsonNumber(values[i] as JsonNumber)
	}));
	return { labels, floats, histograms: [] };
}
