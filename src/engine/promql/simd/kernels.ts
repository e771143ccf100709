import {
	advance,
	bits,
	block,
	define,
	f64x2,
	i32,
	repeatWhile,
	when,
	type Code,
	type Local
} from './assembler.ts';

/**
 * The loops that take most of the time of most queries, two numbers at a time. Each does what a loop in TypeScript beside it does
 * (named with it), to the last bit. Pointers are byte addresses; a loop does one round at least, ends when it has come to `end`,
 * and goes beyond by up to one round, so there must be room after whatever it writes.
 */

/** Bytes of one number, and of a round of two. */
const NUMBER = 8;
const PAIR = 16;

/** Constants of type f64. */
const ZERO: Code = [0x44, 0, 0, 0, 0, 0, 0, 0, 0];
const INFINITY: Code = [0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f];
const MINUS_INFINITY: Code = [0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0xff];

/** fold.ts, addToSum: adds values to sums, and what is lost by it to `lost`. An infinite sum has lost nothing. */
const addToSums = define(
	'addToSums',
	['i32', 'i32', 'i32', 'i32'],
	undefined,
	([sums, lost, values, end], declare) => {
		const sum = declare('f64x2');
		const value = declare('f64x2');
		const total = declare('f64x2');
		const isSumGreater = declare('f64x2');
		const greater = declare('f64x2');
		const lesser = bits.select(isSumGreater.get, value.get, sum.get);
		const lostHere = f64x2.add(f64x2.sub(greater.get, total.get), lesser);
		const infinite = declare('f64x2');
		return block(
			infinite.set(f64x2.splat(INFINITY)),
			repeatWhile(
				i32.lessUnsigned(values.get, end.get),
				sum.set(f64x2.load(sums.get)),
				value.set(f64x2.load(values.get)),
				total.set(f64x2.add(sum.get, value.get)),
				isSumGreater.set(f64x2.greaterOrEqual(f64x2.abs(sum.get), f64x2.abs(value.get))),
				greater.set(bits.select(isSumGreater.get, sum.get, value.get)),
				f64x2.store(
					lost.get,
					bits.andNot(
						f64x2.add(f64x2.load(lost.get), lostHere),
						f64x2.equal(f64x2.abs(total.get), infinite.get)
					)
				),
				f64x2.store(sums.get, total.get),
				advance(PAIR, sums, lost, values)
			)
		);
	}
);

/**
 * extrapolate-stretches.ts, extrapolateStretch: multiplies the increase from the numbers at `first` to those at `last` by a factor. Lists the rounds
 * in which the zero point of a counter matters by their first step, and returns where the list ends.
 */
const extrapolate = define(
	'extrapolate',
	['i32', 'i32', 'i32', 'i32', 'f64', 'f64', 'i32'],
	'i32',
	([first, last, out, end, factor, zeroMatters, list], declare) => {
		const from = declare('i32');
		const factors = declare('f64x2');
		const bounds = declare('f64x2');
		const zero = declare('f64x2');
		const start = declare('f64x2');
		const increase = declare('f64x2');
		return block(
			from.set(out.get),
			factors.set(f64x2.splat(factor.get)),
			bounds.set(f64x2.splat(zeroMatters.get)),
			zero.set(f64x2.splat(ZERO)),
			repeatWhile(
				i32.lessUnsigned(out.get, end.get),
				start.set(f64x2.load(first.get)),
				increase.set(f64x2.sub(f64x2.load(last.get), start.get)),
				f64x2.store(out.get, f64x2.mul(increase.get, factors.get)),
				when(
					bits.any(
						bits.and(
							f64x2.lessOrEqual(start.get, f64x2.mul(increase.get, bounds.get)),
							f64x2.less(zero.get, increase.get)
						)
					),
					append(list, indexOf(out, from))
				),
				advance(PAIR, first, last, out)
			),
			list.get
		);
	}
);

/**
 * resets.ts, findResets: lists the rows after the one at `rows`, counted from `base`, that are less than the one before. Returns where the
 * list ends.
 */
