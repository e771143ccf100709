import { describe, expect, it } from 'vitest';
import { createRandom, Truth } from '#engine/sim';
import { BucketLab } from '$lib/labs/buckets/bucket-lab.svelte.ts';
import { observe, classicQuantile } from '$lib/labs/buckets/classic.ts';
import { drawCrowd, trueQuantile } from '$lib/labs/buckets/crowd.ts';
import { boxesOf, densityOf } from '$lib/labs/buckets/density.ts';
import { edgesOf } from '$lib/labs/buckets/edges.ts';
import { classicCost, nativeCost } from '$lib/labs/buckets/ledger.ts';
import { drawWindows, samplingBand } from '$lib/labs/buckets/sampling.ts';
import { snippet } from '$lib/labs/buckets/snippets.ts';
import { trafficOf } from '$lib/labs/buckets/traffic.ts';
import { errorText, percent, quantileName } from '$lib/labs/buckets/words.ts';

const ms = (seconds: number) => Math.round(seconds * 1000);

describe('the bucket lab', () => {
	it('opens on a promise that is kept and reported as missed', () => {
		const lab = new BucketLab();
		expect(ms(lab.truth)).toBe(268);
		expect(ms(lab.estimate.value)).toBe(305);
		expect([lab.estimate.lower, lab.estimate.upper]).toEqual([0.25, 0.5]);
		expect(percent(lab.promise.trueShare)).toBe('96.6 %');
		expect(lab.promise).toMatchObject({ isKept: true, isKeptByQuantile: false, hasEdge: false });
		expect(lab.cost).toEqual({ perChild: 12, children: 120, series: 1440 });
	});

	it('an edge on the promise makes share and verdict exact', () => {
		const lab = new BucketLab();
		lab.addEdge(0.3);
		expect(lab.edges[lab.selected]).toBe(0.3);
		expect(lab.promise.saidShare).toBe(lab.promise.trueShare);
		expect(lab.promise).toMatchObject({ isKeptByQuantile: true, isKeptByShare: true });
		expect(lab.cost.perChild).toBe(13);
	});

	it('keeps the requests as they are while an edge moves', () => {
		const lab = new BucketLab();
		const { truth } = lab;
		lab.moveEdge(3, 0.29);
		expect(lab.truth).toBe(truth);
		// 96 % took at most 290 ms, so the quantile has gone down a box.
		expect([lab.estimate.lower, lab.estimate.upper]).toEqual([0.1, 0.29]);
	});

	it('keeps an edge selected that exists', () => {
		const lab = new BucketLab();
		lab.selected = 7;
		lab.removeEdge(7);
		expect(lab.selected).toBe(6);
		lab.useEdges([0.1]);
		expect(lab.selected).toBe(0);
	});

	it('the common edges break the budget, and the tuned ones keep it', () => {
		const lab = new BucketLab();
		expect(lab.isWithinBudget).toBe(false);
		expect(Math.max(...lab.budget.map(({ worst }) => worst))).toBeGreaterThan(0.8);
		lab.useEdges(edgesOf('tuned'));
		expect(lab.isWithinBudget).toBe(true);
		for (const seed of [1, 2, 3, 4, 5]) {
			lab.set({ seed });
			expect(lab.isWithinBudget).toBe(true);
		}
	});

	it('limits what is typed', () => {
		const lab = new BucketLab();
		lab.setQ(7);
		lab.setObjective(0);
		expect([lab.q, lab.objective]).toEqual([0.999, 0.001]);
	});
});

describe('the true quantile', () => {
	it('is the one that a world’s truth tells', () => {
		const { all } = drawCrowd(trafficOf('cache'), 3, 500);
		const truth = new Truth();
		for (const value of all) {
			truth.record({
				...{ at: 1000, started: 1000, finished: 1000 + value * 1000 },
				...{ method: 'GET', endpoint: '/', status: 200, instance: 'a', user: 1 }
			});
		}
		for (const q of [0.01, 0.5, 0.8, 0.95, 0.99, 1]) {
			expect(trueQuantile(q, all) * 1000).toBeCloseTo(truth.quantile(q, {}, 0, 5000), 9);
		}
	});
});

