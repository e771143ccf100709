import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { Lab, parseWorld, type CreateRunner, type World } from '#engine/lab';
import { MINUTE } from '#engine/model';
import type { SourceFiles } from '#engine/sim';
import { createPythonRunner, type Interpreter } from '#runners/python';
import { createTypeScriptRunner } from '#runners/typescript';
import { bootPython, missingPython, titled } from '../../python/interpreter.ts';

const TIMEOUT = 60_000;
const SHOP = new URL('../../../lessons/worlds/shop/', import.meta.url);

/** The program of the shop, as its app.ts has it. */
const python = (isAsync: boolean) => `
from prometheus_client import Counter, Gauge, Histogram, start_http_server

requests = Counter("http_requests_total", "Total HTTP requests", ["method", "endpoint", "status"])
active = Gauge("active_connections", "Current active connections")
duration = Histogram(
    "http_request_duration_seconds", "Request duration in seconds", ["endpoint"],
    buckets=[0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0],
)
start_http_server(8000)

${isAsync ? 'async ' : ''}def handle(request):
    status = 500
    with active.track_inprogress(), duration.labels(request.endpoint).time():
        try:
            status = ${isAsync ? 'await ' : ''}process_request()
            return status
        finally:
            requests.labels(request.method, request.endpoint, status).inc()
`;

const QUERIES = [
	'sum by (method, endpoint, status) (http_requests_total)',
	'active_connections',
	'max_over_time(active_connections[5m])',
	'sum by (endpoint) (rate(http_request_duration_seconds_count[5m]))'
];

function readWorld(): World {
	const parsed = parseWorld(readFileSync(new URL('world.yaml', SHOP), 'utf8'));
	if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
	return parsed.world;
}

/** What Prometheus knows of the world after five minutes. */
async function history(world: World, files: SourceFiles, createRunner: CreateRunner) {
	const lab = new Lab({ world, seed: 7, createRunner });
	try {
		expect((await lab.deploy(files)).problems).toEqual([]);
		await lab.advance(world.start + 5 * MINUTE);
		expect(lab.takeLog().problems).toEqual([]);
		const time = String((world.start + 5 * MINUTE) / 1000);
		return await Promise.all(
			QUERIES.map(async (query) => {
				const result = await lab.api.query({ query, time });
				expect(result.status).toBe('success');
				return result;
			})
		);
	} finally {
		lab.dispose();
	}
}

describe.skipIf(missingPython !== '')(titled('a world in Python'), { timeout: TIMEOUT }, () => {
	let interpreter: Interpreter;
	beforeAll(async () => {
		interpreter = await bootPython();
	}, TIMEOUT);

	it('has the history of the same world in TypeScript', async () => {
		const world = readWorld();
		const { workers } = world.service;
		const code = readFileSync(new URL('app.ts', SHOP), 'utf8');
		const truth = await history(world, { 'app.ts': code }, ({ seed }) =>
			createTypeScriptRunner({ seed, workers })
		);
		for (const isAsync of [false, true]) {
			// All instances live in one interpreter, and know nothing of each other.
			const seen = await history(world, { 'app.py': python(isAsync) }, ({ seed }) =>
				createPythonRunner({ interpreter, seed, workers })
			);
			expect(seen).toEqual(truth);
		}
		expect(JSON.stringify(truth[0])).toContain('"500"');
	});
});
