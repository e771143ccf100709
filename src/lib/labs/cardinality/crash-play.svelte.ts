import type { CrashStep } from './server.ts';

/** However long a crash loop is, it plays in so many seconds. */
const PLAYS_FOR = 12;

/** A crash loop that is being watched. Moments are seconds of the loop, counted from the first kill. */
export class CrashPlay {
	at = $state(0);
	isPlaying = $state(false);

	/** Goes on from where it is, or from the beginning when it is over. */
	toggle(end: number): void {
		if (this.at >= end) this.at = 0;
		this.isPlaying = !this.isPlaying;
	}

	/** Lets so much wall time pass, ms. */
	pass(elapsed: number, end: number): void {
		if (!this.isPlaying) return;
		this.at = Math.min(end, this.at + (elapsed / 1000) * (end / PLAYS_FOR));
		if (this.at >= end) this.isPlaying = false;
	}

	/** Jumps to where the next step begins; after the last one to the end. */
	step(steps: readonly CrashStep[]): void {
		this.isPlaying = false;
		const next = steps.find(({ from }) => from > this.at);
		this.at = next?.from ?? steps.at(-1)?.to ?? 0;
	}
}
