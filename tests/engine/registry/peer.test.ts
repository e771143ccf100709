import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPromClient } from '#engine/registry';
import { inPeerWords, type Client, type Program, type Stopwatch } from './program.ts';
import { programs } from './programs.ts';

const require = createRequire(import.meta.url);
const peer = require('prom-client') as Client;

const START = Date.UTC(2026, 0, 1);

/** What a program leaves behind: its page, the same as objects, and what it returned. */
async function outcome(client: Client, { run }: Program, clock: Stopwatch) {
	const returned = await run(client, clock);
	const page = await client.register.metrics();
	return { page, objects: await client.register.getMetricsAsJSON(), returned };
}

describe('the same program leaves the same page on prom-client and here', () => {
	beforeEach(() => {
		vi.useFakeTimers({ now: START, toFake: ['Date', 'hrtime'] });
		peer.register.clear();
	});
	afterEach(() => void vi.useRealTimers());

	test.each(programs)('$name', async (program) => {
		let now = START;
		const ours = createPromClient({ now: () => now });
		const advance = (milliseconds: number) => void (now += milliseconds);
		const here = await outcome(ours, program, { advance });
		const advancePeer = (milliseconds: number) => void vi.advanceTimersByTime(milliseconds);
		const there = await outcome(peer, program, { advance: advancePeer });
		expect({ ...here, returned: inPeerWords(here.returned, there.returned) }).toEqual(there);
	});
});
