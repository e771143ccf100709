import { expect, test } from 'vitest';
import { formatScrapeConfig } from '../../../../src/engine/scrape/config/index.ts';
import { job, readGood, rule } from './check-config.ts';

const TAIL = `storage:
  tsdb:
    outofordertimewindow: 0
    retention: {}
otlp:
  translation_strategy: UnderscoreEscapingWithSuffixes
  label_name_underscore_sanitization: true
  label_name_preserve_multiple_underscores: true
`;

test('an empty file is printed as Prometheus prints it', () => {
	expect(formatScrapeConfig(readGood(''))).toBe(`global:
  scrape_interval: 1m
  scrape_timeout: 10s
  evaluation_interval: 1m
  metric_name_validation_scheme: utf8
  metric_name_escaping_scheme: allow-utf-8
  scrape_native_histograms: false
  extra_scrape_metrics: false
runtime:
  gogc: 75
${TAIL}`);
});

/** Taken from Prometheus 3.14, which was given the same file. */
test('a job is printed with all that was filled in', () => {
	const text = `global:
  external_labels:
    foo: "null"
scrape_configs:
- job_name: "a b"
  params: {x: [], y: ["1", b]}
  static_configs:
  - targets: []
  - targets: [a, "b:1"]
    labels: {a: "x\\ny", b: ""}
  relabel_configs:
  - source_labels: []
    action: keep
    regex: ""
`;
	expect(formatScrapeConfig(readGood(text))).toBe(`global:
  scrape_interval: 1m
  scrape_timeout: 10s
  evaluation_interval: 1m
  external_labels:
    foo: "null"
  metric_name_validation_scheme: utf8
  scrape_native_histograms: false
  extra_scrape_metrics: false
runtime:
  gogc: 75
scrape_configs:
- job_name: a b
  honor_timestamps: true
  track_timestamps_staleness: false
  params:
    x: []
    "y":
    - "1"
    - b
  scrape_interval: 1m
  scrape_timeout: 10s
  scrape_protocols:
  - OpenMetricsText1.0.0
  - OpenMetricsText0.0.1
  - PrometheusText1.0.0
  - PrometheusText0.0.4
  scrape_native_histograms: false
  always_scrape_classic_histograms: false
  convert_classic_histograms_to_nhcb: false
  metrics_path: /metrics
  scheme: http
  enable_compression: true
  metric_name_validation_scheme: utf8
  metric_name_escaping_scheme: allow-utf-8
  extra_scrape_metrics: false
  follow_redirects: true
  enable_http2: true
  relabel_configs:
  - separator: ;
    regex: ""
    replacement: $1
    action: keep
  static_configs:
  - targets: []
  - targets:
    - a
    - b:1
    labels:
      a: |-
        x
        y
      b: ""
${TAIL}`);
});

test('what is printed reads as the same configuration', () => {
	const texts = [
		job('body_size_limit: 1.5MB', 'sample_limit: 5', 'native_histogram_min_bucket_factor: 1.1'),
		rule('source_labels: [__name__, "a b"]', 'regex: (.*)', 'target_label: b', 'separator: ""'),
		'rule_files: [a, "b*"]\nglobal: {rule_query_offset: 1m, scrape_protocols: [PrometheusProto]}\n',
		`global: {external_labels: {a: "${'long words '.repeat(30)}"}}\n`
	];
	for (const text of texts) {
		const config = readGood(text);
		expect(readGood(formatScrapeConfig(config))).toEqual(config);
	}
});
