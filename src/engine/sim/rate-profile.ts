import { DAY, type Duration, type Timestamp } from '#engine/model';

/**
 * How many requests per second arrive, over time, as plain data. Moments count from the start of the
 * traffic; durations in milliseconds; rates per second.
 */
export type RateProfile =
	| { readonly kind: 'constant'; readonly rate: number }
	/** From each moment on its rate, ascending; nothing before the first. */
	| { readonly kind: 'steps'; readonly steps: readonly (readonly [Timestamp, number])[] }
	/** Straight from one rate to the other between the two moments; constant before and after. */
	| {
			readonly kind: 'ramp';
			readonly start: Timestamp;
			readonly end: Timestamp;
			readonly from: number;
			readonly to: number;
	  }
	/** A sinusoid: mean * (1 + swing) at `peakAt` and every period from it, mean * (1 - swing) half a period later. */
	| {
			readonly kind: 'daily';
			readonly mean: number;
			/** 0 to 1. */
			readonly swing: number;
			readonly peakAt: Timestamp;
			/** A day when left out. */
			readonly period?: Duration;
	  };

/** The rate at a moment, per second. */
export function rateAt(profile: RateProfile, t: Timestamp): number {
	switch (profile.kind) {
		case 'constant':
			return profile.rate;
		case 'steps':
			return profile.steps.findLast(([at]) => at <= t)?.[1] ?? 0;
		case 'ramp': {
			const share = (t - profile.start) / (profile.end - profile.start);
			if (t <= profile.start) return profile.from;
			return t >= profile.end ? profile.to : profile.from + share * (profile.to - profile.from);
		}
		case 'daily': {
			const turn = (t - profile.peakAt) / (profile.period ?? DAY);
			return profile.mean * (1 + profile.swing * Math.cos(2 * Math.PI * turn));
		}
	}
}

/** A stretch of time in which the rate never exceeds `bound`. */
export interface RatePiece {
	readonly bound: number;
	/** Where it ends, exclusive; Infinity when the rate stays bounded for good. */
	readonly until: Timestamp;
}

/** Pieces per ramp and per period. Even, so that peak and trough of a wave fall on the border of a piece. */
const PIECES = 48;

/**
 * The piece that a moment falls in. Pieces follow the profile alone, so whoever walks along them sees the same ones
 * wherever it pauses; the tighter their bounds, the fewer candidates thinning has to throw away.
 */
export function ratePiece(profile: RateProfile, t: Timestamp): RatePiece {
	switch (profile.kind) {
		case 'constant':
			return { bound: profile.rate, until: Infinity };
		case 'steps':
			return {
				bound: rateAt(profile, t),
				until: profile.steps.find(([at]) => at > t)?.[0] ?? Infinity
			};
		case 'ramp':
			if (t < profile.start) return { bound: profile.from, until: profile.start };
			if (t >= profile.end) return { bound: profile.to, until: Infinity };
			return monotonePiece(profile, t, profile.start, (profile.end - profile.start) / PIECES);
		case 'daily':
			return monotonePiece(profile, t, profile.peakAt, (profile.period ?? DAY) / PIECES);
	}
}

/** The piece of the given width, counted from `origin`, around t. The rate must be monotone within. */
function monotonePiece(
	profile: RateProfile,
	t: Timestamp,
	origin: Timestamp,
	width: Duration
): RatePiece {
	let k = Math.floor((t - origin) / width);
	// Rounding may put the border at t itself, and a piece has to end later than t.
	while (origin + (k + 1) * width <= t) k++;
	const until = origin + (k + 1) * width;
	return { bound: Math.max(rateAt(profile, origin + k * width), rateAt(profile, until)), until };
}

/** The highest rate a profile ever reaches. */
export function peakRate(profile: RateProfile): number {
	switch (profile.kind) {
		case 'constant':
			return profile.rate;
		case 'steps':
			return Math.max(0, ...profile.steps.map(([, rate]) => rate));
		case 'ramp':
			return Math.max(profile.from, profile.to);
		case 'daily':
			return profile.mean * (1 + Math.abs(profile.swing));
	}
}