const findResets = define(
	'findResets',
	['i32', 'i32', 'i32', 'i32'],
	'i32',
	([base, rows, end, list], declare) => {
		const found = declare('i32');
		return block(
			repeatWhile(
				i32.lessUnsigned(rows.get, end.get),
				found.set(bits.ofEach(f64x2.less(f64x2.load(rows.get, NUMBER), f64x2.load(rows.get)))),
				appendFound(found, list, i32.add(indexOf(rows, base), i32.const(1))),
				advance(PAIR, rows)
			),
			list.get
		);
	}
);

/**
 * heaps.ts, offer: lists the steps, counted from the first, whose value times `sign` is not at most the threshold there. Returns where the
 * list ends.
 */
const findAbove = define(
	'findAbove',
	['i32', 'i32', 'i32', 'f64', 'i32'],
	'i32',
	([values, end, thresholds, sign, list], declare) => {
		const found = declare('i32');
		const from = declare('i32');
		const signs = declare('f64x2');
		return block(
			from.set(values.get),
			signs.set(f64x2.splat(sign.get)),
			repeatWhile(
				i32.lessUnsigned(values.get, end.get),
				found.set(
					i32.xor(
						bits.ofEach(
							f64x2.lessOrEqual(
								f64x2.mul(f64x2.load(values.get), signs.get),
								f64x2.load(thresholds.get)
							)
						),
						i32.const(3)
					)
				),
				appendFound(found, list, indexOf(values, from)),
				advance(PAIR, values, thresholds)
			),
			list.get
		);
	}
);

/** How many pairs of windows are added up at a time, so that no addition has to wait for the one before. */
const WINDOW_PAIRS = 4;

/** Over how many steps `sumWindows` goes at a time. */
export const WINDOWS_AT_A_TIME = 2 * WINDOW_PAIRS;

/** sum-over-time.ts, plainSteadySums: the sums of windows of `size` bytes, the first at `rows` and each one row later. */
const sumWindows = define(
	'sumWindows',
	['i32', 'i32', 'i32', 'i32'],
	undefined,
	(given, declare) => {
		const [rows, size, out, end] = given;
		const sums = Array.from({ length: WINDOW_PAIRS }, () => declare('f64x2'));
		const row = declare('i32');
		const windowEnd = declare('i32');
		return repeatWhile(
			i32.lessUnsigned(out.get, end.get),
			...sums.map((sum) => sum.set(f64x2.splat(ZERO))),
			row.set(rows.get),
			windowEnd.set(i32.add(rows.get, size.get)),
			repeatWhile(
				i32.lessUnsigned(row.get, windowEnd.get),
				...sums.map((sum, k) => sum.set(f64x2.add(sum.get, f64x2.load(row.get, k * PAIR)))),
				advance(NUMBER, row)
			),
			...sums.map((sum, k) => f64x2.store(out.get, sum.get, k * PAIR)),
			advance(WINDOW_PAIRS * PAIR, rows, out)
		);
	}
);

/**
 * exact-sums.ts, meanWindows: completes plain sums of windows to compensated means. `from` and `to` point to the sum of all rows before a window
 * and before its end, and so many bytes later stands what those lost.
 */
const completeMeans = define(
	'completeMeans',
	['i32', 'i32', 'i32', 'i32', 'i32', 'f64'],
	undefined,
	([from, to, toLost, out, end, count], declare) => {
		const until = declare('f64x2');
		const before = declare('f64x2');
		const sum = declare('f64x2');
		const taken = declare('f64x2');
		const plain = declare('f64x2');
		const counts = declare('f64x2');
		const lostBy = f64x2.add(
			f64x2.sub(until.get, f64x2.add(sum.get, taken.get)),
			f64x2.sub(taken.get, before.get)
		);
		const lostBefore = f64x2.sub(
			f64x2.load(i32.add(to.get, toLost.get)),
			f64x2.load(i32.add(from.get, toLost.get))
		);
		const compensation = f64x2.add(f64x2.add(f64x2.sub(sum.get, plain.get), lostBy), lostBefore);
		return block(
			counts.set(f64x2.splat(count.get)),
			repeatWhile(
				i32.lessUnsigned(out.get, end.get),
				until.set(f64x2.load(to.get)),
				before.set(f64x2.load(from.get)),
				sum.set(f64x2.sub(until.get, before.get)),
				taken.set(f64x2.sub(until.get, sum.get)),
				plain.set(f64x2.load(out.get)),
				f64x2.store(
					out.get,
					f64x2.add(f64x2.div(plain.get, counts.get), f64x2.div(compensation, counts.get))
				),
				advance(PAIR, from, to, out)
			)
		);
	}
);

