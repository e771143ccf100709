import { formatDuration, type Duration } from '#engine/model';

/** Tells somebody who waits in front of a terminal how far a world has come. */
export interface Progress {
	/** It has lived so long. */
	reached(lived: Duration): void;
	/** Takes away what was told. */
	end(): void;
}

/** What a progress needs from outside: a clock, in milliseconds, and somewhere to write. */
export interface Onlooker {
	readonly now: () => number;
	readonly write: (text: string) => void;
	/** On a terminal one line is written over and over; elsewhere there are lines, and few. */
	readonly isTerminal: boolean;
}

/** How long somebody waits before they want to know what for, and then for news, ms. */
const PATIENCE = 2000;
const NEWS_EVERY = 500;
/** Likewise where news stay, as in the log of a script. */
const PATIENCE_OF_LOGS = 10_000;

/** Nothing is told before two seconds are over; where standard error is no terminal, not before ten, and then every ten. */
export function createProgress(until: Duration, onlooker: Onlooker = person()): Progress {
	const { now, write, isTerminal } = onlooker;
	const [start, pause] = isTerminal ? [PATIENCE, NEWS_EVERY] : [PATIENCE_OF_LOGS, PATIENCE_OF_LOGS];
	let next = now() + start;
	let isTold = false;
	return {
		reached(lived) {
			if (now() < next) return;
			next = now() + pause;
			isTold = true;
			const news = `lab: lived ${formatDuration(lived)} of ${formatDuration(until)}`;
			write(isTerminal ? START_OF_LINE + news : `${news}\n`);
		},
		end() {
			if (isTold && isTerminal) write(START_OF_LINE);
		}
	};
}

/** Back to the first column, and what is on the line erased. */
const START_OF_LINE = '\r\x1b[K';

function person(): Onlooker {
	const { stderr } = process;
	return {
		now: () => performance.now(),
		write: (text) => void stderr.write(text),
		isTerminal: stderr.isTTY
	};
}
