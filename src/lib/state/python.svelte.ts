import type { PythonDownload } from '#workers/protocol';
import { LabGone } from './lab-gone.ts';

/** `absent`: nobody has wanted it yet. */
export type PythonStatus = 'absent' | 'loading' | 'ready' | 'failed';

/** Brings Python, and tells how far it has come. Fails with words for people. */
export type BringPython = (onProgress: (download: PythonDownload) => void) => Promise<void>;

/** Python, as far as it is in this tab: a download of some megabytes, which begins when somebody wants it. */
export class PythonState {
	status = $state<PythonStatus>('absent');
	/** Bytes that have come, and all of them; 0 until that is known. */
	received = $state.raw(0);
	total = $state.raw(0);
	/** Why it cannot be had and what to do, when it failed. */
	failure = $state('');

	#preparing: Promise<void> | undefined;
	/** Tries are numbered: what comes of one that was forgotten means nothing. */
	#try = 0;

	/**
	 * Brings it, unless it is here or on its way. Done when it is ready or has failed.
	 *
	 * @throws LabGone when it was forgotten meanwhile
	 */
	prepare(bring: BringPython): Promise<void> {
		if (this.status === 'ready') return Promise.resolve();
		this.#preparing ??= this.#bring(bring);
		return this.#preparing;
	}

	async #bring(bring: BringPython): Promise<void> {
		const mine = ++this.#try;
		const isForgotten = () => mine !== this.#try;
		this.status = 'loading';
		this.failure = '';
		const failure = await bring((download) => {
			if (!isForgotten()) this.#progressed(download);
		}).then(
			() => undefined,
			(error: unknown) => (error instanceof Error ? error.message : String(error))
		);
		if (isForgotten()) throw new LabGone('the thread that was to run Python is gone');
		this.#preparing = undefined;
		this.status = failure === undefined ? 'ready' : 'failed';
		this.failure = failure ?? '';
	}

	/** As at first: the thread that had it is gone. */
	forget(): void {
		this.#try++;
		this.#preparing = undefined;
		this.status = 'absent';
		this.#progressed({ received: 0, total: 0 });
	}

	#progressed({ received, total }: PythonDownload): void {
		this.received = received;
		this.total = total;
	}
}
