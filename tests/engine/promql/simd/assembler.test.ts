import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	advance,
	assemble,
	bits,
	block,
	define,
	f64x2,
	i32,
	repeatWhile,
	when,
	type Code,
	type Definition,
	type Local
} from '../../../../src/engine/promql/simd/assembler.ts';

function instantiate(...definitions: readonly Definition[]) {
	const { exports } = new WebAssembly.Instance(new WebAssembly.Module(assemble(definitions, 1)));
	const { memory, ...functions } = exports;
	return {
		memory: (memory as WebAssembly.Memory).buffer,
		functions: functions as Record<string, (...values: number[]) => number>
	};
}

function constant(value: number): number | undefined {
	const { functions } = instantiate(define('it', [], 'i32', () => i32.const(value)));
	return functions.it?.();
}

describe('assemble', () => {
	it('writes any constant', () => {
		fc.assert(
			fc.property(fc.oneof(fc.integer(), fc.integer({ min: -200, max: 200 })), (value) => {
				expect(constant(value)).toBe(value);
			})
		);
	});
	it.each([63, 64, -64, -65, 127, 128, 8191, 8192, 2 ** 31 - 1, -(2 ** 31)])(
		'writes %d, where the length of its encoding changes',
		(value) => expect(constant(value)).toBe(value)
	);
	it('computes with 32-bit integers', () => {
		const operations: Record<string, (a: Code, b: Code) => Code> = {
			add: i32.add,
			sub: i32.sub,
			and: i32.and,
			xor: i32.xor,
			shiftRight: i32.shiftRight,
			lessUnsigned: i32.lessUnsigned
		};
		const expected: Record<string, number> = {
			add: 13,
			sub: 7,
			and: 2,
			xor: 9,
			shiftRight: 1,
			lessUnsigned: 0
		};
		const { functions } = instantiate(
			...Object.entries(operations).map(([name, operation]) =>
				define(name, ['i32', 'i32'], 'i32', ([a, b]) => operation(a.get, b.get))
			)
		);
		for (const name of Object.keys(operations)) {
			expect([name, functions[name]?.(10, 3)]).toEqual([name, expected[name]]);
		}
	});
	it('gives functions more variables than a byte can count', () => {
		const { functions } = instantiate(
			define('last', [], 'i32', (_, declare) => {
				const all = Array.from({ length: 200 }, () => declare('i32'));
				const last = all.at(-1) as Local;
				return block(...all.map((local, i) => local.set(i32.const(i))), last.get);
			})
		);
		expect(functions.last?.()).toBe(199);
	});
	it('repeats statements, and runs some of them only when a condition holds', () => {
		// Writes 1 into every second of the first so many integers.
		const mark = define('mark', ['i32'], undefined, ([end], declare) => {
			const at = declare('i32');
			return repeatWhile(
				i32.lessUnsigned(at.get, end.get),
				when(i32.and(at.get, i32.const(4)), i32.store(at.get, i32.const(1))),
				advance(4, at)
			);
		});
		const { functions, memory } = instantiate(mark);
		functions.mark?.(24);
		expect([...new Int32Array(memory, 0, 8)]).toEqual([0, 1, 0, 1, 0, 1, 0, 0]);
	});
});

describe('f64x2', () => {
	const pairs = [
		[1, 2],
		[-0, 0],
		[NaN, 1],
		[Infinity, -Infinity],
		[0.1, 0.3],
		[2, 1]
	] as const;
	const arithmetic: readonly [
		string,
		(a: Code, b: Code) => Code,
		(a: number, b: number) => number
	][] = [
		['add', f64x2.add, (a, b) => a + b],
		['sub', f64x2.sub, (a, b) => a - b],
		['mul', f64x2.mul, (a, b) => a * b],
		['div', f64x2.div, (a, b) => a / b],
		['pmax', f64x2.pmax, (a, b) => (a < b ? b : a)]
	];
	const comparisons: readonly [
		string,
		(a: Code, b: Code) => Code,
		(a: number, b: number) => boolean
	][] = [
		['equal', f64x2.equal, (a, b) => a === b],
		['less', f64x2.less, (a, b) => a < b],
		['lessOrEqual', f64x2.lessOrEqual, (a, b) => a <= b],
		['greaterOrEqual', f64x2.greaterOrEqual, (a, b) => a >= b]
	];
	const a = f64x2.load(i32.const(0));
	const b = f64x2.load(i32.const(0), 16);

	it.each(arithmetic)('computes %s of both numbers', (_, code, expected) => {
		const { functions, memory } = instantiate(
			define('run', [], undefined, () => f64x2.store(i32.const(0), code(a, b), 32))
		);
		const numbers = new Float64Array(memory);
		for (const [x, y] of pairs) {
			numbers.set([x, y, y, x]);
			functions.run?.();
			expect([...numbers.subarray(4, 6)]).toEqual([expected(x, y), expected(y, x)]);
		}
	});
	it.each(comparisons)('compares by %s, a bit for each', (_, code, expected) => {
		const { functions, memory } = instantiate(
			define('bits', [], 'i32', () => bits.ofEach(code(a, b))),
			define('any', [], 'i32', () => bits.any(code(a, b)))
		);
		const numbers = new Float64Array(memory);
		for (const [x, y] of pairs) {
			numbers.set([x, y, y, x]);
			const found = (expected(x, y) ? 1 : 0) + (expected(y, x) ? 2 : 0);
			expect(functions.bits?.()).toBe(found);
			expect(functions.any?.()).toBe(found === 0 ? 0 : 1);
		}
	});
	it('chooses between numbers by a comparison, and clears what a mask has', () => {
		const isLess = f64x2.less(a, b);
		const { functions, memory } = instantiate(
			define('least', [], undefined, () =>
				f64x2.store(i32.const(0), bits.select(isLess, a, b), 32)
			),
			define('clear', [], undefined, () => f64x2.store(i32.const(0), bits.andNot(a, isLess), 32))
		);
		const numbers = new Float64Array(memory);
		numbers.set([1, 5, 2, 4]);
		functions.least?.();
		expect([...numbers.subarray(4, 6)]).toEqual([1, 4]);
		functions.clear?.();
		expect([...numbers.subarray(4, 6)]).toEqual([0, 5]);
	});
});
