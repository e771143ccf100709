import type { ArithmeticOp, BinaryOp, ComparisonOp } from './ast.ts';
import { goAtan2 } from './gomath/inverse-trigonometric.ts';
import { goPow } from './gomath/pow.ts';
import { countPresent, isFull } from './step-buffers.ts';

/** Whether an operator makes a new number, rather than choosing among samples. */
export function isArithmetic(op: BinaryOp): op is ArithmeticOp {
	return ARITHMETIC.has(op);
}

/** Whether an operator compares, and so keeps samples, or with `bool` makes 0 and 1 of them. */
export function isComparison(op: BinaryOp): op is ComparisonOp {
	return COMPARISON.has(op);
}

const ARITHMETIC: ReadonlySet<BinaryOp> = new Set<BinaryOp>([
	'+',
	'-',
	'*',
	'/',
	'%',
	'^',
	'atan2'
]);
const COMPARISON: ReadonlySet<BinaryOp> = new Set<BinaryOp>(['==', '!=', '<', '<=', '>', '>=']);

/** out = left op right, element by element; `out` may be one of them. A loop for each operator keeps each one tight. */
export function calculate(
	op: ArithmeticOp,
	left: Float64Array,
	right: Float64Array,
	out: Float64Array
): void {
	const { length } = out;
	switch (op) {
		case '+':
			for (let i = 0; i < length; i++) out[i] = (left[i] as number) + (right[i] as number);
			return;
		case '-':
			for (let i = 0; i < length; i++) out[i] = (left[i] as number) - (right[i] as number);
			return;
		case '*':
			for (let i = 0; i < length; i++) out[i] = (left[i] as number) * (right[i] as number);
			return;
		case '/':
			for (let i = 0; i < length; i++) out[i] = (left[i] as number) / (right[i] as number);
			return;
		case '%':
			for (let i = 0; i < length; i++) out[i] = (left[i] as number) % (right[i] as number);
			return;
		case '^':
			for (let i = 0; i < length; i++) out[i] = goPow(left[i] as number, right[i] as number);
			return;
		case 'atan2':
			for (let i = 0; i < length; i++) out[i] = goAtan2(left[i] as number, right[i] as number);
			return;
	}
}

/** holds[i] = 1 where left op right, else 0. Whatever is compared with NaN differs from it, and nothing else. */
export function compare(
	op: ComparisonOp,
	left: Float64Array,
	right: Float64Array,
	holds: Uint8Array
): void {
	const { length } = holds;
	switch (op) {
		case '==':
			for (let i = 0; i < length; i++) holds[i] = left[i] === right[i] ? 1 : 0;
			return;
		case '!=':
			for (let i = 0; i < length; i++) holds[i] = left[i] !== right[i] ? 1 : 0;
			return;
		case '<':
			for (let i = 0; i < length; i++)
				holds[i] = (left[i] as number) < (right[i] as number) ? 1 : 0;
			return;
		case '<=':
			for (let i = 0; i < length; i++)
				holds[i] = (left[i] as number) <= (right[i] as number) ? 1 : 0;
			return;
		case '>':
			for (let i = 0; i < length; i++)
				holds[i] = (left[i] as number) > (right[i] as number) ? 1 : 0;
			return;
		case '>=':
			for (let i = 0; i < length; i++)
				holds[i] = (left[i] as number) >= (right[i] as number) ? 1 : 0;
			return;
	}
}

/** into &= mask; returns how many are left. */
export function intersect(into: Uint8Array, mask: Uint8Array): number {
	if (isFull(mask)) return countPresent(into);
	let count = 0;
	for (let i = 0; i < into.length; i++) {
		const both = (into[i] as number) & (mask[i] as number);
		into[i] = both;
		count += both;
	}
	return count;
}
