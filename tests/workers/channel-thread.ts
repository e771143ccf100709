import { expose } from 'comlink';
import type { Thread } from '../../src/workers/thread-runner.ts';

/** One end of a channel in place of a Worker: everything a thread is, except that it can be ended for good. */
export class ChannelThread extends EventTarget implements Thread {
	readonly #port: MessagePort;
	readonly #far: MessagePort;
	isEnded = false;

	constructor(api: object) {
		super();
		const { port1, port2 } = new MessageChannel();
		[this.#port, this.#far] = [port1, port2];
		port1.onmessage = (event) =>
			this.dispatchEvent(new MessageEvent('message', { data: event.data }));
		expose(api, port2 as never);
	}

	postMessage(message: unknown, transfer: Transferable[] = []): void {
		this.#port.postMessage(message, transfer);
	}

	/** Posts as code in the thread can that has got hold of the way to. */
	say(message: unknown): void {
		this.#far.postMessage(message);
	}

	terminate(): void {
		this.isEnded = true;
		this.#port.close();
	}
}
