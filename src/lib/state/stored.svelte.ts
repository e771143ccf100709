import type { StoreStatus } from '#workers/protocol';
import { unlessGone, type LabState } from './lab.svelte.ts';

/** How long after an answer the next is asked for, ms of wall clock. The more is stored, the longer an answer takes. */
const ASK_EVERY = 2000;

/** What the store of a lab holds, as it was when it was last asked for: again and again, while somebody looks. */
export class Stored {
	/** Undefined until it has been asked for. */
	status = $state.raw<StoreStatus | undefined>();

	readonly #lab: LabState;

	constructor(lab: LabState) {
		this.#lab = lab;
	}

	/** Asks until the returned function is called, whenever somebody can see the answer. */
	watch(isSeen: () => boolean): () => void {
		let isWatched = true;
		let timer: ReturnType<typeof setTimeout> | undefined;
		const ask = async () => {
			const status = isSeen() ? await this.#ask() : undefined;
			if (!isWatched) return;
			if (status) this.status = status;
			timer = setTimeout(ask, ASK_EVERY);
		};
		void ask();
		return () => {
			isWatched = false;
			clearTimeout(timer);
		};
	}

	/** A lab whose thread is gone says so itself, to everybody on the page; another may take its place. */
	async #ask(): Promise<StoreStatus | undefined> {
		if (this.#lab.status !== 'running') return undefined;
		return unlessGone(() => this.#lab.storeStatus());
	}
}
