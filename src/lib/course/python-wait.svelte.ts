/** What was asked for and waits until Python is here. */
export type Waiting = 'run' | 'check';

/** Waits for Python, one at a time: a later one, or an end, makes the one before give up. */
export class PythonWait {
	for = $state.raw<Waiting>();
	#number = 0;

	/** True when Python has come and nothing else is wanted by then. */
	async until(what: Waiting, comes: () => Promise<boolean>): Promise<boolean> {
		this.end();
		const number = this.#number;
		this.for = what;
		const hasCome = await comes();
		if (number !== this.#number) return false;
		this.end();
		return hasCome;
	}

	end(): void {
		this.#number++;
		this.for = undefined;
	}
}
