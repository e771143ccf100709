import { addRead, addTotal, type Account } from './account.ts';
import type { MeasuredSeries } from './points.ts';

/** What comes out of a node, as it counts. */
export type Matrix = readonly MeasuredSeries[];

/** Samples that a selector found: each counts at its step, and is held. */
export function addPoints(account: Account, found: Matrix): void {
	for (const { sizes } of found) {
		sizes.forEach((size, i) => {
			if (size === 0) return;
			account.held += size;
			addTotal(account, i, size);
			addRead(account, i, size);
		});
	}
}

/** How many series have a sample at a step. */
export function countAt(matrix: Matrix, step: number): number {
	let count = 0;
	for (const { sizes } of matrix) if ((sizes[step] as number) > 0) count++;
	return count;
}

/** How much the samples of a step count as its result. */
export function freshSizeAt(matrix: Matrix, step: number): number {
	let size = 0;
	for (const { fresh } of matrix) size += fresh[step] as number;
	return size;
}

/** How much all samples count. */
export function totalSize(matrix: Matrix): number {
	let size = 0;
	for (const { sizes } of matrix) for (const one of sizes) size += one;
	return size;
}
