import { expect, test } from 'vitest';
import { DEFAULT_GLOBAL } from '../../../../src/engine/scrape/config/index.ts';
import { job, readGood, readJob, rule, warningsOf } from './check-config.ts';

const LIMITS = {
	bodySizeLimit: 0,
	sampleLimit: 0,
	targetLimit: 0,
	labelLimit: 0,
	labelNameLengthLimit: 0,
	labelValueLengthLimit: 0,
	keepDroppedTargets: 0
};

test('an empty file has the defaults', () => {
	for (const text of ['', '\n', '# nothing\n', '---\n', '{}', 'global:\n', 'null']) {
		expect(readGood(text)).toEqual({ global: DEFAULT_GLOBAL, ruleFiles: [], scrapeConfigs: [] });
	}
});

test('a job has the defaults', () => {
	expect(readJob(job())).toEqual({
		...LIMITS,
		jobName: 'shop',
		honorLabels: false,
		honorTimestamps: true,
		trackTimestampsStaleness: false,
		params: [],
		scrapeInterval: 60_000,
		scrapeTimeout: 10_000,
		scrapeProtocols: [
			'OpenMetricsText1.0.0',
			'OpenMetricsText0.0.1',
			'PrometheusText1.0.0',
			'PrometheusText0.0.4'
		],
		fallbackScrapeProtocol: '',
		scrapeNativeHistograms: false,
		alwaysScrapeClassicHistograms: false,
		convertClassicHistogramsToNhcb: false,
		metricsPath: '/metrics',
		scheme: 'http',
		enableCompression: true,
		nativeHistogramBucketLimit: 0,
		nativeHistogramMinBucketFactor: 0,
		metricNameValidationScheme: 'utf8',
		metricNameEscapingScheme: 'allow-utf-8',
		extraScrapeMetrics: false,
		followRedirects: true,
		enableHttp2: true,
		relabelConfigs: [],
		metricRelabelConfigs: [],
		staticConfigs: []
	});
});

test('a job inherits from global what it does not say', () => {
	const global = [
		'global:',
		'  scrape_interval: 15s',
		'  scrape_timeout: 4s',
		'  body_size_limit: 15MB',
		'  sample_limit: 1500',
		'  label_limit: 30',
		'  keep_dropped_targets: 7',
		'  scrape_protocols: [PrometheusText0.0.4]',
		'  always_scrape_classic_histograms: yes',
		'  convert_classic_histograms_to_nhcb: true',
		'  extra_scrape_metrics: on',
		''
	].join('\n');
	expect(
		readJob(global + job('sample_limit: 9', 'always_scrape_classic_histograms: false'))
	).toMatchObject({
		scrapeInterval: 15_000,
		scrapeTimeout: 4_000,
		bodySizeLimit: 15 * 1024 ** 2,
		sampleLimit: 9,
		labelLimit: 30,
		keepDroppedTargets: 7,
		scrapeProtocols: ['PrometheusText0.0.4'],
		alwaysScrapeClassicHistograms: false,
		convertClassicHistogramsToNhcb: true,
		extraScrapeMetrics: true
	});
});

test('a timeout that is not given is at most the interval', () => {
	expect(readGood('global: {scrape_interval: 5s}').global.scrapeTimeout).toBe(5_000);
	expect(readJob(job('scrape_interval: 3s')).scrapeTimeout).toBe(3_000);
	expect(readJob(job('scrape_interval: 3m')).scrapeTimeout).toBe(10_000);
});

test('zero and null stand for what is not given', () => {
	const { scrapeInterval, sampleLimit } = readJob(
		`global: {sample_limit: 5}\n${job('scrape_interval: 0', 'sample_limit: 0')}`
	);
	expect([scrapeInterval, sampleLimit]).toEqual([60_000, 5]);
	expect(readJob(job('scheme:', 'honor_timestamps: ~'))).toMatchObject({
		scheme: '',
		honorTimestamps: false
	});
});

test('protobuf comes first where native histograms are scraped', () => {
	const [first] = readJob(job('scrape_native_histograms: true')).scrapeProtocols;
	expect(first).toBe('PrometheusProto');
});

test('names of old are asked for with underscores', () => {
	const legacy = 'metric_name_validation_scheme: legacy';
	expect(readJob(job(legacy)).metricNameEscapingScheme).toBe('underscores');
	expect(readJob(`global: {${legacy}}\n${job()}`).metricNameEscapingScheme).toBe('underscores');
	expect(
		readJob(`global: {${legacy}}\n${job('metric_name_validation_scheme: utf8')}`)
			.metricNameEscapingScheme
	).toBe('allow-utf-8');
});

