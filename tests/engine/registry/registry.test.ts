import { expect, test } from 'vitest';
import { formatText } from '#engine/exposition';
import { createPromClient } from '#engine/registry';

test('every client has a register of its own', async () => {
	const [one, two] = [createPromClient({ now: () => 0 }), createPromClient({ now: () => 0 })];
	new one.Counter({ name: 'a_total', help: 'A.' }).inc();
	new two.Counter({ name: 'a_total', help: 'A.' }).inc(2);
	expect(await one.register.metrics()).toContain('a_total 1\n');
	expect(await two.register.metrics()).toContain('a_total 2\n');
});

test('collect() gives plain families, with le and quantile last and default labels among the others', async () => {
	const { Counter, Histogram, Info, register } = createPromClient({ now: () => 0 });
	new Counter({ name: 'a_total', help: 'A.', labelNames: ['x'] }).inc({ x: '1' }, 2);
	new Histogram({ name: 'h', help: 'H.', buckets: [1] }).observe(3);
	new Info({ name: 'build', help: 'B.' }).info({ version: '1' });
	register.setDefaultLabels({ app: 'shop' });
	expect(await register.collect()).toEqual([
		{
			name: 'a_total',
			type: 'counter',
			help: 'A.',
			samples: [{ name: 'a_total', labels: ['x', '1', 'app', 'shop'], value: 2 }]
		},
		{
			name: 'h',
			type: 'histogram',
			help: 'H.',
			samples: [
				{ name: 'h_bucket', labels: ['app', 'shop', 'le', '1'], value: 0 },
				{ name: 'h_bucket', labels: ['app', 'shop', 'le', '+Inf'], value: 1 },
				{ name: 'h_sum', labels: ['app', 'shop'], value: 3 },
				{ name: 'h_count', labels: ['app', 'shop'], value: 1 }
			]
		},
		{
			name: 'build_info',
			type: 'info',
			help: 'B.',
			samples: [{ name: 'build_info', labels: ['version', '1', 'app', 'shop'], value: 1 }]
		}
	]);
});

test('what collect() gives and what metrics() writes differ in blank lines alone', async () => {
	const { Counter, Gauge, register } = createPromClient({ now: () => 0 });
	new Counter({ name: 'a_total', help: 'A "help"\\.', labelNames: ['x'] }).inc(
		{ x: 'a\n"b"' },
		0.1
	);
	new Gauge({ name: 'g', help: 'G.' }).set(-Infinity);
	const page = await register.metrics();
	expect(formatText(await register.collect())).toBe(page.replaceAll('\n\n', '\n'));
});

test('collectDefaultMetrics tells when the process was started', async () => {
	let now = 1_700_000_000_400;
	const client = createPromClient({ now: () => now });
	now += 60_000;
	client.collectDefaultMetrics({ prefix: 'shop_', labels: { zone: 'a' } });
	expect(await client.register.metrics()).toBe(
		'# HELP shop_process_start_time_seconds Start time of the process since unix epoch in seconds.\n' +
			'# TYPE shop_process_start_time_seconds gauge\n' +
			'shop_process_start_time_seconds{zone="a"} 1700000000\n'
	);
	expect(client.collectDefaultMetrics.metricsList).toEqual(['processStartTime']);
	expect(() => client.collectDefaultMetrics(1 as never)).toThrow(
		'config must be null, undefined, or an object'
	);
});

test('contentType of the module is that of its register', () => {
	const client = createPromClient({ now: () => 0 });
	client.contentType = client.openMetricsContentType;
	expect(client.register.contentType).toBe(client.openMetricsContentType);
	expect(client.contentType).toBe(client.openMetricsContentType);
});

test('label values can be refused before a series is made with them', async () => {
	const { Counter, register } = createPromClient({
		now: () => 0,
		checkLabelValue(metric, label, value) {
			if (value.length > 3) throw new RangeError(`${metric} ${label} ${value.length}`);
		}
	});
	const counter = new Counter({ name: 'a_total', help: 'A.', labelNames: ['x'] });
	counter.labels('abc').inc();
	expect(() => counter.labels('abcd')).toThrow('a_total x 4');
	expect(() => counter.inc({ x: 12345 })).toThrow('a_total x 5');
	expect(await register.metrics()).toContain('a_total{x="abc"} 1\n');
	expect(await register.metrics()).not.toContain('abcd');
});

test('a label value of 100 MB is referred to, not copied for each use', async () => {
	const { Counter, register } = createPromClient({ now: () => 0 });
	const huge = 'x'.repeat(100_000_000);
	const counter = new Counter({ name: 'a_total', help: 'A.', labelNames: ['x', 'y'] });
	for (let i = 0; i < 1000; i++) counter.labels(huge, 'b').inc();
	counter.inc({ x: huge, y: 'b' });
	const page = await register.metrics();
	expect(page.length).toBeLessThan(huge.length + 100);
	expect(page.endsWith('",y="b"} 1001\n')).toBe(true);
});

test('an object that contains itself, and a text without end, are shown in part', () => {
	const { Gauge } = createPromClient({ now: () => 0 });
	const gauge = new Gauge({ name: 'g', help: 'G.' });
	const circle: Record<string, unknown> = { id: 1 };
	circle['self'] = circle;
	expect(() => gauge.set({}, circle as never)).toThrow(
		'Value is not a valid number: { id: 1, self: { id: 1, self: { id: 1, self: [Object] } } }'
	);
	expect(() => gauge.set('x'.repeat(1e6) as never)).toThrow(/^.{10100,10200}$/);
	expect(() => gauge.set({}, Array.from({ length: 1e6 }, () => 1) as never)).toThrow(
		'... 999900 more items ]'
	);
});

test('a summary that nobody looked at for a century forgets at once', async () => {
	let now = 0;
	const { Summary, register } = createPromClient({ now: () => now });
	const summary = new Summary({
		name: 's',
		help: 'S.',
		percentiles: [0.5],
		maxAgeSeconds: 0.01,
		ageBuckets: 5
	});
	summary.observe(7);
	now = 3.2e12;
	expect(await register.metrics()).toContain('s{quantile="0.5"} 0\ns_sum 7\ns_count 1\n');
	summary.observe(3);
	expect(await register.metrics()).toContain('s{quantile="0.5"} 3\n');
	now += 11;
	expect(await register.metrics()).toContain('s{quantile="0.5"} 0\n');
});

test('a window that would never end or never fit is refused', () => {
	const { Summary } = createPromClient({ now: () => 0 });
	const declare = (window: object) => new Summary({ name: 's', help: 'S.', ...window });
	for (const maxAgeSeconds of [-1, NaN, '60']) {
		expect(() => declare({ maxAgeSeconds, ageBuckets: 5 })).toThrow(
			'maxAgeSeconds must be a number of seconds, such as 600: '
		);
	}
	expect(() => declare({ maxAgeSeconds: 60, ageBuckets: 1e9 })).toThrow(
		'ageBuckets must be a whole number from 1 to 1000, such as 5: 1000000000'
	);
});
