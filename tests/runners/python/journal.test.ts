import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Interpreter } from '#runners/python';
import { bootPython, missingPython, titled } from '../../python/interpreter.ts';
import { load, request } from '../../python/running.ts';

const TIMEOUT = 60_000;

/** What a request does one after the other; it waits in whole milliseconds. */
type Step = readonly ['inc' | 'set' | 'wait', number];

const PROGRAM = `
	import json, time
	from prometheus_client import Gauge, start_http_server
	start_http_server(8000)
	value = Gauge('value', 'v')
	def handle(request):
		for step, number in json.loads(request.path):
			if step == 'inc': value.inc(number)
			elif step == 'set': value.set(number)
			else: time.sleep(number / 1000)
		return 200
`;

interface Write {
	readonly at: number;
	readonly apply: (value: number) => number;
}

/** All writes in order of time, and of execution within one moment. */
function writesOf(requests: readonly { at: number; steps: readonly Step[] }[]): Write[] {
	const writes: Write[] = [];
	for (const { at, steps } of requests) {
		let now = at;
		for (const [step, number] of steps) {
			if (step === 'wait') now += number;
			else writes.push({ at: now, apply: (v) => (step === 'inc' ? v + number : number) });
		}
	}
	return writes.sort((a, b) => a.at - b.at);
}

const anyStep: fc.Arbitrary<Step> = fc.oneof(
	fc.tuple(fc.constant('wait' as const), fc.constantFrom(10, 20, 50)),
	fc.tuple(fc.constantFrom('inc' as const, 'set' as const), fc.integer({ min: -9, max: 9 })),
	fc.tuple(fc.constant('inc' as const), fc.double({ min: -1, max: 1, noNaN: true }))
);

const anyRequests = fc
	.array(
		fc.record({
			// Few moments, so that many writes share one.
			at: fc.constantFrom(0, 10, 20, 25, 30, 100),
			steps: fc.array(anyStep, { maxLength: 6 })
		}),
		{ maxLength: 12 }
	)
	.map((requests) => requests.toSorted((a, b) => a.at - b.at));

const anyScrapes = fc
	.uniqueArray(
		fc.integer({ min: 0, max: 50 }).map((n) => n * 5),
		{ minLength: 1, maxLength: 6 }
	)
	.map((times) => times.toSorted((a, b) => a - b));

describe.skipIf(missingPython !== '')(titled('a gauge'), { timeout: TIMEOUT }, () => {
	let interpreter: Interpreter;
	beforeAll(async () => {
		interpreter = await bootPython();
	}, TIMEOUT);

	it('shows at every moment exactly the writes until then, whatever overlaps', async () => {
		await fc.assert(
			fc.asyncProperty(anyRequests, anyScrapes, async (requests, scrapes) => {
				const { runner, live, sample } = await load(interpreter, PROGRAM, { workers: 100 });
				const writes = writesOf(requests);
				let from = -1;
				for (const until of scrapes) {
					const due = requests.filter(({ at }) => at > from && at <= until);
					await live(
						due.map(({ at, steps }, i) =>
							request(from * 100 + i, at, { path: JSON.stringify(steps) })
						),
						until
					);
					const made = writes.filter(({ at }) => at <= until);
					expect(await sample('value')).toBe(made.reduce((v, { apply }) => apply(v), 0) + 0);
					from = until;
				}
				runner.dispose();
			}),
			{ numRuns: 60, seed: 11 }
		);
	});
});
