import { untrack } from 'svelte';
import { replaceState } from '$app/navigation';
import { page } from '$app/state';

/** What the address of a page is kept in step with. */
interface Linked<Knobs> {
	/** All that is set, and what takes over what the address says of it. */
	readonly knobs: () => Knobs;
	readonly take: (knobs: Knobs) => void;
	/** The knobs as the part of an address after `#`, and back, with what of it could not be used. */
	readonly writeLink: (knobs: Knobs) => string;
	readonly readLink: (text: string) => {
		readonly knobs: Knobs;
		readonly problems: readonly string[];
	};
}

/** Browsers refuse an address that changes with every frame of a drag. */
const SETTLED = 300;

/** The address of a lab's page, by which whoever has it finds the lab as it was left. `follow` and `remember` are attached to the page. */
export class LabAddress<Knobs> {
	/** What the address says and the lab cannot use, in words. */
	problems = $state.raw<readonly string[]>([]);
	/** Whether it was read, and knobs do something: before that the page is as it was prerendered. */
	isRead = $state(false);
	readonly #linked: Linked<Knobs>;
	readonly #link = $derived.by(() => this.#linked.writeLink(this.#linked.knobs()));

	constructor(linked: Linked<Knobs>) {
		this.#linked = linked;
	}

	/** Takes over what the address says, now and whenever somebody changes it. */
	readonly follow = (): (() => void) => {
		const take = () => this.#take();
		// An attachment runs again when what it reads changes; this one is about the address alone.
		untrack(take);
		this.isRead = true;
		addEventListener('hashchange', take);
		return () => removeEventListener('hashchange', take);
	};

	/** Keeps the address at what the knobs are, so that it can be copied at any time. */
	readonly remember = (): (() => void) => {
		const hash = this.#link ? `#${this.#link}` : '';
		const timer = setTimeout(() => {
			if (location.hash !== hash) replaceState(`${location.pathname}${hash}`, page.state);
		}, SETTLED);
		return () => clearTimeout(timer);
	};

	#take(): void {
		const { readLink, writeLink, take } = this.#linked;
		const { knobs, problems } = readLink(location.hash);
		this.problems = problems;
		if (writeLink(knobs) !== this.#link) take(knobs);
	}
}
