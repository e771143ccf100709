/** How long a hint must be thought about before the next one, ms, unless the code has been checked since. */
const WAIT = 20_000;

/** Hints one after the other, from vague to concrete; the last is the solution itself. */
export class HintLadder {
	/** How many hints the task has, besides the solution. */
	count = $state(0);
	shown = $state(0);
	#hasWaited = $state(true);
	#attemptsAtLast = $state(0);
	#timer: ReturnType<typeof setTimeout> | undefined;
	readonly #attempts: () => number;
	readonly #onSolution: () => void;

	/** `attempts`: how often the code has been checked. `onSolution`: the solution is about to be shown. */
	constructor(attempts: () => number, onSolution: () => void) {
		this.#attempts = attempts;
		this.#onSolution = onSolution;
	}

	get showsSolution(): boolean {
		return this.shown > this.count;
	}

	/** Whether the next hint is the solution. */
	get isAtSolution(): boolean {
		return this.shown === this.count;
	}

	get canAsk(): boolean {
		return !this.showsSolution && (this.#hasWaited || this.#attempts() > this.#attemptsAtLast);
	}

	/** One more hint, when its time has come. */
	ask(): void {
		if (!this.canAsk) return;
		if (this.isAtSolution) this.#onSolution();
		this.shown++;
		this.#attemptsAtLast = this.#attempts();
		this.#hasWaited = false;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => (this.#hasWaited = true), WAIT);
	}

	close(): void {
		clearTimeout(this.#timer);
	}
}
