import type { Timestamp } from '#engine/model';
import { EventQueue } from './event-queue.ts';

/** Takes a scheduled event back. Harmless when it has run already. */
export type Cancel = () => void;

/**
 * Time that moves only when it is told to. Whatever is to happen is scheduled; moving the clock makes it happen, in
 * order of time, and in order of scheduling within one moment.
 */
export class VirtualClock {
	readonly #events = new EventQueue<() => void>();
	#now: Timestamp;

	constructor(start: Timestamp = 0) {
		this.#now = start;
	}

	get now(): Timestamp {
		return this.#now;
	}

	/** Runs the callback when the clock reaches `at`. The past cannot be scheduled: that throws. */
	schedule(at: Timestamp, run: () => void): Cancel {
		if (!(at >= this.#now)) throw new Error(`event at ${at} is before the clock at ${this.#now}`);
		const event = this.#events.push(at, run);
		return () => {
			event.cancelled = true;
		};
	}

	/**
	 * Moves to `until` and runs everything that is due on the way, `until` included; what those events schedule runs too
	 * when it is due. During an event the clock shows the event's own moment.
	 */
	advance(until: Timestamp): void {
		if (!(until >= this.#now)) throw new Error(`clock at ${this.#now} cannot go back to ${until}`);
		for (let at = this.nextAt(); at !== undefined && at <= until; at = this.nextAt())
			this.runNext();
		this.#now = until;
	}

	/** When the next event is due; undefined when none is scheduled. */
	nextAt(): Timestamp | undefined {
		return this.#events.peek()?.at;
	}

	/**
	 * Moves to the next event and runs exactly that one; false when none is scheduled. For a driver that has to await
	 * between events.
	 */
	runNext(): boolean {
		const event = this.#events.pop();
		if (!event) return false;
		this.#now = event.at;
		event.item();
		return true;
	}
}
