import { expect, test } from 'vitest';
import { check, errorsOf, job, rule } from './check-config.ts';

/** The cases are those of config/config_test.go, expectedErrors, as far as the fields are read here, and more of their kind. */
const FOR_SHOP = 'for scrape config with job name "shop"';
const SUPPORTED =
	'supported: [OpenMetricsText0.0.1 OpenMetricsText1.0.0 PrometheusProto PrometheusText0.0.4 PrometheusText1.0.0]';

check('a job needs a name', 'scrape_configs:\n- job_name: ""\n', '2:13 job_name is empty');
check(
	'a job that says nothing of its name',
	'scrape_configs:\n- scheme: http',
	'2:3 job_name is empty'
);
check(
	'two jobs of one name',
	`${job()}- job_name: shop\n`,
	'3:13 found multiple scrape configs with job name "shop"'
);
check(
	'a timeout longer than the interval',
	job('scrape_interval: 5s', 'scrape_timeout: 6s'),
	`4:19 scrape timeout greater than scrape interval ${FOR_SHOP}`
);
check(
	'a timeout longer than the interval of global',
	`global: {scrape_interval: 5s}\n${job('scrape_timeout: 6s')}`,
	`4:19 scrape timeout greater than scrape interval ${FOR_SHOP}`
);
check(
	'a timeout of global longer than its interval',
	'global:\n  scrape_timeout: 2m\n',
	'2:19 global scrape timeout greater than scrape interval'
);
check('no unit', job('scrape_interval: 15'), '3:20 not a valid duration string: "15"');
check('an unknown unit', job('scrape_interval: 1x'), '3:20 unknown unit "x" in duration "1x"');
check(
	'a negative duration',
	'global: {scrape_interval: -1s}',
	'1:27 not a valid duration string: "-1s"'
);
check('too long a duration', 'global: {scrape_interval: 400y}', '1:27 duration out of range');
check(
	'an external label that is no UTF-8',
	'global:\n  external_labels:\n    !!binary "/w==": value\n',
	'3:5 "\\xff" is not a valid label name'
);
check(
	'an external label whose value is no UTF-8',
	'global:\n  external_labels:\n    name: !!binary "/w=="\n',
	'3:5 "\\xff" is not a valid label value'
);
check(
	'an external label that is no name of old',
	'global:\n  metric_name_validation_scheme: legacy\n  external_labels: {a-b: c}\n',
	'3:21 "a-b" is not a valid label name'
);
check(
	'a label of targets that is no UTF-8',
	job('static_configs:', '- labels: {!!binary "/w==": bar}'),
	'4:14 "\\xff" is not a valid label name'
);
check(
	'a URL for a target',
	job('static_configs:', '- targets: ["http://bad"]'),
	'4:15 "http://bad" is not a valid hostname'
);
check(
	'no group of targets',
	job('static_configs:', '-'),
	'4:4 empty or null section in static_configs'
);
check('no scrape config', 'scrape_configs:\n-\n', '2:2 empty or null scrape config section');
check(
	'no rule',
	job('relabel_configs:', '-'),
	'4:4 empty or null target relabeling rule in scrape config'
);
check(
	'no rule for metrics',
	job('metric_relabel_configs:', '-'),
	'4:4 empty or null metric relabeling rule in scrape config'
);
check(
	'a path of rules with two stars',
	'rule_files: [my/*/*.yml]',
	'1:14 invalid rule file path "my/*/*.yml"'
);

