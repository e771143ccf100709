import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPromClient } from '#engine/registry';
import { failure, inPeerWords, type Client } from './program.ts';

const require = createRequire(import.meta.url);
const peer = require('prom-client') as Client;

const labelNames = ['a', 'b'];
/** Without colons and commas: prom-client builds a key with them, and takes some different label sets for one. */
const labelValue = fc.oneof(
	fc.constantFrom<string | number>('x', 'y', '', 7, 'ü"\\\n', '0'),
	fc.string({ maxLength: 5 }).map((text) => text.replace(/[:,]/g, ''))
);
const labelSet = fc.record({ a: labelValue, b: labelValue }, { requiredKeys: [] });
const number = fc.oneof(
	fc.constantFrom(0, -0, 1, 2, 0.1, 1e21, 1e-7),
	fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
);
const anyNumber = fc.oneof(number, fc.constantFrom(NaN, Infinity, -Infinity));

type Metrics = ReturnType<typeof declare>;
type Operation = (metrics: Metrics, client: Client) => void;

function declare({ Counter, Gauge, Histogram, Summary }: Client) {
	return {
		counter: new Counter({ name: 'c_total', help: 'C.', labelNames }),
		gauge: new Gauge({ name: 'g', help: 'G.', labelNames }),
		histogram: new Histogram({ name: 'h', help: 'H.', labelNames, buckets: [0, 0.5, 10] }),
		summary: new Summary({ name: 's', help: 'S.', labelNames, percentiles: [0.1, 0.5, 0.99] }),
		plain: new Counter({ name: 'plain_total', help: 'P.' }),
		plainHistogram: new Histogram({ name: 'plain', help: 'P.', buckets: [1] })
	};
}

const KINDS = ['counter', 'gauge', 'histogram', 'summary'] as const;

const operation: fc.Arbitrary<Operation> = fc.oneof(
	fc.tuple(labelSet, anyNumber).map(
		([labels, value]): Operation =>
			(m) =>
				m.counter.inc(labels, value)
	),
	fc.tuple(labelValue, labelValue, number).map(
		([a, b, value]): Operation =>
			(m) =>
				m.counter.labels(a, b).inc(Math.abs(value))
	),
	fc.tuple(labelSet, anyNumber).map(
		([labels, value]): Operation =>
			(m) =>
				m.gauge.inc(labels, value)
	),
	fc.tuple(labelSet, anyNumber).map(
		([labels, value]): Operation =>
			(m) =>
				m.gauge.set(labels, value)
	),
	fc.tuple(labelSet, number).map(
		([labels, value]): Operation =>
			(m) =>
				m.gauge.labels(labels).dec(value)
	),
	fc.tuple(labelSet, anyNumber).map(
		([labels, value]): Operation =>
			(m) =>
				m.histogram.observe(labels, value)
	),
	fc.tuple(labelSet, anyNumber).map(
		([labels, value]): Operation =>
			(m) =>
				m.summary.observe(labels, value)
	),
	anyNumber.map(
		(value): Operation =>
			(m) =>
				m.plain.inc(value)
	),
	anyNumber.map(
		(value): Operation =>
			(m) =>
				m.plainHistogram.observe(value)
	),
	labelSet.map(
		(labels): Operation =>
			(m) =>
				m.histogram.zero(labels)
	),
	fc.tuple(fc.constantFrom(...KINDS), labelSet).map(
		([kind, labels]): Operation =>
			(m) =>
				m[kind].remove(labels)
	),
	fc.constantFrom(...KINDS).map(
		(kind): Operation =>
			(m) =>
				m[kind].reset()
	),
	fc.tuple(labelValue, labelValue).map(
		([a, app]): Operation =>
			(_, { register }) =>
				register.setDefaultLabels({ a, app })
	)
);

/** The page after the operations, and what each of them threw. */
async function outcome(client: Client, operations: readonly Operation[]) {
	client.register.clear();
	const metrics = declare(client);
	const failures = operations.map((operate) => failure(() => operate(metrics, client)));
	return { failures, page: await client.register.metrics() };
}

test('any sequence of operations leaves the same page on prom-client and here', async () => {
	const ours = createPromClient({ now: () => 0 });
	const property = fc.asyncProperty(fc.array(operation, { maxLength: 40 }), async (operations) => {
		const [here, there] = [await outcome(ours, operations), await outcome(peer, operations)];
		expect({ ...here, failures: inPeerWords(here.failures, there.failures) }).toEqual(there);
	});
	await fc.assert(property, { numRuns: 300 });
});
