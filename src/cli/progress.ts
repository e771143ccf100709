import { formatDuration, type Duration } from '#engine/model';

/** Tells somebody who waits in front of a terminal how far a world has come. */
export interface Progress {
	/** It has lived so long. */
	reached(lived: Duration): void;
	/** Takes away what was told. */
	end(): void;
}

/** What a progress needs from outside: a clock, in milliseconds, and a terminal, where there is one. */
export interface Onlooker {
	readonly now: () => number;
	readonly write: ((text: string) => void) | undefined;
}

/** How long somebody waits before they want to know what for, and then for news, ms. */
const PATIENCE = 2000;
const NEWS_EVERY = 500;

/** Nothing is told before two seconds are over, and nothing at all where standard error is no terminal. */
export function createProgress(until: Duration, onlooker: Onlooker = person()): Progress {
	const { now, write } = onlooker;
	let next = now() + PATIENCE;
	let isTold = false;
	return {
		reached(lived) {
			if (!write || now() < next) return;
			next = now() + NEWS_EVERY;
			isTold = true;
			write(`${START_OF_LINE}lab: lived ${formatDuration(lived)} of ${formatDuration(until)}`);
		},
		end() {
			if (isTold) write?.(START_OF_LINE);
		}
	};
}

/** Back to the first column, and what is on the line erased. */
const START_OF_LINE = '\r\x1b[K';

function person(): Onlooker {
	const { stderr } = process;
	return {
		now: () => performance.now(),
		write: stderr.isTTY ? (text) => void stderr.write(text) : undefined
	};
}
