import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { classicQuantile, observe } from '$lib/labs/buckets/classic.ts';
import { drawCrowd } from '$lib/labs/buckets/crowd.ts';
import { EDGE_PRESETS, edgesOf } from '$lib/labs/buckets/edges.ts';
import { snippet, type SnippetSource } from '$lib/labs/buckets/snippets.ts';
import { TRAFFIC_PRESETS, trafficOf } from '$lib/labs/buckets/traffic.ts';
import { testWithPromtool } from '../../../promtool.ts';

function sourceOf(traffic: string, edges: string, q: number): SnippetSource {
	const buckets = observe(drawCrowd(trafficOf(traffic), 190).all, edgesOf(edges));
	return { edges: edgesOf(edges), q, objective: 0.3, buckets };
}

test('a test for promtool has every bucket, and the answer with all its digits', () => {
	const source = sourceOf('promise', 'common', 0.95);
	const [one] = parse(snippet('promtool', source)).tests;
	expect(one.input_series.map(({ series }: { series: string }) => series)).toEqual(
		['0.01', '0.05', '0.1', '0.25', '0.5', '1.0', '2.5', '5.0', '+Inf'].map(
			(le) => `http_request_duration_seconds_bucket{le="${le}"}`
		)
	);
	expect(one.input_series.at(-1).values).toBe('20000');
	const [{ expr, exp_samples: samples }] = one.promql_expr_test;
	expect(expr).toContain('histogram_quantile(0.95,');
	expect(samples).toEqual([{ labels: '{}', value: classicQuantile(0.95, source.buckets) }]);
});

/** What `promtool test rules` ends with. */
function run(file: string): { readonly status: number | null; readonly output: string } {
	const folder = mkdtempSync(join(tmpdir(), 'promtool-'));
	try {
		writeFileSync(join(folder, 'buckets.test.yml'), file);
		const { status, stdout, stderr } = spawnSync(
			'promtool',
			['test', 'rules', 'buckets.test.yml'],
			{
				cwd: folder,
				encoding: 'utf8'
			}
		);
		return { status, output: `${stdout}${stderr}` };
	} finally {
		rmSync(folder, { recursive: true });
	}
}

testWithPromtool(
	'promtool agrees with the lab, for every traffic and all kinds of edges',
	async () => {
		TRAFFIC_PRESETS.forEach(({ id }, i) => {
			const { id: edges } = EDGE_PRESETS[i % EDGE_PRESETS.length]!;
			const { status, output } = run(snippet('promtool', sourceOf(id, edges, 0.95)));
			expect(status, output).toBe(0);
		});
	}
);

testWithPromtool('promtool notices another answer', async () => {
	const file = snippet('promtool', sourceOf('promise', 'common', 0.95));
	expect(run(file.replace(/value: 0\.3/, 'value: 0.4')).status).toBe(1);
});
