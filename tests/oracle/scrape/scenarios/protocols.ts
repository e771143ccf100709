import type { Scenario } from '../scenario.ts';
import { A, oneJob, OPEN_METRICS, page } from '../write-scenario.ts';

const BODY = '# TYPE a gauge\na 1\nb{x="y"} 2 \n';

/** One page again and again, as this content type. */
function typed(contentType: string, settings = '', body = BODY): Scenario {
	const end = body.endsWith('# EOF\n') ? ' that ends as OpenMetrics does' : '';
	const setting = settings === '' ? '' : ` and ${settings}`;
	return {
		title: `a page of type ${JSON.stringify(contentType)}${end}${setting}`,
		config: oneJob(settings),
		targets: { [A]: [page(body, { contentType })] },
		end: 40
	};
}

const FALLBACKS = [
	'PrometheusText0.0.4',
	'PrometheusText1.0.0',
	'OpenMetricsText0.0.1',
	'OpenMetricsText1.0.0'
];

/** How a page is read: its content type, the fallback, and what is asked for. */
export const PROTOCOLS: readonly Scenario[] = [
	...[
		'',
		'text/plain',
		'text/plain; version=0.0.4',
		'text/plain; version=1.0.0; escaping=allow-utf-8',
		'text/plain; version=9',
		'TEXT/PLAIN',
		'text/plain;version',
		'text/plain; charset=',
		'text/html; charset=utf-8',
		'application/json',
		'not a type',
		'application/octet-stream; ='
	].map((type) => typed(type)),
	...['', 'text/html', 'not a type;;', 'text/plain;version'].flatMap((type) =>
		FALLBACKS.map((fallback) => typed(type, `fallback_scrape_protocol: ${fallback}`))
	),
	...FALLBACKS.map((fallback) =>
		typed('', `fallback_scrape_protocol: ${fallback}`, 'a 1\nb{x="y"} 2\n# EOF\n')
	),
	typed(OPEN_METRICS, 'fallback_scrape_protocol: PrometheusText0.0.4'),
	typed('application/openmetrics-text', '', 'a 1\n# EOF\n'),
	typed('application/openmetrics-text; version=0.0.1', '', 'a 1\n# EOF\n'),
	typed('application/openmetrics-text; version=3.0.0', '', 'a 1\n# EOF\n'),
	typed('text/plain', 'scrape_protocols: [OpenMetricsText1.0.0]'),
	typed('text/plain', 'scrape_protocols: [PrometheusText0.0.4, OpenMetricsText0.0.1]'),
	typed('text/plain', 'scrape_protocols: [PrometheusText1.0.0]\nmetric_name_escaping_scheme: dots'),
	typed('text/plain', 'metric_name_escaping_scheme: underscores'),
	typed('text/plain', 'metric_name_validation_scheme: legacy'),
	typed('text/plain', 'enable_compression: false')
];