test('targets have labels, and params have lists', () => {
	const text = job(
		'static_configs:',
		'- targets: [b:2, a:1]',
		'  labels: {team: x, env: 1.50}',
		'- targets:',
		'params: {module: [http_2xx, 1], a:}'
	);
	expect(readJob(text)).toMatchObject({
		staticConfigs: [
			{
				targets: ['b:2', 'a:1'],
				labels: [
					['env', '1.50'],
					['team', 'x']
				]
			},
			{ targets: [], labels: [] }
		],
		params: [
			['a', []],
			['module', ['http_2xx', '1']]
		]
	});
});

test('a rule has the defaults, and knows what was not given', () => {
	expect(readJob(rule('target_label: a')).relabelConfigs).toEqual([
		{
			sourceLabels: undefined,
			separator: ';',
			regex: undefined,
			modulus: 0,
			targetLabel: 'a',
			replacement: '$1',
			action: 'replace',
			nameValidationScheme: 'utf8'
		}
	]);
	const [given] = readJob(rule('source_labels: []', 'regex:', 'action: KEEP')).relabelConfigs;
	expect(given).toMatchObject({ sourceLabels: [], regex: '', action: 'keep' });
});

test('a URL is an address where a rule may change it', () => {
	const text = job(
		'relabel_configs:',
		'- target_label: a',
		'static_configs:',
		'- targets: [http://a]'
	);
	expect(readJob(text).staticConfigs[0]?.targets).toEqual(['http://a']);
});

test('numbers are written as YAML 1.1 has them', () => {
	const limit = (text: string) => readJob(job(`sample_limit: ${text}`)).sampleLimit;
	expect(['0x10', '010', '0b11', '0o17', '1_000', '1.9', '1e3', '+7'].map(limit)).toEqual([
		16, 8, 3, 15, 1000, 1, 1000, 7
	]);
	// What Go makes of them.
	expect(limit('-1.5')).toBe(2 ** 64);
	expect(limit('18446744073709551616')).toBe(2 ** 63);
});

test('anchors are merged in, and what comes later wins', () => {
	const text = [
		'scrape_configs:',
		'- &base',
		'  job_name: a',
		'  scrape_interval: 5s',
		'  honor_labels: true',
		'- <<: *base',
		'  job_name: b',
		'  scrape_interval: 7s',
		''
	].join('\n');
	expect(readGood(text).scrapeConfigs[1]).toMatchObject({
		jobName: 'b',
		scrapeInterval: 7_000,
		honorLabels: true
	});
});

test('rule files are kept as they are written', () => {
	expect(readGood('rule_files: [first.rules, my/*.rules]').ruleFiles).toEqual([
		'first.rules',
		'my/*.rules'
	]);
});

test('rule files are of no use yet, and a list of none goes without a word', () => {
	const reason = 'rule_files is not used here: rules are not evaluated here yet';
	expect(warningsOf('rule_files:\n- first.rules\n- b.rules\n')).toEqual([`2:1 ${reason}`]);
	expect(warningsOf('rule_files: []\n')).toEqual([]);
});

test('a scheme may be in upper case, and is kept as it is written', () => {
	expect(warningsOf(job('scheme: HTTP'))).toEqual([]);
	expect(readJob(job('scheme: HTTP')).scheme).toBe('HTTP');
	expect(warningsOf(job('scheme: gopher'))).toEqual([
		'3:11 no target can be scraped over "gopher": use http'
	]);
});

test('external labels are sorted, and the environment is empty', () => {
	const text =
		'global:\n  external_labels: {qux: "foo$${TEST}", foo: "${TEST}", baz: "foo${TEST}bar", bar: foo}\n';
	expect(readGood(text).global.externalLabels).toEqual([
		['bar', 'foo'],
		['baz', 'foobar'],
		['foo', ''],
		['qux', 'foo${TEST}']
	]);
	expect(warningsOf(text)).toEqual([
		'2:57 TEST is empty: there are no environment variables here',
		'2:41 TEST is empty: there are no environment variables here'
	]);
});

test('what a browser tab has no use for is said, and where', () => {
	const text = `${job('basic_auth: {username: a}', 'consul_sd_configs:', '- server: b', 'scheme: ftp')}alerting:\n  alertmanagers: []\nremote_write:\n- url: http://a\nstorage:\n`;
	expect(warningsOf(text)).toEqual([
		'3:3 basic_auth is not used here: targets are reached without a network, so there is nothing to log in to',
		'4:3 consul_sd_configs is not used here: there is nothing to discover, so name the targets in static_configs',
		'7:1 alerting is not used here: there are no alerts here yet that could be sent',
		'9:1 remote_write is not used here: there is no network',
		'6:11 no target can be scraped over "ftp": use http'
	]);
});

test('what follows the first document is not read, as in Prometheus', () => {
	const message =
		'what follows is not read: the document has ended here, at a `---` or a line that is indented less than the first';
	expect(warningsOf('global: {}\n---\nfoo: bar\n')).toEqual([`2:1 ${message}`]);
	expect(warningsOf(' rule_files: []\nscrape_configs: []\n')).toEqual([`2:1 ${message}`]);
});
