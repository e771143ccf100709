import type { Timestamp } from '#engine/model';

/** A stretch of time [from, until); `until` is Infinity while it lasts. */
export interface Interval {
	readonly from: Timestamp;
	readonly until: Timestamp;
}

/** When each instance was up. */
export class Uptime {
	readonly #byInstance = new Map<string, Interval[]>();

	/** Opens an interval; nothing changes for an instance that is up. */
	markUp(instance: string, at: Timestamp): void {
		const intervals = this.#byInstance.get(instance) ?? [];
		if (intervals.at(-1)?.until !== Infinity) intervals.push({ from: at, until: Infinity });
		this.#byInstance.set(instance, intervals);
	}

	/** Closes the open interval; nothing changes for an instance that is down. */
	markDown(instance: string, at: Timestamp): void {
		const intervals = this.#byInstance.get(instance);
		const last = intervals?.at(-1);
		if (!intervals || last?.until !== Infinity) return;
		intervals[intervals.length - 1] = { from: last.from, until: at };
	}

	intervals(instance: string): readonly Interval[] {
		return this.#byInstance.get(instance) ?? [];
	}

	isUp(instance: string, t: Timestamp): boolean {
		return this.intervals(instance).some(({ from, until }) => from <= t && t < until);
	}

	instances(): readonly string[] {
		return [...this.#byInstance.keys()];
	}
}