/** How many pairs of running extremes there are. */
const EXTREME_PAIRS = 4;

/** How many rows `greatest` looks at in a round. */
export const ROWS_AT_A_TIME = 2 * EXTREME_PAIRS;

/**
 * sliding-extreme.ts, extremeOf: the greatest of the rows from `rows` on times `sign`, among those at odd places and among the others; each
 * -Infinity when there is no number. Both go to `out`.
 */
const greatest = define(
	'greatest',
	['i32', 'i32', 'f64', 'i32'],
	undefined,
	([rows, end, sign, out], declare) => {
		const signs = declare('f64x2');
		const running = Array.from({ length: EXTREME_PAIRS }, () => declare('f64x2'));
		return block(
			signs.set(f64x2.splat(sign.get)),
			...running.map((pair) => pair.set(f64x2.splat(MINUS_INFINITY))),
			repeatWhile(
				i32.lessUnsigned(rows.get, end.get),
				...running.map((pair, k) =>
					pair.set(f64x2.pmax(pair.get, f64x2.mul(f64x2.load(rows.get, k * PAIR), signs.get)))
				),
				advance(EXTREME_PAIRS * PAIR, rows)
			),
			f64x2.store(
				out.get,
				running.map((pair) => pair.get).reduce((a, b) => f64x2.pmax(a, b))
			)
		);
	}
);

/** step-buffers.ts, isFull: whether no byte is 0, up to the end of a round of 16. */
const isFull = define('isFull', ['i32', 'i32'], 'i32', ([mask, end], declare) => {
	const isSet = declare('i32');
	return block(
		repeatWhile(
			i32.and(isSet.get, i32.lessUnsigned(mask.get, end.get)),
			isSet.set(bits.inAllBytes(bits.load(mask.get))),
			advance(16, mask)
		),
		isSet.get
	);
});

/** How many numbers a pointer has moved on. */
function indexOf(pointer: Local, from: Local): Code {
	return i32.shiftRight(i32.sub(pointer.get, from.get), i32.const(3));
}

function append(list: Local, index: Code): Code {
	return block(i32.store(list.get, index), advance(4, list));
}

/** Appends an index, and the one after it, as the two bits of `found` say. */
function appendFound(found: Local, list: Local, index: Code): Code {
	return when(
		found.get,
		when(i32.and(found.get, i32.const(1)), append(list, index)),
		when(i32.and(found.get, i32.const(2)), append(list, i32.add(index, i32.const(1))))
	);
}

/** All of them. */
export const KERNELS = [
	addToSums,
	extrapolate,
	findResets,
	findAbove,
	sumWindows,
	completeMeans,
	greatest,
	isFull
] as const;

/** How they are called. */
export interface Kernels {
	addToSums(sums: number, lost: number, values: number, end: number): void;
	extrapolate(
		first: number,
		last: number,
		out: number,
		end: number,
		factor: number,
		zeroMatters: number,
		list: number
	): number;
	findResets(base: number, rows: number, end: number, list: number): number;
	findAbove(values: number, end: number, thresholds: number, sign: number, list: number): number;
	sumWindows(rows: number, size: number, out: number, end: number): void;
	completeMeans(
		from: number,
		to: number,
		toLost: number,
		out: number,
		end: number,
		count: number
	): void;
	greatest(rows: number, end: number, sign: number, out: number): void;
	isFull(mask: number, end: number): number;
}
