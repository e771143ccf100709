import { formatDuration } from '#engine/model';
import { readServeArguments, type ServeOptions } from './options.ts';
import { wholeNumber } from './numbers.ts';
import { goOn } from './serve/pace.ts';
import { LOOPBACK, openServed, PORT, type Served } from './serve/served.ts';
import { listen, type Listening } from './serve/server.ts';

const LAST_PORT = 65_535;

/**
 * `lab serve`: answers as a Prometheus does, until the process is told to end. The first line on standard output is the address.
 * Wrong options and files, and an address that cannot be had, throw a UsageError.
 */
export async function serve(args: readonly string[]): Promise<undefined> {
	const { url, about, close } = await startServing(args);
	console.log(url);
	console.error(`lab: ${about}; Ctrl+C ends it`);
	await toldToEnd();
	await close();
}

/** A lab that is served, and in words what of it. */
export interface Serving extends Listening {
	readonly about: string;
}

/** Begins to serve what the arguments say. Throws a UsageError. */
export async function startServing(args: readonly string[]): Promise<Serving> {
	const options = readServeArguments(args);
	const port = wholeNumber('port', options.port ?? PORT, LAST_PORT);
	const served = await openServed(options);
	const { url, close } = await listen(served, { host: options.listen ?? LOOPBACK, port });
	const stop = served.live && goOn(served.live.lab, served.live.speed, stoodStill);
	return {
		url,
		about: inWords(options, served),
		close: async () => {
			stop?.();
			await close();
		}
	};
}

function inWords(
	{ openmetrics, world = 'shop' }: ServeOptions,
	{ start, now, live }: Served
): string {
	const subject = openmetrics === undefined ? `the world ${world}` : openmetrics;
	const from = `${subject} from ${new Date(start).toISOString()}`;
	return live
		? `${from}, going on at speed ${live.speed}`
		: `${from} for ${formatDuration(now() - start)}`;
}

function stoodStill(error: unknown): void {
	console.error(`lab: the world stands still: ${error instanceof Error ? error.message : error}`);
}

function toldToEnd(): Promise<void> {
	return new Promise((resolve) => {
		process.once('SIGINT', () => resolve());
		process.once('SIGTERM', () => resolve());
	});
}
