/**
 * Steps [from, to) whose windows look alike: they hold as many samples, as far from the time of the step, and move on by the
 * same number of rows. Scrapes at even intervals make it nearly all steps, and there kernels need not look up any bounds.
 */
export interface SteadySteps {
	readonly from: number;
	readonly to: number;
	/** By how many rows a window moves on. */
	readonly stride: number;
	/** Bounds of the window at `from`, as in WindowPlan. */
	readonly lo: number;
	readonly hi: number;
}

export const NO_STEADY_STEPS: SteadySteps = { from: 0, to: 0, stride: 0, lo: 0, hi: 0 };
