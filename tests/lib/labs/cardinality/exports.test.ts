import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkConfig } from '#engine/lab';
import { LABEL_OPTIONS, type ExtraLabel } from '$lib/labs/cardinality/choice.ts';
import { exported, promtoolTest } from '$lib/labs/cardinality/exports.ts';
import { START } from '$lib/labs/cardinality/knobs.ts';
import { QUESTIONS } from '$lib/labs/cardinality/questions.ts';
import { runScript } from '../../../promql/run-script.ts';

interface PromtoolTest {
	readonly tests: readonly [
		{
			readonly interval: string;
			readonly input_series: readonly { readonly series: string; readonly values: string }[];
			readonly promql_expr_test: readonly {
				readonly expr: string;
				readonly eval_time: string;
				readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
			}[];
		}
	];
}

/** The same test in the language of Prometheus' own scripts, which the engine runs. */
function asScript(text: string): string {
	const [{ interval, input_series, promql_expr_test }] = (parse(text) as PromtoolTest).tests;
	return [
		`load ${interval}`,
		...input_series.map(({ series, values }) => `  ${series} ${values}`),
		...promql_expr_test.flatMap(({ expr, eval_time, exp_samples }) => [
			'',
			`eval instant at ${eval_time} ${expr}`,
			...exp_samples.map(({ labels, value }) => `  ${labels} ${value}`)
		])
	].join('\n');
}

describe('promtoolTest()', () => {
	const labels: readonly ExtraLabel[] = [...LABEL_OPTIONS.map(({ value }) => value), 'log'];

	it.each(labels)('says for the label %s what the engine answers', (label) => {
		const reports = runScript(asScript(promtoolTest(label)));
		expect(reports).toHaveLength(QUESTIONS.length);
		expect(reports.flatMap(({ failures }) => failures)).toEqual([]);
	});

	it('answers as many questions as the label is worth', () => {
		const answered = labels.map((label) => {
			const [{ promql_expr_test }] = (parse(promtoolTest(label)) as PromtoolTest).tests;
			return promql_expr_test.filter(({ exp_samples }) => exp_samples.length > 0).length;
		});
		expect(Object.fromEntries(labels.map((label, i) => [label, answered[i]]))).toEqual({
			none: 2,
			plan: 3,
			pod: 2,
			path: 2,
			user_id: 3,
			request_id: 2,
			log: 2
		});
	});
});

it('the other exports are the files that run', () => {
	expect(checkConfig(exported('config', { ...START, sampleLimit: 1000 }))).toEqual([]);
	expect(exported('python', START)).toContain('from prometheus_client import Counter');
	expect(exported('typescript', START)).toContain("from 'prom-client'");
});