check(
	'an unknown field',
	job('scrape_intervall: 1m'),
	'3:3 field scrape_intervall not found in type config.ScrapeConfig'
);
check(
	'an unknown field of global',
	'global:\n  foo: 1',
	'2:3 field foo not found in type config.plain'
);
check(
	'an unknown field of a rule',
	rule('regexp: a', 'action: keep'),
	'4:5 field regexp not found in type relabel.plain'
);
check(
	'an unknown section',
	'scrape_config: []',
	'1:1 field scrape_config not found in type config.plain'
);
check(
	'an unknown field of a group',
	job('static_configs:', '- target: [a]'),
	'4:5 field target not found in type struct { Targets []string "yaml:\\"targets\\""; Labels model.LabelSet "yaml:\\"labels\\"" }'
);
check(
	'a section twice',
	'scrape_configs:\nscrape_configs:\n',
	'2:1 field scrape_configs already set in type config.plain'
);
check(
	'a label twice',
	'global:\n  external_labels:\n    a: b\n    a: c\n',
	'4:8 key "a" already set in map'
);
check(
	'a text for a boolean',
	job('honor_labels: maybe'),
	'3:17 cannot unmarshal !!str `maybe` into bool'
);
check(
	'a quoted boolean',
	job('honor_labels: "true"'),
	'3:17 cannot unmarshal !!str `true` into bool'
);
check(
	'a long text for a number',
	job('sample_limit: unlimited-a'),
	'3:17 cannot unmarshal !!str `unlimit...` into uint'
);
check('a negative number', job('sample_limit: -1'), '3:17 cannot unmarshal !!int `-1` into uint');
check(
	'a text for a list',
	job('static_configs: a:1'),
	'3:19 cannot unmarshal !!str `a:1` into []*targetgroup.Group'
);
check(
	'a mapping for a list',
	'scrape_configs:\n  job_name: shop\n',
	'2:3 cannot unmarshal !!map into []*config.ScrapeConfig'
);
check('a list for a text', job('scheme: [http]'), '3:11 cannot unmarshal !!seq into string');
check(
	'a list for a size',
	job('body_size_limit: []'),
	'3:20 cannot unmarshal !!seq into units.Base2Bytes'
);
check(
	'a text for the file',
	'just words',
	'1:1 cannot unmarshal !!str `just words` into config.plain'
);
check('a size without a unit', job('body_size_limit: 100'), '3:20 units: unknown unit  in 100');
check(
	'a tag that is not true',
	job('sample_limit: !!int many'),
	'3:17 cannot decode !!str `many` as a !!int'
);
check(
	'an unknown name validation',
	'global:\n  metric_name_validation_scheme: strict\n',
	'2:34 unrecognized ValidationScheme: "strict"'
);
check(
	'UTF-8 asked for where it is not allowed',
	job('metric_name_validation_scheme: legacy', 'metric_name_escaping_scheme: allow-utf-8'),
	'4:32 utf8 metric names requested but validation scheme is not set to UTF8'
);
check(
	'an unknown escaping',
	job('metric_name_escaping_scheme: none'),
	`3:32 unknown scrape config name escaping method specified, must be one of 'allow-utf-8', 'underscores', 'dots', or 'values', got "none"`
);
check(
	'no protocols',
	job('scrape_protocols: []'),
	`3:21 scrape_protocols cannot be empty ${FOR_SHOP}`
);
check(
	'an unknown protocol',
	job('scrape_protocols: [prometheusproto]'),
	`3:21 scrape_protocols: unknown scrape protocol prometheusproto, ${SUPPORTED} ${FOR_SHOP}`
);
check(
	'a protocol twice',
	'global:\n  scrape_protocols: [PrometheusProto, PrometheusProto]',
	'2:21 duplicated protocol in scrape_protocols, got [PrometheusProto PrometheusProto] for global config'
);
check(
	'an unknown fallback',
	job('fallback_scrape_protocol: text'),
	`3:29 invalid fallback_scrape_protocol ${FOR_SHOP}: unknown scrape protocol text, ${SUPPORTED}`
);
check('an alias of nothing', 'global: *missing', "1:9 unknown anchor 'missing' referenced");
check('an alias of itself', 'global: &a {<<: *a}', "1:17 anchor 'a' value contains itself");
check(
	'a merge of a text',
	'global: {<<: a}',
	'1:14 map merge requires map or sequence of maps as the value'
);
check(
	'a byte that no text has',
	'global:\n  query_log_file: \u0001',
	'2:19 control characters are not allowed'
);

test('what Prometheus would say comes first, and then everything else', () => {
	const text = job('foo: 1', 'honor_labels: 2', 'scrape_interval: 1x', 'sample_limit: a');
	expect(errorsOf(text)).toEqual([
		'5:20 unknown unit "x" in duration "1x"',
		'3:3 field foo not found in type config.ScrapeConfig',
		'4:17 cannot unmarshal !!int `2` into bool',
		'6:17 cannot unmarshal !!str `a` into uint'
	]);
});

test('a mistake in one job does not hide those of another', () => {
	const text = `${job('foo: 1')}- job_name: other\n  scrape_timeout: 2m\n- scheme: http\n`;
	expect(errorsOf(text)).toEqual([
		'6:3 job_name is empty',
		'3:3 field foo not found in type config.ScrapeConfig'
	]);
});

test('what is no YAML has a place', () => {
	expect(errorsOf('global:\n  scrape_interval: "15s\n')[0]).toMatch(/^\d+:\d+ ./);
	expect(errorsOf('rule_files: [a, b\n')[0]).toMatch(/^\d+:\d+ ./);
	expect(errorsOf('}')[0]).toMatch(/^1:1 ./);
});

test('aliases of aliases of aliases do not stop the world', () => {
	const levels = Array.from(
		{ length: 9 },
		(_, i) =>
			`l${i}: &l${i} [${Array.from({ length: 9 }, () => (i === 0 ? 'x' : `*l${i - 1}`)).join(', ')}]`
	);
	const text = `rule_files: &r [${'x,'.repeat(200)}]\nscrape_config_files: [[*r, *r], ${'*r,'.repeat(2_000)}]\n${levels.join('\n')}`;
	expect(errorsOf(text).length).toBeGreaterThan(0);
});

test('what is nested too deeply is refused before it exhausts the stack', () => {
	for (const text of [
		'['.repeat(20_000),
		'- '.repeat(5_000),
		`${'{'.repeat(1_000)}${'}'.repeat(1_000)}`
	]) {
		expect(errorsOf(text)[0]).toMatch(/^1:\d+ exceeded max depth of 100$/);
	}
});

test('a colon alone is no key', () => {
	expect(errorsOf('global:\n  : 1\n')).toEqual(['2:3 did not find expected key']);
});
