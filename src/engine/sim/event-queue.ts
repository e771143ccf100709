import type { Timestamp } from '#engine/model';

/** Something that waits for its moment in an event queue. */
export interface QueuedEvent<Item> {
	readonly at: Timestamp;
	/** Place in the order of insertion: decides between events of one moment. */
	readonly order: number;
	readonly item: Item;
	cancelled: boolean;
}

/**
 * A priority queue of events: the earliest first, and those of one moment in the order in which they were put in.
 *
 * A binary heap in an array: the children of i are 2i + 1 and 2i + 2. A cancelled event stays in the heap until it
 * surfaces, which is cheaper than finding it.
 */
export class EventQueue<Item> {
	readonly #heap: QueuedEvent<Item>[] = [];
	#order = 0;

	/** Puts an item in; set `cancelled` on what it returns to take it out again. */
	push(at: Timestamp, item: Item): QueuedEvent<Item> {
		const event = { at, order: this.#order++, item, cancelled: false };
		this.#heap.push(event);
		this.#siftUp(this.#heap.length - 1);
		return event;
	}

	/** The next event without taking it, or undefined when none waits. */
	peek(): QueuedEvent<Item> | undefined {
		while (this.#heap[0]?.cancelled) this.#removeTop();
		return this.#heap[0];
	}

	/** Takes the next event, or undefined when none waits. */
	pop(): QueuedEvent<Item> | undefined {
		const top = this.peek();
		if (top) this.#removeTop();
		return top;
	}

	#removeTop(): void {
		const last = this.#heap.pop() as QueuedEvent<Item>;
		if (this.#heap.length === 0) return;
		this.#heap[0] = last;
		this.#siftDown(0);
	}

	#siftUp(start: number): void {
		const heap = this.#heap;
		const event = heap[start] as QueuedEvent<Item>;
		let i = start;
		while (i > 0) {
			const parent = (i - 1) >> 1;
			const above = heap[parent] as QueuedEvent<Item>;
			if (!isBefore(event, above)) break;
			heap[i] = above;
			i = parent;
		}
		heap[i] = event;
	}

	#siftDown(start: number): void {
		const heap = this.#heap;
		const event = heap[start] as QueuedEvent<Item>;
		let i = start;
		for (;;) {
			const left = 2 * i + 1;
			if (left >= heap.length) break;
			const right = left + 1;
			const child =
				right < heap.length &&
				isBefore(heap[right] as QueuedEvent<Item>, heap[left] as QueuedEvent<Item>)
					? right
					: left;
			const below = heap[child] as QueuedEvent<Item>;
			if (!isBefore(below, event)) break;
			heap[i] = below;
			i = child;
		}
		heap[i] = event;
	}
}

function isBefore(a: QueuedEvent<unknown>, b: QueuedEvent<unknown>): boolean {
	return a.at < b.at || (a.at === b.at && a.order < b.order);
}
