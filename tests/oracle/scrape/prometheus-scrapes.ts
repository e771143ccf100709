import { spawnSync } from 'node:child_process';
import type { Labels } from '#engine/model';
import { fromJsonNumber, type JsonNumber } from '../json-number.ts';
import type { Outcome, Request, StoredHistogram, StoredSample } from './outcome.ts';
import { toWire, type Scenario } from './scenario.ts';

/** A batch takes seconds; one that takes longer, ms, waits for something that does not come. */
const PATIENCE = 120_000;

/** What the real scrape manager makes of the scenarios (tests/oracle/scrape.go). */
export function scrapeWithPrometheus(
	program: string,
	scenarios: readonly Scenario[]
): readonly Outcome[] {
	const { stdout, stderr, status } = spawnSync(program, ['scrape'], {
		input: scenarios.map((one) => `${JSON.stringify(toWire(one))}\n`).join(''),
		encoding: 'utf8',
		timeout: PATIENCE,
		maxBuffer: 1 << 30
	});
	if (status !== 0) throw new Error(`the Go program has ended with status ${status}: ${stderr}`);
	const lines = stdout.trimEnd().split('\n');
	if (lines.length !== scenarios.length) {
		throw new Error('the Go program has not answered every scenario');
	}
	return lines.map((line) => fromWire(JSON.parse(line) as WireOutcome));
}

interface WireSample {
	readonly time: number;
	readonly value?: JsonNumber;
	readonly histogram?: StoredHistogram;
}

interface WireOutcome {
	readonly error?: string;
	readonly offsetSeed: string;
	readonly requests: readonly Request[] | null;
	readonly series:
		readonly { readonly labels: Labels; readonly samples: readonly WireSample[] }[] | null;
}

function fromWire({ error, offsetSeed, requests, series }: WireOutcome): Outcome {
	return {
		error,
		offsetSeed: BigInt(offsetSeed),
		requests: requests ?? [],
		series: (series ?? []).map(({ labels, samples }) => ({
			labels,
			samples: samples.map(sampleFromWire)
		}))
	};
}

/** A sample without a value is a staleness marker. */
function sampleFromWire({ time, value, histogram }: WireSample): StoredSample {
	if (histogram) return { time, value: histogram };
	return { time, value: value === undefined ? 'stale' : fromJsonNumber(value) };
}
