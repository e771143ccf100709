import { MINUTE, SECOND, type Duration } from '#engine/model';

/** As long as Prometheus has samples in its head before it writes them to disk. */
export const HEAD_SPAN: Duration = 120 * MINUTE;

/**
 * What the same series take on a real server. Nobody can say it in one number: Prometheus 2.9 came to 732 B + 32 B a label pair + 120 B a unique value +
 * twice the name, doubled by garbage collection (robustperception, 2019), which is some 2 kB for a short counter; capacity guides say
 * 2.5 kB to 8 kB. So it is a band, computed, and never a line.
 */
export const SERVER_BYTES = { least: 2_000, most: 8_000 } as const;

export interface Band {
	readonly low: number;
	readonly high: number;
}

/** Memory of a server with so many series in its head, in bytes. */
export function serverMemory(series: number): Band {
	return { low: series * SERVER_BYTES.least, high: series * SERVER_BYTES.most };
}

/** From how many series on a server with so much memory may be killed, and from how many it surely is. */
export function killedAt(limit: number): { readonly maybe: number; readonly surely: number } {
	return { maybe: limit / SERVER_BYTES.most, surely: limit / SERVER_BYTES.least };
}

export type MemoryVerdict = 'fits' | 'may be killed' | 'is killed';

export function memoryVerdict(series: number, limit: number): MemoryVerdict {
	const { low, high } = serverMemory(series);
	if (low >= limit) return 'is killed';
	return high >= limit ? 'may be killed' : 'fits';
}

/** Samples in the write-ahead log when a head is as full as it gets: of each series one for every scrape of so many seconds. */
export function walSamples(series: number, interval: number): number {
	return Math.round((series * HEAD_SPAN) / (interval * SECOND));
}

/** A stretch of the crash loop of a server that is out of memory. Seconds since it was killed first. */
export interface CrashStep {
	readonly kind: 'killed' | 'replay';
	readonly from: number;
	readonly to: number;
	readonly text: string;
}

export interface CrashInput {
	/** Series when it is killed. */
	readonly series: number;
	/** Samples in the write-ahead log: all since the head was last cut. */
	readonly samples: number;
	/** Samples that this machine appends in a second, as measured: what replay goes on. */
	readonly samplesPerSecond: number;
}

/** As Kubernetes does it: a container that dies waits 10 s, then twice as long each time. */
const BACKOFF = 10;

/**
 * Three rounds of a server that is killed, waits, replays its write-ahead log, has as many series again as before, and is killed again.
 * Simulated: the tab itself never runs out.
 */
export function crashLoop({ series, samples, samplesPerSecond }: CrashInput): CrashStep[] {
	const replay = samples / samplesPerSecond;
	const words = `replays ${samples.toLocaleString('en')} samples, and has ${Math.round(series).toLocaleString('en')} series in its head again`;
	const steps: CrashStep[] = [];
	let at = 0;
	for (let round = 0; round < 3; round++) {
		const wait = BACKOFF * 2 ** round;
		steps.push({
			kind: 'killed',
			from: at,
			to: at + wait,
			text: `OOM killed; restarted after ${wait} s`
		});
		at += wait;
		steps.push({ kind: 'replay', from: at, to: at + replay, text: words });
		at += replay;
	}
	return steps;
}
