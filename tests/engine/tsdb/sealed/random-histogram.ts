import fc from 'fast-check';
import { CUSTOM_BUCKETS_SCHEMA, type FloatHistogram } from '#engine/model';

const strange = fc.constantFrom(
	0,
	-0,
	NaN,
	Infinity,
	-Infinity,
	5e-324,
	1e308,
	0.1,
	2 ** 51,
	2 ** 53
);

const whole = fc.oneof(fc.nat(5), fc.nat(1000), fc.nat());

/** Counts of buckets: whole numbers, as nearly all are, or any. */
const counts: fc.Arbitrary<fc.Arbitrary<number>> = fc.oneof(
	{ weight: 5, arbitrary: fc.constant(whole) },
	{ weight: 1, arbitrary: fc.constant(fc.oneof(strange, fc.double())) }
);

const indexes = fc
	.tuple(
		fc.integer({ min: -40, max: 40 }),
		fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 30 })), { maxLength: 8 })
	)
	.map(([from, steps]) => {
		let index = from;
		return steps.map((step) => (index += step));
	});

const sum = fc.oneof(whole, fc.double(), strange);

const hint = fc.constantFrom('unknown', 'reset', 'not_reset', 'gauge' as const);

/** What a layout is about: exponential buckets of both signs, or custom bounds. */
const layout = fc.oneof(
	fc.record({
		schema: fc.integer({ min: -4, max: 8 }),
		zeroThreshold: fc.constantFrom(0, 2 ** -128, 0.001, -0),
		positive: indexes,
		negative: fc.oneof(fc.constant<number[]>([]), indexes),
		customValues: fc.constant<number[]>([])
	}),
	fc.array(fc.oneof(fc.double(), fc.nat(1000)), { maxLength: 8 }).map((bounds) => ({
		schema: CUSTOM_BUCKETS_SCHEMA,
		zeroThreshold: 0,
		positive: bounds.map((_, i) => i),
		negative: [] as number[],
		customValues: bounds
	}))
);

type Layout = typeof layout extends fc.Arbitrary<infer Value> ? Value : never;

function histogramIn(shape: Layout): fc.Arbitrary<FloatHistogram> {
	return counts.chain((count) =>
		fc
			.record({
				zeroCount: count,
				count: fc.oneof(fc.constant(undefined), count),
				sum,
				counterReset: hint,
				positive: fc.tuple(...shape.positive.map(() => count)),
				negative: fc.tuple(...shape.negative.map(() => count))
			})
			.map((one) => ({
				schema: shape.schema,
				zeroThreshold: shape.zeroThreshold,
				zeroCount: one.zeroCount,
				count:
					one.count ?? [one.zeroCount, ...one.positive, ...one.negative].reduce((a, b) => a + b),
				sum: one.sum,
				positive: { indexes: [...shape.positive], counts: one.positive },
				negative: { indexes: [...shape.negative], counts: one.negative },
				customValues: shape.customValues,
				counterReset: one.counterReset
			}))
	);
}

/** The same layout with a bucket more at the end, or the last one gone. */
function grown(shape: Layout, by: 'more' | 'less' | 'none'): Layout {
	if (shape.schema === CUSTOM_BUCKETS_SCHEMA || by === 'none') return shape;
	if (by === 'less') return { ...shape, positive: shape.positive.slice(0, -1) };
	return { ...shape, positive: [...shape.positive, (shape.positive.at(-1) ?? 0) + 2] };
}

/** Histograms as one series may have them: runs of a layout that grows or shrinks, some of them the same twice, and layouts unlike all before. */
export const histogramRun: fc.Arbitrary<FloatHistogram[]> = fc
	.array(
		fc.tuple(
			layout,
			fc.array(fc.constantFrom('more', 'less', 'none', 'none' as const), {
				minLength: 1,
				maxLength: 6
			})
		),
		{ minLength: 1, maxLength: 3 }
	)
	.chain((runs) => {
		const shapes = runs.flatMap(([first, steps]) => {
			let shape: Layout = first;
			return steps.map((step) => (shape = grown(shape, step)));
		});
		const repeats = fc.array(fc.boolean(), { minLength: shapes.length, maxLength: shapes.length });
		return fc
			.tuple(fc.tuple(...shapes.map(histogramIn)), repeats)
			.map(([all, again]) => all.flatMap((one, i) => (again[i] ? [one, { ...one }] : [one])));
	});
