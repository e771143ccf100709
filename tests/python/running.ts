import type { SimRequest } from '#engine/sim';
import { createPythonRunner, type Interpreter, type PythonRunnerOptions } from '#runners/python';

/** When instances are started in these tests, in ms. */
export const START = 1_000_000;

/** A request that arrives `at` ms after the start. */
export function request(id: number, at: number, more: Partial<SimRequest> = {}): SimRequest {
	return {
		id,
		at: START + at,
		method: 'GET',
		path: '/api/orders/7',
		endpoint: '/api/orders/{id}',
		user: 3,
		work: 100,
		outcome: { status: 200 },
		...more
	};
}

type Options = Partial<Omit<PythonRunnerOptions, 'interpreter'>>;

/** Loads `app.py`, or several files, and gives what tests ask of a running instance. */
export async function load(
	interpreter: Interpreter,
	source: string | Record<string, string>,
	options: Options = {}
) {
	const runner = createPythonRunner({ interpreter, seed: 1, workers: 4, ...options });
	const files = typeof source === 'string' ? { 'app.py': dedent(source) } : source;
	const loaded = await runner.load(files, START);
	return {
		runner,
		loaded,
		/** Lets it live until this many ms after the start. */
		live: (requests: readonly SimRequest[], until: number) =>
			runner.handle(requests, START + until),
		metrics: async (accept = '') => decode((await runner.scrape(accept)).body),
		/** The value of a sample as the page shows it, such as `done_total{status="200"}`. */
		sample: async (series: string) => {
			const lines = decode((await runner.scrape('')).body).split('\n');
			const line = lines.find((text) => text.startsWith(`${series} `));
			return line === undefined ? undefined : Number(line.slice(series.length + 1));
		}
	};
}

export function decode(body: Uint8Array): string {
	return new TextDecoder().decode(body);
}

/** Takes the indentation away that a program has for standing in a test. */
export function dedent(source: string): string {
	const lines = source.replace(/^\n/, '').split('\n');
	const indent = /^\s*/.exec(lines.find((line) => line.trim() !== '') ?? '')![0];
	return lines
		.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
		.join('\n');
}
