import { randomExponential } from 'd3-random';
import { SECOND, type Timestamp } from '#engine/model';
import type { RandomSource } from './random.ts';
import { peakRate, rateAt, ratePiece, type RatePiece, type RateProfile } from './rate-profile.ts';

const NO_PIECE: RatePiece = { bound: 0, until: -Infinity };

/**
 * Moments are whole multiples of 1/1024 ms, about a microsecond: a binary fraction, so that adding the start of a world
 * (a whole number of milliseconds since 1970) is exact and never moves an arrival out of its slice.
 */
function onTick(t: Timestamp): Timestamp {
	return Math.floor(t * 1024) / 1024;
}

/**
 * The moments of a non-homogeneous Poisson process, by thinning (Lewis and Shedler): candidates come at the bound of
 * the current piece of the profile and are kept with probability rate / bound.
 *
 * The next arrival is drawn once and held until it is asked for, so slicing the time differently changes nothing.
 */
export class ArrivalProcess {
	#profile: RateProfile;
	#multiplier = 1;
	#piece = NO_PIECE;
	/** End of what has been asked for; undefined before the first call. */
	#position: Timestamp | undefined;
	/** The arrival that comes next, not handed out yet; undefined when it has to be drawn anew. */
	#next: Timestamp | undefined;
	readonly #accept: RandomSource;
	readonly #gap: () => number;

	constructor(profile: RateProfile, random: RandomSource) {
		this.#profile = profile;
		this.#accept = random.fork('accept');
		this.#gap = randomExponential.source(random.fork('gap'))(1);
	}

	/** Requests per second at a moment, the multiplier included. */
	rate(t: Timestamp): number {
		return this.#multiplier * rateAt(this.#profile, t);
	}

	/** Follows another profile from the end of the last slice on. */
	setProfile(profile: RateProfile): void {
		this.#profile = profile;
		this.#drawAnew();
	}

	/** Multiplies the profile from the end of the last slice on. */
	setMultiplier(multiplier: number): void {
		if (!(multiplier >= 0))
			throw new Error(`traffic multiplier must not be negative: ${multiplier}`);
		this.#multiplier = multiplier;
		this.#drawAnew();
	}

	/** The moments in [from, until), ascending. `from` must not be before the end of the last slice. */
	between(from: Timestamp, until: Timestamp): Timestamp[] {
		const position = this.#position ?? from;
		if (from < position) throw new Error(`arrivals from ${from} were asked for up to ${position}`);
		const moments: Timestamp[] = [];
		let next = this.#next ?? this.#after(position);
		for (let at = onTick(next); at < until; at = onTick(next)) {
			if (at >= from) moments.push(at);
			next = this.#after(next);
		}
		this.#next = next;
		this.#position = Math.max(position, until);
		return moments;
	}

	/** A Poisson process has no memory: with a new rate the wait for the next arrival may start over. */
	#drawAnew(): void {
		this.#next = undefined;
		this.#piece = NO_PIECE;
	}

	#after(start: Timestamp): Timestamp {
		if (this.#multiplier * peakRate(this.#profile) <= 0) return Infinity;
		let t = start;
		for (;;) {
			if (t >= this.#piece.until) this.#piece = ratePiece(this.#profile, t);
			const { bound, until } = this.#piece;
			const candidate = bound > 0 ? t + (this.#gap() * SECOND) / (bound * this.#multiplier) : until;
			t = Math.min(candidate, until);
			if (t === Infinity) return Infinity;
			if (t < until && this.#accept() * bound < rateAt(this.#profile, t)) return t;
		}
	}
}
