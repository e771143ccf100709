import { describe, expect, it } from 'vitest';
import { explain, hintFor, parse } from '#engine/promql';
import { END, shop } from './shop.ts';

const STORE = shop();

function hint(text: string): string {
	return explain(STORE, text, END).hint ?? '';
}

/** The pieces of code in a hint. */
function codeIn(text: string): string[] {
	return text.split('`').filter((_, i) => i % 2 === 1);
}

/** Each is refused by Prometheus, and the hint has the query that was meant. */
const MENDED: readonly (readonly [wrong: string, right: string])[] = [
	// Conditions on labels.
	['{status=500}', '{status="500"}'],
	['http_requests_total{status=500}', 'http_requests_total{status="500"}'],
	['{status=500, code=3}', '{status="500", code="3"}'],
	['x{le=0.5}', 'x{le="0.5"}'],
	['x{status!=500}', 'x{status!="500"}'],
	['x{path=~/cart/}', 'x{path=~"cart"}'],
	['{status=500"}', '{status="500"}'],
	['{status == "500"}', '{status="500"}'],
	['{status: "500"}', '{status="500"}'],
	['x{status <> "500"}', 'x{status!="500"}'],
	['{status in ("500")}', '{status="500"}'],
	['{status in ("500", "503")}', '{status=~"500|503"}'],
	['x{path not in ("/a.b", "/")}', 'x{path!~"/a\\\\.b|/"}'],
	[`{status='500' and method='GET'}`, `{status='500', method='GET'}`],
	[`{status='500' && method='GET'}`, `{status='500', method='GET'}`],
	['{a="b"; c="d"}', '{a="b", c="d"}'],
	['x{a="b" c="d"}', 'x{a="b", c="d"}'],
	['x{a="b"}{c="d"}', 'x{a="b", c="d"}'],
	['{job="a" or job="b"}', '{job=~"a|b"}'],
	['{foo-bar="x"}', '{"foo-bar"="x"}'],
	['x{a.b="c"}', 'x{"a.b"="c"}'],
	['http_requests_total(status="500")', 'http_requests_total{status="500"}'],
	['status="500"', '{status="500"}'],
	['le=0.5', '{le="0.5"}'],
	['{path="/a" && status=~5..}', '{path="/a", status=~"5.."}'],
	['x{a=~"\\d+"}', 'x{a=~"\\\\d+"}'],
	// Operators.
	['up = 1', 'up == 1'],
	['up === 1', 'up == 1'],
	['up !== 1', 'up != 1'],
	['up <> 1', 'up != 1'],
	['up => 1', 'up >= 1'],
	['up > = 1', 'up >= 1'],
	['up =< 1', 'up <= 1'],
	['up ≥ 1', 'up >= 1'],
	['up ≠ 1', 'up != 1'],
	['up && up', 'up and up'],
	['up||up', 'up or up'],
	['up and not up', 'up unless up'],
	['up == "1"', 'up == 1'],
	['1 == 1', '1 == bool 1'],
	['x**2', 'x^2'],
	['x > 1,000', 'x > 1000'],
	['x > 1,000,000', 'x > 1000000'],
	['x > 5%', 'x > 0.05'],
	['(x > 2.5 %) and y', '(x > 0.025) and y'],
	// Grouping.
	['sum by instance (up)', 'sum by (instance) (up)'],
	['sum by job, instance (up)', 'sum by (job, instance) (up)'],
	['sum(up) by instance', 'sum(up) by (instance)'],
	['sum by (endpoint (rate(x[5m])))', 'sum by (endpoint) (rate(x[5m]))'],
	['sum by (a b) (x)', 'sum by (a, b) (x)'],
	['sum by (foo-bar) (x)', 'sum by ("foo-bar") (x)'],
	['x by (y)', 'sum by (y) (x)'],
	['sum(x) group by y', 'sum(x) by (y)'],
	['sum(rate(x[5m]) by (job)', 'sum(rate(x[5m])) by (job)'],
	['sum(up, instance)', 'sum by (instance) (up)'],
	// Ranges, offset and @.
	['rate(x)[5m]', 'rate(x[5m])'],
	['rate(x, 5m)', 'rate(x[5m])'],
	['avg_over_time(rate(x[5m])[5m])', 'avg_over_time(rate(x[5m])[5m:])'],
	['x["5m"]', 'x[5m]'],
	['x[5 m]', 'x[5m]'],
	['x[5min]', 'x[5m]'],
	['x[1 hour]', 'x[1h]'],
	['x[1h 30m]', 'x[1h30m]'],
	['x[1.5h]', 'x[1h30m]'],
	['x[last 5m]', 'x[5m]'],
	['rate(up 5m)', 'rate(up[5m])'],
	['x offset "5m"', 'x offset 5m'],
	['x offset 5 minutes', 'x offset 5m'],
	['x offset 1d ago', 'x offset 1d'],
	['rate(x[5m]) offset 5m', 'rate(x[5m] offset 5m)'],
	['sum by (a) (rate(x[5m])) offset 5m', 'sum by (a) (rate(x[5m] offset 5m))'],
	['(a / b) offset 5m', '(a offset 5m / b offset 5m)'],
	['rate(x offset 1h [5m])', 'rate(x[5m] offset 1h)'],
	['x @ "now"', 'x'],
	['x @ now()', 'x'],
	['x @ "2026-01-01T00:00:00Z"', 'x @ 1767225600'],
	['x @ 2026-01-01T01:00:00+01:00', 'x @ 1767225600'],
	// Brackets and quotes.
	['rate(x[5m]', 'rate(x[5m])'],
	['rate(x[5m', 'rate(x[5m])'],
	['rate(x[5m)', 'rate(x[5m])'],
	['rate(x[5m])) ', 'rate(x[5m])'],
	['sum(rate(x[5m])', 'sum(rate(x[5m]))'],
	['x{a="b"', 'x{a="b"}'],
	['{status="500}', '{status="500"}'],
	['{status="500, a="b"}', '{status="500", a="b"}'],
	['up == "1', 'up == 1'],
	// Functions and their arguments.
	['histogram_quantile(v, 0.95)', 'histogram_quantile(0.95, v)'],
	['topk(v, 3)', 'topk(3, v)'],
	['quantile(v, 0.9)', 'quantile(0.9, v)'],
	['topk(x)', 'topk(5, x)'],
	['rate x[5m]', 'rate(x[5m])'],
	['sum up', 'sum(up)'],
	['average(up)', 'avg(up)'],
	['average(up[5m])', 'avg_over_time(up[5m])'],
	['mean(up)', 'avg(up)'],
	['moving_average(x[5m])', 'avg_over_time(x[5m])'],
	['percentile(95, x)', 'quantile(0.95, x)'],
	['percentile(x, 0.9)', 'quantile(0.9, x)'],
	['p95(x)', 'quantile(0.95, x)'],
	['p999(x[5m])', 'quantile_over_time(0.999, x[5m])'],
	['p95(x_bucket)', 'histogram_quantile(0.95, sum by (le) (rate(x_bucket[5m])))'],
	['median(x)', 'quantile(0.5, x)'],
	['total(x)', 'sum(x)'],
	['length(x)', 'count(x)'],
	['len(x)', 'count(x)'],
	['sumOverTime(x[5m])', 'sum_over_time(x[5m])'],
	['RATE(x[5m])', 'rate(x[5m])'],
	['up()', 'up'],
	// Texts of other kinds.
	['select * from up', 'up'],
	['select sum(v) from up where a = 1 group by job', 'sum by (job) (up{a="1"})'],
	['up where status="500"', 'up{status="500"}'],
	['count distinct(job)', 'count(count by (job) (up))'],
	['count(distinct job)', 'count(count by (job) (up))'],
	['up // comment', 'up # comment'],
	['-- a comment\nup', '# a comment\nup'],
	['up;', 'up'],
	['{status=“500”}', '{status="500"}'],
	['up{job=‘shop’}', "up{job='shop'}"],
	['up\u00a0== 1', 'up == 1'],
	['http.requests', '{"http.requests"}'],
	['http.requests{a="b"}', '{"http.requests", a="b"}'],
	['rate(http-requests[5m])', 'rate({"http-requests"}[5m])'],
	['rate(x[$__rate_interval])', 'rate(x[5m])'],
	['https://example.org/graph?g0.expr=up%20%3D%3D+0&g0.tab=1', 'up == 0'],
	['expr: up == 0', 'up == 0'],
	['- alert: Down\n  expr: |\n    up == 0\n  for: 5m', 'up == 0'],
	['http_requests_total{status="500"} 5', 'http_requests_total{status="500"}'],
	// Several mistakes in one query.
	['sum by instance (rate(x{a=1})[5 min]) = 1', 'sum by (instance) (rate(x{a="1"}[5m])) == 1']
];

