import type { createPromClient } from '#engine/registry';

/** What a program may use: the part that our registry and npm prom-client have in common, each with its own types. */
export type Client = Pick<
	ReturnType<typeof createPromClient>,
	| 'Counter'
	| 'Gauge'
	| 'Histogram'
	| 'Summary'
	| 'Registry'
	| 'AggregatorRegistry'
	| 'aggregators'
	| 'register'
	| 'contentType'
	| 'linearBuckets'
	| 'exponentialBuckets'
	| 'collectDefaultMetrics'
	| 'prometheusContentType'
	| 'openMetricsContentType'
	| 'validateMetricName'
>;

/** The virtual clock of a program's run, which both clients are made to read. */
export interface Stopwatch {
	advance(milliseconds: number): void;
}

export interface Program {
	readonly name: string;
	/** Instruments and uses something. What it returns is compared too; of what it throws, the words. */
	readonly run: (client: Client, clock: Stopwatch) => unknown;
	/** What promtool's linter finds in its page, for programs that test odd things. */
	readonly lint?: readonly string[];
}

/** What a function threw, or a promise was rejected with. */
export class Thrown {
	readonly name: string;
	readonly message: string;

	constructor(error: unknown) {
		const { name, message } = error as Error;
		this.name = name;
		this.message = message;
	}
}

const NOTHING = 'nothing was thrown';

/** What a function throws, which it is expected to do. */
export function failure(run: () => unknown): Thrown | string {
	try {
		run();
	} catch (error) {
		return new Thrown(error);
	}
	return NOTHING;
}

/** What a promise is rejected with, which it is expected to be. */
export async function rejection(promise: PromiseLike<unknown>): Promise<Thrown | string> {
	try {
		await promise;
	} catch (error) {
		return new Thrown(error);
	}
	return NOTHING;
}

/**
 * An outcome of ours with prom-client's errors in place of those that begin with the same words and go on to say
 * what to do; all else is left as it is, so that what remains different is a difference.
 */
export function inPeerWords(ours: unknown, theirs: unknown): unknown {
	if (ours instanceof Thrown && theirs instanceof Thrown)
		return isExtended(ours, theirs) ? theirs : ours;
	if (Array.isArray(ours) && Array.isArray(theirs)) {
		return ours.map((inner, i) => inPeerWords(inner, (theirs as unknown[])[i]));
	}
	return ours;
}

function isExtended(ours: Thrown, theirs: Thrown): boolean {
	const words = theirs.message.replace(/\.$/, '');
	return ours.name === theirs.name && /^($|\. |: )/.test(rest(ours.message, words));
}

function rest(message: string, beginning: string): string {
	return message.startsWith(beginning) ? message.slice(beginning.length) : 'other words';
}
