import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { bundle } from '../bundle.ts';
import type { DataSetName } from './data.ts';
import type { Reply, Request } from './engine-process.ts';
import type { Answer } from './ours.ts';
import type { Bounds } from './queries.ts';

/** This engine in a process of its own, as Prometheus is, so that no other code of the benchmark shares its heap. */
export class OurEngine {
	readonly #process: ChildProcess;

	private constructor(process: ChildProcess) {
		this.#process = process;
	}

	/** Builds the engine and starts it. */
	static async start(): Promise<OurEngine> {
		const program = await bundle(new URL('engine-process.ts', import.meta.url), 'engine');
		return new OurEngine(fork(program, { serialization: 'advanced', execArgv: [] }));
	}

	/** Makes a data set and writes it into a head. */
	async load(set: DataSetName): Promise<void> {
		await this.#ask({ op: 'load', set });
	}

	/** Milliseconds from text to typed arrays, the mean of so many evaluations in a row. */
	async time(set: DataSetName, query: string, bounds: Bounds, repeat = 1): Promise<number> {
		return (await this.#ask({ op: 'time', set, query, bounds, repeat })).figure ?? NaN;
	}

	async answers(set: DataSetName, query: string, bounds: Bounds): Promise<readonly Answer[]> {
		return (await this.#ask({ op: 'answers', set, query, bounds })).answers ?? [];
	}

	/** The most bytes that a query holds at once, as `peakMemory` has it. */
	async peakMemory(set: DataSetName, query: string, bounds: Bounds): Promise<number> {
		return (await this.#ask({ op: 'memory', set, query, bounds })).figure ?? NaN;
	}

	/** Ends the process. */
	close(): void {
		this.#process.kill();
	}

	async #ask(request: Request): Promise<Reply> {
		const done = new AbortController();
		const reply = once(this.#process, 'message', { signal: done.signal });
		const exit = once(this.#process, 'exit', { signal: done.signal }).then(() => {
			throw new Error('the process of our engine has ended; what it said is above');
		});
		this.#process.send(request);
		try {
			return (await Promise.race([reply, exit]))[0] as Reply;
		} finally {
			done.abort();
			await Promise.allSettled([reply, exit]);
		}
	}
}
