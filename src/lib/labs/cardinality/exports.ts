import type { ExtraLabel } from './choice.ts';
import type { Knobs } from './knobs.ts';
import { configText } from './limits.ts';
import { labelNames, programText } from './program.ts';
import { QUESTIONS, type Question } from './questions.ts';

/** What the lab can be taken along as. */
export type ExportKind = 'config' | 'promtool' | 'python' | 'typescript';

export const EXPORTS: readonly { readonly value: ExportKind; readonly label: string }[] = [
	{ value: 'config', label: 'prometheus.yml' },
	{ value: 'promtool', label: 'promtool test' },
	{ value: 'python', label: 'Python' },
	{ value: 'typescript', label: 'TypeScript' }
];

/** The knobs as a file of this kind. Of code that was edited by hand nothing is in it. */
export function exported(kind: ExportKind, knobs: Knobs): string {
	if (kind === 'config') return configText(knobs, knobs);
	return kind === 'promtool' ? promtoolTest(knobs.label) : programText(knobs, kind);
}

/** Two values for each label that the knob offers. */
const VALUES: Partial<Record<ExtraLabel, readonly [string, string]>> = {
	plan: ['free', 'pro'],
	pod: ['shop-k2x1-7d3f', 'shop-k2x9-0b1c'],
	path: ['/api/products/17', '/api/orders/4'],
	user_id: ['1', '23'],
	request_id: ['0d7a2c4e', '9f31b6d8']
};

/** One request a second of each series that succeeds, and one in five of those fails: 15 s between two samples. */
const SERIES = [
	{ labels: { method: 'GET', endpoint: '/api/products', status: '200' }, step: 15, value: 0 },
	{ labels: { method: 'POST', endpoint: '/api/orders', status: '201' }, step: 12, value: 1 },
	{ labels: { method: 'POST', endpoint: '/api/orders', status: '500' }, step: 3, value: 1 }
] as const;

/**
 * What `promtool test rules` reads: the series that a program with this label would expose, and which of the four questions they answer. A
 * question that they do not answer must give nothing.
 */
export function promtoolTest(label: ExtraLabel): string {
	return [
		'# promtool test rules questions_test.yml',
		'evaluation_interval: 15s',
		'tests:',
		`  - name: what the label ${label} answers`,
		'    interval: 15s',
		'    input_series:',
		...SERIES.flatMap(({ labels, step, value }) => [
			`      - series: '${seriesText(label, labels, value)}'`,
			`        values: '0+${step}x20'`
		]),
		'    promql_expr_test:',
		...QUESTIONS.flatMap((question) => questionLines(question, label)),
		''
	].join('\n');
}

function seriesText(
	label: ExtraLabel,
	labels: Readonly<Record<string, string>>,
	value: 0 | 1
): string {
	const all: Readonly<Record<string, string | undefined>> = {
		...labels,
		[label]: VALUES[label]?.[value]
	};
	const pairs = labelNames(label).map((name) => `${name}="${all[name]}"`);
	return `http_requests_total{${pairs.join(', ')}}`;
}

/** What the series of the test answer, where they do: the shares and rates of the requests that fail. */
function questionLines(question: Question, label: ExtraLabel): string[] {
	return [
		`      # ${question.text}`,
		`      - expr: ${question.query}`,
		'        eval_time: 5m',
		...answerLines(question, label)
	];
}

function answerLines({ id, by }: Question, label: ExtraLabel): string[] {
	const sample = (labels: string, value: number) => [
		'        exp_samples:',
		`          - labels: '${labels}'`,
		`            value: ${value}`
	];
	if (id === 'share') return sample('{}', 0.1);
	if (id === 'endpoint') return sample('{endpoint="/api/orders"}', 0.2);
	if (by !== label) return ['        exp_samples: []'];
	const labels = `{${by}="${VALUES[label]?.[1]}"}`;
	return sample(labels, id === 'plan' ? 0.2 : 60);
}
