/**
 * Who is at work: the nodes of an evaluation, each begun by the one before it. Results are handed on while a node is still at
 * work; what becomes of them is the work of the node that asked for them. Time is put down to the node that is at work.
 */
export class WorkStack<Node> {
	readonly #stack: Node[] = [];
	readonly #now: () => number;
	readonly #spend: (node: Node, time: number) => void;
	#since: number;

	/** `now` is a clock in any unit; `spend` is told of each stretch of a node's time. */
	constructor(now: () => number, spend: (node: Node, time: number) => void) {
		this.#now = now;
		this.#spend = spend;
		this.#since = now();
	}

	get depth(): number {
		return this.#stack.length;
	}

	/** The node at work; undefined outside of the evaluation. */
	get current(): Node | undefined {
		return this.#stack[this.#stack.length - 1];
	}

	/** Lets a node work, and goes back to the one before it, also after an error. */
	within<Result>(node: Node, work: () => Result): Result {
		const { depth } = this;
		this.#turn();
		this.#stack.push(node);
		try {
			return work();
		} finally {
			this.#turn();
			this.#stack.splice(depth);
		}
	}

	/** Lets the node that asked for a result work on it. After an error it stays the one at work. */
	outside(work: () => void): void {
		this.#turn();
		const node = this.#stack.pop();
		work();
		this.#turn();
		if (node !== undefined) this.#stack.push(node);
	}

	#turn(): void {
		const time = this.#now();
		if (this.current !== undefined) this.#spend(this.current, time - this.#since);
		this.#since = time;
	}
}
