import { spawnSync } from 'node:child_process';
import type { Labels } from '#engine/model';
import type { RelabelCase } from './random-case.ts';

/** What came of a case: what is wrong with its rules, or the set that they leave, and what each of them left. */
export type Relabeled =
	| { readonly error: string }
	| { readonly labels: Labels | undefined; readonly steps: readonly (Labels | undefined)[] };

/** What Prometheus makes of the cases (tests/oracle/relabel.go). */
export function relabelWithPrometheus(
	program: string,
	cases: readonly RelabelCase[]
): readonly Relabeled[] {
	const { stdout, status } = spawnSync(program, ['relabel'], {
		input: cases.map((one) => `${JSON.stringify(one)}\n`).join(''),
		encoding: 'utf8',
		maxBuffer: 1 << 30
	});
	if (status !== 0) throw new Error(`the Go program has ended with status ${status}`);
	const lines = stdout.trimEnd().split('\n');
	if (lines.length !== cases.length) throw new Error('the Go program has not answered every case');
	return lines.map((line) => fromWire(JSON.parse(line) as WireRelabeled));
}

interface WireStep {
	readonly keep: boolean;
	readonly labels?: Labels;
}

interface WireRelabeled extends WireStep {
	readonly error?: string;
	readonly steps?: readonly WireStep[];
}

function fromWire({ error, steps = [], ...last }: WireRelabeled): Relabeled {
	return error === undefined ? { labels: labelsOf(last), steps: steps.map(labelsOf) } : { error };
}

function labelsOf({ keep, labels = [] }: WireStep): Labels | undefined {
	return keep ? labels : undefined;
}