describe('the band of chance', () => {
	const buckets = observe(drawCrowd(trafficOf('promise'), 1).all, edgesOf('common'));
	const width = (requests: number) => {
		const band = samplingBand(0.95, buckets, drawWindows(requests, createRandom(1)));
		return band ? band.high - band.low : NaN;
	};

	it('narrows as a window has more requests, across both ways of drawing', () => {
		const widths = [30, 100, 1000, 10_000, 100_000, 1_000_000].map(width);
		for (let i = 1; i < widths.length; i++) expect(widths[i]).toBeLessThan(widths[i - 1] as number);
		// By the square root of the number, where the estimate stays in one bucket.
		expect((widths[3] as number) / (widths[5] as number)).toBeCloseTo(10, -1);
	});

	it('is about the same for 1,000 requests drawn one by one and 1,001 drawn by bucket', () => {
		expect(width(1001) / width(1000)).toBeGreaterThan(0.8);
		expect(width(1001) / width(1000)).toBeLessThan(1.25);
	});

	it('holds nine of ten estimates of real windows', () => {
		const band = samplingBand(0.95, buckets, drawWindows(200, createRandom(1)));
		let inside = 0;
		for (let seed = 1; seed <= 300; seed++) {
			const { all } = drawCrowd(trafficOf('promise'), seed, 200);
			const estimate = classicQuantile(0.95, observe(all, edgesOf('common')));
			if (band && estimate >= band.low && estimate <= band.high) inside++;
		}
		expect(inside / 300).toBeGreaterThan(0.84);
		expect(inside / 300).toBeLessThan(0.96);
	});
});

describe('density', () => {
	it('of the truth and of the boxes has the area of what it shows', () => {
		const { all } = drawCrowd(trafficOf('promise'), 1);
		const domain = { min: 0.001, max: 10 };
		const area = (boxes: ReturnType<typeof densityOf>) =>
			boxes.reduce((sum, { from, to, density }) => sum + density * Math.log(to / from), 0);
		expect(area(densityOf(all, domain))).toBeCloseTo(1, 9);
		expect(area(boxesOf(observe(all, edgesOf('common')), domain))).toBeCloseTo(1, 9);
	});
});

describe('cost', () => {
	it('is a series for each edge, +Inf, sum and count, and _created in Python', () => {
		const fleet = { endpoints: 6, instances: 20 };
		expect(classicCost(8, { ...fleet, client: 'python' }).perChild).toBe(12);
		expect(classicCost(8, { ...fleet, client: 'typescript' }).perChild).toBe(11);
		expect(nativeCost({ ...fleet, client: 'python' }).series).toBe(120);
	});
});

describe('what can be copied', () => {
	const edges = [0.1, 0.3, 1];
	const buckets = observe(drawCrowd(trafficOf('promise'), 1).all, edges);
	const source = { edges, q: 0.95, objective: 0.3, buckets };

	it('is Python and TypeScript with these edges', () => {
		expect(snippet('python', source)).toContain('buckets=[0.1, 0.3, 1],');
		expect(snippet('typescript', source)).toContain('buckets: [0.1, 0.3, 1]');
	});

	it('asks for the share only where there is an edge, with the label as it is stored', () => {
		expect(snippet('promql', source)).toContain('{le="0.3"}');
		expect(snippet('promql', { ...source, objective: 1 })).toContain('{le="1.0"}');
		expect(snippet('promql', { ...source, objective: 0.2 })).not.toContain('le="');
	});
});

describe('words', () => {
	it.each([
		[0.138, '+14 %'],
		[-0.83, '−83 %'],
		[24.01, '+2,401 %'],
		[0.0012, '+0.1 %'],
		[0.0001, '0 %'],
		[NaN, '–']
	])('error %d is %s', (error, text) => expect(errorText(error)).toBe(text));

	it('names quantiles', () => {
		expect([0.5, 0.95, 0.999].map(quantileName)).toEqual(['p50', 'p95', 'p99.9']);
	});
});
