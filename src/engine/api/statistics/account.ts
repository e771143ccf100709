import type { Duration, Timestamp } from '#engine/model';
import type { StepGrid } from '#engine/promql';

/** What a query read, in samples; a native histogram counts as several (util/stats, QuerySamples). */
export interface SampleCounts {
	/** Samples in all windows; one that is in the windows of several steps counts for each. */
	total: number;
	/** The same, where a sample counts once for a window that moves over it. */
	read: number;
	/** The most that were held at a time. */
	peak: number;
	readonly totalPerStep: number[];
	readonly readPerStep: number[];
}

/** Counts for one grid of steps, and what is held meanwhile by the whole query. */
export interface Account extends SampleCounts {
	readonly grid: StepGrid;
	/** Samples in memory now (promql/engine.go, currentSamples). */
	held: number;
}

/** An account at zero; what is held is taken over. */
export function openAccount(grid: StepGrid, held = 0): Account {
	const zeros = () => new Array<number>(Math.max(0, grid.count)).fill(0);
	return { total: 0, read: 0, peak: 0, totalPerStep: zeros(), readPerStep: zeros(), grid, held };
}

/** Counts samples of a step's windows. */
export function addTotal(account: Account, step: number, samples: number): void {
	account.total += samples;
	account.totalPerStep[step] = (account.totalPerStep[step] ?? 0) + samples;
}

/** Counts samples that were read for a step. */
export function addRead(account: Account, step: number, samples: number): void {
	account.read += samples;
	account.readPerStep[step] = (account.readPerStep[step] ?? 0) + samples;
}

/** Takes note of how much is held now. */
export function notePeak(account: Account): void {
	account.peak = Math.max(account.peak, account.held);
}

/** Where the windows of a subquery are that a function looks at; without one, everything is part of the result. */
export interface SubqueryWindow {
	readonly offset: Duration;
	readonly range: Duration;
}

/**
 * Counts what a subquery read for the steps that use it: each of its steps for the first of ours that is not before it, and not
 * at all when it lies between two windows (util/stats, MergeSamplesReadFromSubquery).
 */
export function mergeReads(
	account: Account,
	child: Account,
	{ offset, range }: SubqueryWindow = { offset: 0, range: 0 }
): void {
	account.peak = Math.max(account.peak, child.peak);
	const { start, step, count } = account.grid;
	if (count <= 1) return addRead(account, 0, child.read);
	child.readPerStep.forEach((samples, i) => {
		if (samples === 0) return;
		const time: Timestamp = child.grid.start + i * child.grid.step + offset;
		const user = Math.min(count - 1, time > start ? Math.ceil((time - start) / step) : 0);
		if (range > 0 && time <= start + user * step - range) return;
		addRead(account, user, samples);
	});
}
