import { compareText } from '#engine/model';

/**
 * Whether one text goes before another in natural order: runs of digits are compared by their number, and runs of anything else
 * as texts. As Prometheus has it (github.com/facette/natsort), with its oddities: the empty text goes neither before nor after
 * any other, and of two that are equal as far as they go the first is less.
 */
export function isNaturallyLess(a: string, b: string): boolean {
	const x = runs(a);
	const y = runs(b);
	for (let i = 0; i < x.length; i++) {
		const left = x[i] as string;
		const right = y[i];
		if (right === undefined) return false;
		const difference = compareRuns(left, right);
		if (difference !== 0) return difference < 0;
		if (i === x.length - 1) return true;
		if (i === y.length - 1) return false;
	}
	return false;
}

function runs(text: string): readonly string[] {
	return text.match(/\d+|\D+/g) ?? [];
}

function compareRuns(left: string, right: string): number {
	const a = numberOf(left);
	const b = numberOf(right);
	if (a === undefined || b === undefined) return compareText(left, right);
	return a < b ? -1 : a > b ? 1 : 0;
}

const INT64 = 2n ** 63n;

/** The number of a run of digits, unless it is too great for an int64. */
function numberOf(run: string): bigint | undefined {
	if (!/^\d+$/.test(run)) return undefined;
	const value = BigInt(run);
	return value < INT64 ? value : undefined;
}
