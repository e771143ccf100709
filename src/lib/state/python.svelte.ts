import type { PythonDownload } from '#workers/protocol';

/** `absent`: nobody has wanted it yet. */
export type PythonStatus = 'absent' | 'loading' | 'ready' | 'failed';

/** Python, as far as it is in this tab: a download of some megabytes, which begins when somebody wants it. */
export class PythonState {
	status = $state<PythonStatus>('absent');
	/** Bytes that have come, and all of them; 0 until that is known. */
	received = $state.raw(0);
	total = $state.raw(0);
	/** Why it cannot be had and what to do, when it failed. */
	failure = $state('');

	/** Keeps what is told of the download. */
	progressed({ received, total }: PythonDownload): void {
		this.received = received;
		this.total = total;
	}

	/** Follows the preparation from its beginning to its end, which it does not wait for twice. */
	async follow(prepare: () => Promise<void>): Promise<void> {
		if (this.status === 'ready') return;
		this.status = 'loading';
		this.failure = '';
		try {
			await prepare();
			if (this.#isWanted) this.status = 'ready';
		} catch (error) {
			if (!this.#isWanted) return;
			this.status = 'failed';
			this.failure = error instanceof Error ? error.message : String(error);
		}
	}

	/** False when the thread that was preparing is gone, and what comes of it means nothing. */
	get #isWanted(): boolean {
		return this.status === 'loading';
	}

	/** As at first: the thread that had it is gone. */
	forget(): void {
		this.status = 'absent';
		this.received = 0;
		this.total = 0;
	}
}
