import { startGoProgram, type GoProcess } from '../../oracle/go-program.ts';
import type { DataSetName, Target } from './data.ts';
import type { Answer } from './ours.ts';
import { PipeReader } from './pipe-reader.ts';
import type { Bounds } from './queries.ts';

/** Prometheus' engine and database in a process of their own (tests/oracle/bench.go). */
export class Prometheus {
	readonly #process: GoProcess;
	readonly #reader: PipeReader;

	constructor(path: string) {
		this.#process = startGoProgram(path, ['bench']);
		this.#reader = new PipeReader(this.#process.stdout);
	}

	/** Writes targets into a new database; returns how it stored them. */
	async load(set: DataSetName, targets: readonly Target[]): Promise<string> {
		for (const { times, series } of targets) {
			const labels = series.map(({ labels }) => labels);
			await this.#send({ op: 'target', set, rows: times.length, series: labels });
			await this.#write(bytesOf(times));
			for (const { values } of series) await this.#write(bytesOf(values));
		}
		return (await this.#ask({ op: 'open', set })).storage ?? '';
	}

	/** Milliseconds from text to the engine's own result, the mean of so many evaluations in a row. */
	async time(set: DataSetName, query: string, bounds: Bounds, repeat: number): Promise<number> {
		return (await this.#ask({ op: 'query', set, query, ...bounds, repeat })).ms;
	}

	async answers(set: DataSetName, query: string, bounds: Bounds): Promise<Answer[]> {
		const { series = [], steps = 0 } = await this.#ask({
			op: 'query',
			set,
			query,
			...bounds,
			withResult: true
		});
		const answers: Answer[] = [];
		for (const labels of series) {
			const values = new Float64Array((await this.#reader.bytes(steps * 8)).buffer);
			answers.push({ labels, values, present: await this.#reader.bytes(steps) });
		}
		return answers;
	}

	/** Ends the process. */
	close(): void {
		this.#process.stdin.end();
	}

	async #ask(request: object): Promise<Reply> {
		await this.#send(request);
		const reply = JSON.parse(await this.#reader.line()) as Reply;
		if (reply.error) throw new Error(`Prometheus: ${reply.error}`);
		return reply;
	}

	#send(request: object): Promise<void> {
		return this.#write(`${JSON.stringify(request)}\n`);
	}

	async #write(data: string | Uint8Array): Promise<void> {
		const { stdin } = this.#process;
		if (!stdin.write(data)) await new Promise((done) => stdin.once('drain', done));
	}
}

interface Reply {
	readonly error?: string;
	readonly ms: number;
	readonly steps?: number;
	readonly series?: string[][];
	readonly storage?: string;
}

function bytesOf(column: Float64Array): Uint8Array {
	return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}
