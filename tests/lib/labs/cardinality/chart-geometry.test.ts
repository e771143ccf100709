import { describe, expect, it } from 'vitest';
import { geometry, sentence } from '$lib/labs/cardinality/chart-geometry.ts';
import type { ChartSpec } from '$lib/labs/cardinality/chart-spec.ts';

const SIZE = { left: 0, right: 100, top: 0, bottom: 50 };

function page(from: number, to: number, rest: Partial<ChartSpec> = {}): ChartSpec {
	const points = [
		[0, from],
		[10, to]
	] as const;
	const lines = [{ label: 'page', points }];
	return { id: 'page', title: '/metrics', note: '', unit: 'bytes', lines, ...rest };
}

const ticks = (spec: ChartSpec, isLog: boolean) =>
	geometry(spec, [0, 10], SIZE, isLog).ticks.map(({ text }) => text);

describe('the value axis of a low row', () => {
	it('begins at zero and has at the most three ticks', () => {
		expect(ticks(page(0, 1_000_000), false)).toEqual(['0 B', '1 MiB', '2 MiB']);
	});

	it.each([
		[page(40, 3e6), ['1 KiB', '32 KiB', '1 MiB']],
		[page(65_000, 1_000_000), ['64 KiB', '256 KiB', '1 MiB']],
		[page(500_000, 1_000_000), ['256 KiB', '1 MiB']]
	])('has two logarithmic ticks or three wherever it lies, %#', (spec, expected) => {
		expect(ticks(spec, true)).toEqual(expected);
	});
});

it('a threshold far above everything would press the line flat, and is left out; on a logarithmic axis it is not', () => {
	const far = page(10, 100, { threshold: { value: 1000, label: 'limit' } });
	expect(geometry(far, [0, 10], SIZE, false).threshold).toBeUndefined();
	expect(geometry(far, [0, 10], SIZE, true).threshold).toBeDefined();
	const near = page(10, 100, { threshold: { value: 300, label: 'limit' } });
	expect(geometry(near, [0, 10], SIZE, false).threshold).toBeDefined();
});

it('a line with no value has a gap, and its sentence says so', () => {
	const points = [
		[0, 2048],
		[5, undefined]
	] as const;
	const spec = page(0, 0, { lines: [{ label: 'page', points }] });
	expect(sentence(spec)).toBe('/metrics: page has a gap now; highest 2 KiB.');
	expect(sentence(page(0, 0, { lines: [] }))).toBe('/metrics: nothing measured yet.');
});

it('what is computed is said to be', () => {
	const spec = page(1024, 2048, {
		band: { label: 'a server', points: [{ at: 0, low: 4096, high: 8192 }] },
		outline: { label: 'in its way', points: [[0, 3072]] }
	});
	expect(sentence(spec)).toBe(
		'/metrics: page 2 KiB now; highest 2 KiB; a server 4 KiB to 8 KiB, computed; in its way up to 3 KiB, computed.'
	);
});
