import { HOUR, type Duration, type Timestamp } from '#engine/model';

/** Half the range of a chunk, which is two hours (tsdb/db.go, DefaultBlockDuration). */
export const APPENDABLE_WINDOW: Duration = HOUR;

/**
 * How old a sample may be (tsdb/head.go and head_append.go): not older than the newest sample of the head minus a window, nor than
 * what truncation has cut. A head that was never offered a sample takes any, and the first one sets the newest time, even if its row
 * is rolled back later.
 */
export class TimeBounds {
	readonly #window: Duration;
	#maxTime: Timestamp = -Infinity;
	#minValidTime: Timestamp = -Infinity;

	constructor(window: Duration) {
		this.#window = window;
	}

	/** The oldest time that is taken; undefined before the first sample. Half open rows go by what it was when they began. */
	minValidTime(): Timestamp | undefined {
		if (this.#maxTime === -Infinity) return undefined;
		return Math.max(this.#maxTime - this.#window, this.#minValidTime);
	}

	/** Counts from the time of the first sample that is offered, unless there was one before. Returns the oldest time that is taken. */
	init(first: Timestamp): Timestamp {
		if (this.#maxTime === -Infinity) this.#maxTime = first;
		return this.minValidTime() as Timestamp;
	}

	/** A sample was committed. */
	note(time: Timestamp): void {
		if (time > this.#maxTime) this.#maxTime = time;
	}

	/** What is older was cut (truncateMemory). */
	cut(before: Timestamp): void {
		this.#minValidTime = Math.max(this.#minValidTime, before);
		this.note(before);
	}
}
