import { formatDuration, formatFloat, SECOND } from '#engine/model';
import { queryText } from '$lib/xray/rate/ask.ts';
import type { Knobs } from './knobs.ts';
import { METRIC, scrapesOf } from './scenario.ts';

/**
 * The lab as a file for `promtool test rules`, which says that a real Prometheus gives the same. Its series begin at 0, so the
 * moment of the question is counted from the first scrape; `value` is what the lab says, undefined for no result.
 */
export function promtoolTest(knobs: Knobs, value: number | undefined): string {
	const scrapes = scrapesOf(knobs);
	const first = scrapes[0]?.at ?? 0;
	// Before the first scrape there is no sample, which one that was lost says as well.
	const lead = Math.max(0, Math.ceil((first - knobs.at) / knobs.interval));
	const values = [
		...Array.from({ length: lead }, () => '_'),
		...scrapes.map((scrape) => (scrape.value === undefined ? '_' : formatFloat(scrape.value)))
	];
	const interval = formatDuration(knobs.interval * SECOND);
	const at = knobs.at - first + lead * knobs.interval;
	return [
		'# promtool test rules rate.yml, of Prometheus 3: there a window is open at its left end.',
		'rule_files: []',
		`evaluation_interval: ${interval}`,
		'tests:',
		`  - interval: ${interval}`,
		'    input_series:',
		`      - series: ${METRIC}`,
		`        values: '${values.join(' ')}'`,
		'    promql_expr_test:',
		`      - expr: ${queryText('rate', ['__name__', METRIC], knobs.range * SECOND)}`,
		`        eval_time: ${formatDuration(at * SECOND)}`,
		...(value === undefined
			? ['        exp_samples: []']
			: [
					'        exp_samples:',
					"          - labels: '{}'",
					`            value: ${formatFloat(value)}`
				]),
		''
	].join('\n');
}
