import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	addEdge,
	edgeAfter,
	EDGE_PRESETS,
	edgesOf,
	MOST_EDGES,
	moveEdge,
	nearestRound,
	removeEdge,
	snapEdge,
	tidyEdges
} from '$lib/labs/buckets/edges.ts';

const isAscending = (edges: readonly number[]) =>
	edges.every((edge, i) => i === 0 || edge > (edges[i - 1] as number));

describe('edges', () => {
	it('presets ascend and fit', () => {
		for (const { edges } of EDGE_PRESETS) expect(tidyEdges(edges)).toEqual(edges);
	});

	it('stay in order however one of them is moved', () => {
		const edges = fc
			.array(fc.double({ min: 0.001, max: 100, noNaN: true }), { minLength: 1, maxLength: 10 })
			.map(tidyEdges);
		fc.assert(
			fc.property(edges, fc.nat(9), fc.double({ min: 1e-9, max: 1e9 }), (all, at, to) => {
				const moved = moveEdge(all, at, to);
				expect(moved).toHaveLength(all.length);
				expect(isAscending(moved)).toBe(true);
			})
		);
	});

	it('stop short of a neighbour', () => {
		expect(moveEdge([0.1, 0.25, 0.5], 1, 3)).toEqual([0.1, 0.499, 0.5]);
		expect(moveEdge([0.1, 0.25, 0.5], 1, 0.01)).toEqual([0.1, 0.101, 0.5]);
		expect(moveEdge([0.1, 0.25], 1, NaN)).toEqual([0.1, 0.25]);
	});

	it('are added in order, once, and not without end', () => {
		expect(addEdge([0.1, 0.5], 0.3)).toEqual([0.1, 0.3, 0.5]);
		expect(addEdge([0.1, 0.5], 0.5)).toEqual([0.1, 0.5]);
		expect(addEdge([0.1], 1e9)).toEqual([0.1]);
		const full = Array.from({ length: MOST_EDGES }, (_, i) => i + 1);
		expect(addEdge(full, 0.5)).toBe(full);
	});

	it('are removed but for the last', () => {
		expect(removeEdge([0.1, 0.5], 0)).toEqual([0.5]);
		expect(removeEdge([0.5], 0)).toEqual([0.5]);
	});

	it('a new one goes in the middle of a gap, above the last, or below the first', () => {
		expect(edgeAfter([0.1, 0.4], 0)).toBe(0.2);
		expect(edgeAfter([0.1, 0.4], 1)).toBe(0.8);
		expect(edgeAfter([0.1, 0.4], -1)).toBe(0.05);
	});

	it('snap to 1, 2, 5 and to the objective when they come near', () => {
		expect(nearestRound(0.17)).toBe(0.2);
		expect(nearestRound(0.0081)).toBe(0.01);
		expect(snapEdge(0.205, 0.3, 0.05)).toBe(0.2);
		expect(snapEdge(0.295, 0.3, 0.05)).toBe(0.3);
		expect(snapEdge(0.24567, 0.3, 0.05)).toBe(0.246);
		expect(snapEdge(0.205, 0.3, 0)).toBe(0.205);
	});

	it('an unknown preset is our own mistake', () => {
		expect(() => edgesOf('none')).toThrow('no edge preset none');
	});
});
