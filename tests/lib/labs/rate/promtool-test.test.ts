import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseDuration } from '#engine/model';
import { query } from '#engine/promql';
import { START, type Knobs } from '../../../../src/lib/labs/rate/knobs.ts';
import { PRESETS } from '../../../../src/lib/labs/rate/presets.ts';
import { promtoolTest } from '../../../../src/lib/labs/rate/promtool-test.ts';
import { RateLab } from '../../../../src/lib/labs/rate/rate-lab.svelte.ts';
import { storeOf } from '../../../../src/lib/xray/rate/store.ts';
import { testWithPromtool } from '../../../promtool.ts';

function written(knobs: Knobs): { readonly text: string; readonly value: number | undefined } {
	const lab = new RateLab();
	lab.set(knobs);
	return { text: promtoolTest(lab.knobs, lab.view.value), value: lab.view.value };
}

/** What the engine answers when it is asked as the file asks. */
function answered(text: string): number | undefined {
	const [one] = parse(text).tests;
	const interval = parseDuration(one.interval);
	const points: (number | undefined)[] = one.input_series[0].values
		.split(' ')
		.map((word: string) => (word === '_' ? undefined : Number(word)));
	const rows = [...points.keys()].filter((row) => points[row] !== undefined);
	const store = storeOf({
		labels: ['__name__', one.input_series[0].series],
		times: Float64Array.from(rows, (row) => row * interval),
		values: Float64Array.from(rows, (row) => points[row] as number)
	});
	const [asked] = one.promql_expr_test;
	const outcome = query(store, asked.expr, parseDuration(asked.eval_time));
	if (!outcome.ok || outcome.result.type !== 'vector') throw new Error('no vector');
	const value = outcome.result.samples[0]?.value;
	expect(asked.exp_samples).toEqual(value === undefined ? [] : [{ labels: '{}', value }]);
	return value;
}

const ODD: readonly Knobs[] = [
	{ ...START, traffic: 'steady', phase: 7, lost: [3], restartAt: 100 },
	{ ...START, phase: 50, interval: 60, at: 20 },
	{ ...START, at: 0 }
];

test('the file asks for what the lab says, whatever the phase', () => {
	for (const knobs of [...PRESETS.map((one) => one.knobs), ...ODD]) {
		const { text, value } = written(knobs);
		expect(answered(text)).toBe(value);
	}
});

testWithPromtool('promtool reads it, and finds that it is so', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'rate-lab-'));
	// Where no sample lies at the start of the window, the old Prometheus of a distribution agrees with version 3.
	for (const at of [128, 171, 9]) {
		const file = join(folder, 'rate.yml');
		const knobs = { ...START, traffic: 'steady', phase: 7, lost: [3, 9], restartAt: 100 } as const;
		writeFileSync(file, written({ ...knobs, at }).text);
		const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', file], {
			encoding: 'utf8'
		});
		expect(status, stdout + stderr).toBe(0);
	}
	rmSync(folder, { recursive: true });
});