describe('what was meant is in the hint', () => {
	it.each(MENDED)('%s', (wrong, right) => {
		expect(parse(wrong).ok).toBe(false);
		expect(codeIn(hint(wrong))[0]).toBe(right);
		expect(parse(right)).toMatchObject({ ok: true });
	});
});

/** The hint has words that say what to do. */
const SAID: readonly (readonly [text: string, expected: RegExp])[] = [
	['!up', /no not.*`up == 0`.*unless/],
	['not up', /no not.*`up == 0`/],
	['"a" + "b"', /not texts.*label_join/],
	['job == "shop"', /`\{job="shop"\}`/],
	['up =~ "x"', /labels, between braces/],
	['x{status>400}', /`status=~"5\.\."`/],
	['{status}', /`\{status!=""\}`/],
	['{}', /`\{job=~"\.\+"\}`/],
	['{job=~".*"}', /`\{job=~"\.\+"\}`/],
	['x{job=$job}', /^\$job is a variable that Grafana fills in.*`job="…"`/],
	['$__rate_interval', /^\$__rate_interval is a variable/],
	['sum {{label}}', /Double braces.*by \(label\)/],
	['{{label}}', /Double braces.*by \(label\)/],
	['sum(up) by', /`sum\(up\) by \(instance\)`/],
	['sum(x) [5m]', /`max_over_time\(sum\(x\)\[5m:\]\)`.*`sum\(rate\(x\[5m\]\)\)`/],
	[
		'label_replace(up)',
		/`label_replace\(v instant-vector, dst_label string, .*For example `label_replace\(/
	],
	['rate()', /`rate\(v range-vector\) instant-vector`/],
	['rate(x[5m], 5)', /`rate\(v range-vector\) instant-vector`/],
	['sum()', /`sum\(v instant-vector\) instant-vector`/],
	['max(a, b + 1)', /`max\(a or b\)`/],
	['count distinct', /`count\(count by \(instance\) \(up\)\)`/],
	['up having up > 1', /comparison after the expression/],
	['up order by x', /`sort_desc\(up\)`/],
	['up and', /^After and something is missing/],
	['* up', /^Before \* something is missing/],
	['foo(x)', /^There is no function foo/],
	['up up', /side by side/],
	['https://example.org/', /an address, not a query/],
	['record: a:b', /stands there after expr/],
	['# HELP up', /name of a metric/],
	['\n\nsum(\nrate(x[5m])', /^The \( of sum at 3:4 is not closed/],
	['sum(rate(x', /^The \( of sum at 1:4 and the \( of rate at 1:9 are not closed/],
	['{"ü"="', /^The quote " at 1:7 is not closed/],
	['up{job="a"} and {', /^The \{ at 1:17 is not closed/]
];

describe('what to do is in the hint', () => {
	it.each(SAID)('%s', (text, expected) => {
		expect(parse(text).ok).toBe(false);
		expect(hint(text)).toMatch(expected);
	});
});

/** Prometheus reads these, in another way than they are meant. */
const ALLOWED: readonly (readonly [text: string, expected: RegExp])[] = [
	['queue_length[5]', /5 is 5s.*`\[5m\]`/],
	['queue_length offset 5', /5 is 5s.*`offset 5m`/],
	['group by (instance) (up)', /`sum by \(instance\) \(up\)`/],
	['sum', /`sum\(v instant-vector\)/],
	['rate', /`rate\(v range-vector\)/],
	['up == true', /true is 1/],
	['where', /no such word/],
	['up -- comment', /begins with #/],
	['http-requests-total', /`\{"http-requests-total"\}`.*`http_requests_total`/],
	['up{job="$job"}', /^\$job is a variable/]
];

describe('what is allowed and not meant has a hint', () => {
	it.each(ALLOWED)('%s', (text, expected) => {
		const outcome = explain(STORE, text, END);
		expect(outcome.ok).toBe(true);
		expect(outcome.hint).toMatch(expected);
	});

	it.each([
		'up',
		'queue_length[300s]',
		'queue_length offset 300',
		'up - up',
		'sum(up)',
		'gone{job="$1"}'
	])('but not %s', (text) => {
		expect(explain(STORE, text, END)).toMatchObject({ ok: true });
		expect(hint(text)).toBe('');
	});
});

/** The nearest names, the first of them first. */
const NEAREST: readonly (readonly [name: string, names: readonly string[]])[] = [
	['rat', ['rate']],
	['histogram_quantil', ['histogram_quantile', 'histogram_quantiles']],
	['histogramquantile', ['histogram_quantile']],
	['summ', ['sum']],
	['incrase', ['increase']],
	['irat', ['irate']],
	['avg_over', ['avg_over_time']],
	['label_repalce', ['label_replace']]
];

describe('an unknown function is told what is like it', () => {
	it.each(NEAREST)('%s', (name, names) => {
		const offered = [...hint(`${name}(x)`).matchAll(/(\w+)\(\)/g)].map(([, offer]) => offer);
		expect(offered.slice(0, names.length)).toEqual(names);
	});
});

it('reads the place from the error of a real Prometheus, too', () => {
	const message = 'invalid parameter "query": 1:4: parse error: unexpected "="';
	expect(hintFor(message, 'up = 1')).toMatch(/`up == 1`/);
});
