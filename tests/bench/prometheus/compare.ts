import { labelsKey } from '#engine/model';
import type { Answer } from './ours.ts';

/** How far two answers agree: in every bit, or but for so much in relation to the larger, or not at all. */
export type Agreement =
	| { readonly kind: 'same' }
	| { readonly kind: 'close'; readonly difference: number }
	| { readonly kind: 'different'; readonly what: string };

/** Compares the series of two answers by their labels, and all values bit for bit (any NaN equals any other). */
export function compareAnswers(ours: readonly Answer[], theirs: readonly Answer[]): Agreement {
	if (ours.length !== theirs.length) {
		return different(`${ours.length} series instead of ${theirs.length}`);
	}
	const byLabels = new Map(ours.map((answer) => [labelsKey(answer.labels), answer]));
	let difference = 0;
	for (const expected of theirs) {
		const found = byLabels.get(labelsKey(expected.labels));
		if (!found) return different(`no series {${expected.labels.join(' ')}}`);
		for (let i = 0; i < expected.values.length; i++) {
			if (found.present[i] !== expected.present[i]) {
				return different(`{${expected.labels.join(' ')}} is there or not at step ${i}`);
			}
			if (expected.present[i] === 0) continue;
			const gap = relativeDifference(found.values[i] as number, expected.values[i] as number);
			difference = Math.max(difference, gap);
		}
	}
	return difference === 0 ? { kind: 'same' } : { kind: 'close', difference };
}

function different(what: string): Agreement {
	return { kind: 'different', what };
}

function relativeDifference(a: number, b: number): number {
	if (Object.is(a, b)) return 0;
	const gap = Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
	return Number.isNaN(gap) || gap === 0 ? Infinity : gap;
}
