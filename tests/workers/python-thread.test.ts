import { describe, expect, it } from 'vitest';
import { RunnerFailure } from '#engine/sim';
import { createPythonThread, STOP_AFTER } from '../../src/workers/python-thread.ts';
import { ThreadRunner } from '../../src/workers/thread-runner.ts';
import { bootPython, missingPython, titled } from '../python/interpreter.ts';
import { ChannelThread } from './channel-thread.ts';

const TIMEOUT = 60_000;
/** A little later than code is stopped that began a moment after 0, ms. */
const LATE = STOP_AFTER + 30;

const APP = `from prometheus_client import Counter, start_http_server
served = Counter("served", "Requests.")
start_http_server(9000)

def handle(request):
    served.inc()
    while request.path == "/stuck":
        pass
    return 200
`;

const request = (id: number, path: string) => ({
	id,
	at: 1000,
	method: 'GET',
	path,
	endpoint: path,
	user: 1,
	work: 10,
	outcome: { status: 200 }
});

describe.skipIf(missingPython !== '')(titled('a thread of Python'), { timeout: TIMEOUT }, () => {
	it('loads, serves, is scraped, says where it listens, and fails with the line it is stuck in', async () => {
		// A clock that stands still until it is wound. Then each look at it takes 10 ms, until it is late enough to stop the code once.
		let isWound = false;
		let now = 0;
		const clock = () => (isWound ? (now = Math.min(now + 10, LATE)) : now);
		const thread = new ChannelThread(createPythonThread(bootPython(), clock));
		const runner = new ThreadRunner({ seed: 1, workers: 1, takeThread: () => thread });
		expect(await runner.load({ 'app.py': APP }, 1000)).toEqual({ problems: [], output: [] });
		expect(runner.targets()).toEqual([{ port: 9000, path: '/metrics' }]);
		const { responses } = await runner.handle([request(1, '/')], 2000);
		expect(responses).toMatchObject([{ id: 1, status: 200 }]);
		const { body } = await runner.scrape('text/plain', { port: 9000, path: '/metrics' });
		expect(new TextDecoder().decode(body)).toContain('served_total 1.0');
		isWound = true;
		const failure = await runner.handle([request(2, '/stuck')], 3000).catch((error) => error);
		expect(failure).toBeInstanceOf(RunnerFailure);
		expect(failure.place).toMatchObject({ file: 'app.py' });
		expect([7, 8]).toContain(failure.place.line);
		expect(failure.message).toMatch(/^handle\(\) took longer than 3 seconds and was stopped/);
		expect(thread.isEnded).toBe(true);
	});
});
