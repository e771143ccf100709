import { CUSTOM_BUCKETS_SCHEMA, type CounterResetHint, type FloatHistogram } from '#engine/model';
import type { Chance } from './chance.ts';

const BOUNDS: readonly (readonly number[])[] = [
	[0.1, 0.5, 1, 5],
	[0.1, 0.25, 0.5, 1, 2.5],
	[1, 2, 3],
	[-1, 0, 1],
	[5]
];
const SCHEMAS = [0, 0, 0, 1, 1, 2, 3, -1, -2, -4, 8];
const ZERO_THRESHOLDS = [0, 0.001, 0.001, 2 ** -128, 0.5, 1];
const HINTS: readonly CounterResetHint[] = ['unknown', 'reset', 'not_reset', 'gauge'];

type Buckets = Map<number, number>;

/** How the histograms of one series come about. */
interface Shape {
	schema: number;
	zeroThreshold: number;
	customValues: readonly number[];
	readonly first: number;
	readonly spread: number;
	readonly fractions: boolean;
	/** What counts are multiplied with. */
	readonly size: number;
	readonly negative: boolean;
}

/** The native histograms of a series, scrape by scrape: they count up, are reset, change their layout, now and then lie. */
export function* randomHistograms(
	chance: Chance,
	kind: 'exponential' | 'custom',
	isGauge: boolean
): Generator<FloatHistogram, never> {
	const shape = randomShape(chance, kind);
	const liar = chance.is(0.15);
	const hasNaN = chance.is(0.1);
	let state = emptyState();
	for (;;) {
		if (chance.is(0.04) || (isGauge && chance.is(0.3))) state = emptyState();
		if (chance.is(0.03)) {
			Object.assign(shape, { ...randomShape(chance, kind), first: shape.first });
			state = emptyState();
		}
		if (chance.is(0.02)) Object.assign(shape, otherLayout(chance, shape));
		if (!chance.is(0.1)) observe(chance, shape, state);
		if (hasNaN && chance.is(0.1)) state.unsorted++;
		const hint = isGauge ? 'gauge' : liar ? chance.pick(HINTS) : 'unknown';
		yield toHistogram(shape, state, hint);
	}
}

interface State {
	readonly positive: Buckets;
	readonly negative: Buckets;
	zero: number;
	sum: number;
	/** Observations of NaN, which are in no bucket. */
	unsorted: number;
}

function emptyState(): State {
	return { positive: new Map(), negative: new Map(), zero: 0, sum: 0, unsorted: 0 };
}

function randomShape(chance: Chance, kind: 'exponential' | 'custom'): Shape {
	const isCustom = kind === 'custom';
	const customValues = isCustom ? chance.pick(BOUNDS) : [];
	return {
		schema: isCustom ? CUSTOM_BUCKETS_SCHEMA : chance.pick(SCHEMAS),
		zeroThreshold: isCustom ? 0 : chance.pick(ZERO_THRESHOLDS),
		customValues,
		first: isCustom ? 0 : chance.below(8) - 4,
		spread: isCustom ? customValues.length + 1 : 1 + chance.below(8),
		fractions: chance.is(0.2),
		size: chance.is(0.95) ? 1 : chance.pick([1e12, 1e305, 1e-320]),
		negative: !isCustom && chance.is(0.3)
	};
}

/** Another schema or threshold for what goes on to count up, which makes it reset or not. */
function otherLayout(
	chance: Chance,
	{ schema, customValues, zeroThreshold }: Shape
): Partial<Shape> {
	if (customValues.length > 0) return {};
	return chance.is(0.5)
		? { zeroThreshold: chance.pick(ZERO_THRESHOLDS) }
		: { schema: Math.max(-4, schema - 1), zeroThreshold };
}

function observe(chance: Chance, shape: Shape, state: State): void {
	for (let n = chance.below(4); n > 0; n--) {
		const amount = shape.size * (shape.fractions ? chance.below(80) / 7 : chance.below(10));
		const index = shape.first + chance.below(shape.spread);
		const side = shape.negative && chance.is(0.4) ? state.negative : state.positive;
		side.set(index, (side.get(index) ?? 0) + amount);
		state.sum += (side === state.negative ? -1 : 1) * amount * chance.unit() * 10;
	}
	if (shape.customValues.length === 0 && chance.is(0.5)) {
		state.zero += shape.size * chance.below(4);
	}
	if (chance.is(0.002)) state.sum = chance.pick([Infinity, -Infinity, -0, 1e308]);
}

function toHistogram(shape: Shape, state: State, counterReset: CounterResetHint): FloatHistogram {
	const { schema, zeroThreshold, customValues } = shape;
	const positive = toBuckets(state.positive);
	const negative = toBuckets(state.negative);
	const total = [...positive.counts, ...negative.counts].reduce((sum, count) => sum + count, 0);
	return {
		schema,
		zeroThreshold,
		zeroCount: state.zero,
		count: total + state.zero + state.unsorted,
		sum: state.unsorted > 0 ? NaN : state.sum,
		positive,
		negative,
		customValues,
		counterReset
	};
}

function toBuckets(buckets: Buckets): FloatHistogram['positive'] {
	const sorted = [...buckets].sort(([a], [b]) => a - b);
	return { indexes: sorted.map(([index]) => index), counts: sorted.map(([, count]) => count) };
}
