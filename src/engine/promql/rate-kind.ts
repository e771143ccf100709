/** What tells rate, increase and delta apart. */
export interface RateKind {
	/** A counter rises, and falls only when it is reset; a gauge may fall as it likes. */
	readonly isCounter: boolean;
	/** Divided by the seconds of the range. */
	readonly perSecond: boolean;
}

export const RATE: RateKind = { isCounter: true, perSecond: true };
export const INCREASE: RateKind = { isCounter: true, perSecond: false };
export const DELTA: RateKind = { isCounter: false, perSecond: false };
