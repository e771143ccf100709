import type { Problem, Timestamp } from '#engine/model';
import type { OutputLine } from '#engine/sim';

/** A request that is over, as the page shows it going by. Status 0: nobody answered it. */
export interface RequestLine {
	readonly at: Timestamp;
	readonly finished: Timestamp;
	readonly method: string;
	readonly path: string;
	readonly status: number;
	readonly instance: string;
}

export interface InstanceOutput extends OutputLine {
	readonly instance: string;
}

/** Something that happened to the world, marked on every chart. */
export interface LabEvent {
	readonly at: Timestamp;
	readonly kind: 'deploy' | 'reload' | 'crash' | 'restart' | 'fault' | 'fault over' | 'rate';
	readonly label: string;
}

/** What has happened since the log was last taken. */
export interface LogEntries {
	readonly requests: readonly RequestLine[];
	readonly output: readonly InstanceOutput[];
	readonly problems: readonly Problem[];
	readonly events: readonly LabEvent[];
}

const MOST_REQUESTS = 40;
/** Each instance reports in one go, so more are held until they can be put in order. */
const HELD_REQUESTS = 2000;
const MOST_LINES = 500;
/** Nobody reads more, and a message with a number in it is another one each time. */
const MOST_PROBLEMS = 100;

/** Collects what people want to see go by, up to what they can read; the rest is in the truth and the store. */
export class LabLog {
	#requests: RequestLine[] = [];
	#output: InstanceOutput[] = [];
	readonly #problems = new Map<string, Problem>();
	#events: LabEvent[] = [];

	request(line: RequestLine): void {
		this.#requests.push(line);
		if (this.#requests.length > 2 * HELD_REQUESTS) {
			this.#requests = this.#requests.slice(-HELD_REQUESTS);
		}
	}

	output(instance: string, lines: readonly OutputLine[]): void {
		for (const line of lines) {
			if (this.#output.length < MOST_LINES) this.#output.push({ ...line, instance });
		}
	}

	/** Each problem is said once between two looks, and no more than can be read. */
	problems(problems: readonly Problem[]): void {
		for (const problem of problems) {
			if (this.#problems.size === MOST_PROBLEMS) return;
			const key = problemKey(problem);
			if (!this.#problems.has(key)) this.#problems.set(key, problem);
		}
	}

	event(at: Timestamp, kind: LabEvent['kind'], label: string): void {
		this.#events.push({ at, kind, label });
	}

	/** Everything since the last call, which is forgotten here. */
	take(): LogEntries {
		const entries = {
			requests: this.#requests.sort((a, b) => a.finished - b.finished).slice(-MOST_REQUESTS),
			output: this.#output,
			problems: [...this.#problems.values()],
			events: this.#events
		};
		this.#requests = [];
		this.#output = [];
		this.#problems.clear();
		this.#events = [];
		return entries;
	}
}

function problemKey({ message, file, line, column }: Problem): string {
	return JSON.stringify([message, file, line, column]);
}
