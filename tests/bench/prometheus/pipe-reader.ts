import type { Readable } from 'node:stream';

const NEWLINE = 10;

/** Reads lines of text and runs of bytes, in the order they were written, from a stream. */
export class PipeReader {
	readonly #chunks: AsyncIterator<Buffer>;
	#rest: Buffer = Buffer.alloc(0);

	constructor(stream: Readable) {
		this.#chunks = stream[Symbol.asyncIterator]();
	}

	async line(): Promise<string> {
		const pieces: Buffer[] = [];
		for (;;) {
			const end = this.#rest.indexOf(NEWLINE);
			if (end >= 0) {
				pieces.push(this.#rest.subarray(0, end));
				this.#rest = this.#rest.subarray(end + 1);
				return Buffer.concat(pieces).toString('utf8');
			}
			pieces.push(this.#rest);
			await this.#fill();
		}
	}

	/** So many bytes, in an array that shares its memory with nothing. */
	async bytes(count: number): Promise<Uint8Array> {
		const bytes = new Uint8Array(count);
		let filled = 0;
		while (filled < count) {
			if (this.#rest.length === 0) await this.#fill();
			const piece = this.#rest.subarray(0, count - filled);
			bytes.set(piece, filled);
			filled += piece.length;
			this.#rest = this.#rest.subarray(piece.length);
		}
		return bytes;
	}

	async #fill(): Promise<void> {
		const { value, done } = await this.#chunks.next();
		if (done) throw new Error('the stream ended in the middle of an answer');
		this.#rest = value;
	}
}
