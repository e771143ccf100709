import { createRequire } from 'node:module';
import { beforeAll, expect, test } from 'vitest';
import { ABSENT, createPromClient } from '#engine/registry';
import { programs } from './programs.ts';
import { publicMembers } from './public-api.ts';
import { record } from './recorder.ts';

const require = createRequire(import.meta.url);
const members = publicMembers();
const seen = new Set<string>();

beforeAll(async () => {
	for (const { run } of programs) {
		let now = 0;
		const client = record(createPromClient({ now: () => now }), seen);
		await run(client, { advance: (milliseconds) => void (now += milliseconds) });
		await client.register.metrics();
	}
});

/** Whether a member is what the list of absent things names, or belongs to it. */
function isAbsent(member: string): boolean {
	const plain = member.replace(/^new /, '');
	return Object.keys(ABSENT).some((name) => plain === name || /^[.(]/.test(after(plain, name)));
}

function after(text: string, beginning: string): string {
	return text.startsWith(beginning) ? text.slice(beginning.length) : '';
}

test('the type definitions of prom-client are read as they are called', () => {
	expect(members).toEqual(
		expect.arrayContaining([
			'new Counter(object)',
			'Counter.inc()',
			'Counter.inc(number)',
			'Counter.inc(object)',
			'Counter.inc(object, number)',
			'Counter.inc(data)',
			'Counter.labels(...string)',
			'Counter.Internal.inc(number)',
			'CounterConfiguration.enableExemplars',
			'SummaryConfiguration.ageBuckets',
			'Histogram.startTimer(object, object)',
			'Histogram.startTimer().end(object, object)',
			'Registry.merge(array)',
			'AggregatorRegistry.setRegistries(Registry)',
			'linearBuckets(number, number, number)',
			'collectDefaultMetrics()',
			'collectDefaultMetrics.metricsList',
			'Pushgateway.pushAdd(object)'
		])
	);
	expect(members).not.toContain('Counter.dec()');
});

test('a program uses every public member, unless it is on the list of what is absent', () => {
	expect(members.filter((member) => !seen.has(member) && !isAbsent(member))).toEqual([]);
});

test('what is on the list of what is absent is declared by prom-client', () => {
	expect(Object.keys(ABSENT).filter((name) => !members.includes(name))).toEqual([]);
});

test('every name that prom-client exports is there, and is the same kind of thing', () => {
	const peer = require('prom-client') as object;
	const here: object = createPromClient({ now: () => 0 });
	const kinds = Object.entries(peer).map(([name, value]) => [name, typeof value]);
	const ours = kinds.map(([name]) => [name, typeof Reflect.get(here, name as string)]);
	expect(ours).toEqual(kinds);
});

test('Pushgateway says why it cannot be had', () => {
	const { Pushgateway } = createPromClient({ now: () => 0 });
	expect(() => new Pushgateway()).toThrow(
		'There is no Pushgateway here: a browser tab has no network to push to.'
	);
});
