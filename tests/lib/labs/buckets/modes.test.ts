import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allBuckets } from '#engine/model';
import { BucketLab } from '$lib/labs/buckets/bucket-lab.svelte.ts';
import { countUpTo, drawCrowd } from '$lib/labs/buckets/crowd.ts';
import { observe } from '$lib/labs/buckets/classic.ts';
import { edgesOf } from '$lib/labs/buckets/edges.ts';
import {
	bucketsOfSketch,
	columnEdges,
	columnShares,
	drawColumn,
	EMPTY_SKETCH,
	fitToBuckets,
	overlap,
	SKETCH_COLUMNS
} from '$lib/labs/buckets/guess.ts';
import { heatmapPaths, SHADES, shadeOf } from '$lib/labs/buckets/heatmap.ts';
import {
	drawIncident,
	INCIDENT,
	minuteOf,
	readIncident,
	risesAt,
	secondModeSeenAt,
	slowShareAt
} from '$lib/labs/buckets/incident.ts';
import { MODES } from '$lib/labs/buckets/knobs.ts';
import { atSchema, nativeEstimate, observeNative } from '$lib/labs/buckets/native.ts';
import { taskOf, verdictOf } from '$lib/labs/buckets/tasks.ts';
import { readLink, writeLink } from '$lib/labs/buckets/permalink.ts';
import { trafficOf } from '$lib/labs/buckets/traffic.ts';

const sketches = fc
	.array(fc.double({ min: 0, max: 1, noNaN: true }), {
		minLength: SKETCH_COLUMNS,
		maxLength: SKETCH_COLUMNS
	})
	.filter((sketch) => sketch.some((height) => height > 0.01));

describe('guess', () => {
	const { all } = drawCrowd(trafficOf('cache'), 5);
	const shares = columnShares(all);

	it('the truth overlaps itself wholly, and fills its own boxes as they are filled', () => {
		expect(overlap(shares, shares)).toBeCloseTo(1, 12);
		const edges = columnEdges().slice(1, -1);
		const seen = observe(all, edges);
		expect(fitToBuckets(bucketsOfSketch(shares, seen.bounds), seen)).toBeCloseTo(1, 9);
	});

	it('overlap is a share, and does not depend on how high a sketch is drawn', () => {
		fc.assert(
			fc.property(sketches, (sketch) => {
				const score = overlap(sketch, shares);
				expect(score).toBeGreaterThanOrEqual(0);
				expect(score).toBeLessThanOrEqual(1 + 1e-9);
				const half = sketch.map((height) => height / 2);
				expect(overlap(half, shares)).toBeCloseTo(score, 9);
			})
		);
	});

	it('different shapes fill the same boxes', () => {
		const seen = observe(all, [0.01, 0.1]);
		// Half of what is below 10 ms is moved to another column that is also below it.
		const first = shares.findIndex((share) => share > 0.2);
		const other = shares
			.with(first, (shares[first] ?? 0) / 2)
			.with(first - 3, (shares[first - 3] ?? 0) + (shares[first] ?? 0) / 2);
		const fit = (sketch: readonly number[]) =>
			fitToBuckets(bucketsOfSketch(sketch, seen.bounds), seen);
		expect(fit(other)).toBeCloseTo(fit(shares), 9);
		expect(overlap(other, shares)).toBeLessThan(0.9);
	});

	it('an empty sketch has no score', () => {
		expect(overlap(EMPTY_SKETCH, shares)).toBeNaN();
	});

	it('is drawn within the sheet', () => {
		expect(drawColumn(EMPTY_SKETCH, 3, 7)[3]).toBe(1);
		expect(drawColumn(EMPTY_SKETCH, 99, 1)).toBe(EMPTY_SKETCH);
	});

	it('hides another traffic each round, the same for the same seed', () => {
		const rounds = (seed: number) => {
			const lab = new BucketLab();
			lab.set({ mode: 'guess', seed });
			return Array.from({ length: 12 }, () => {
				const { traffic } = lab;
				lab.nextRound();
				return traffic;
			});
		};
		expect(rounds(1)).toEqual(rounds(1));
		expect(new Set(rounds(1)).size).toBeGreaterThan(3);
		expect(rounds(1)).not.toContain(trafficOf('promise'));
	});

	it('hides what a link says, and hides it anew for another link', () => {
		const [sender, reader] = [new BucketLab(), new BucketLab()];
		sender.set({ mode: 'guess' });
		sender.nextRound();
		sender.nextRound();
		reader.guess.reveal();
		reader.set(readLink(writeLink(sender.knobs)).knobs);
		expect(reader.traffic).toEqual(sender.traffic);
		expect(reader.isHidden).toBe(true);
		reader.guess.draw(3, 0.5);
		reader.set({ q: 0.5 });
		expect(reader.guess.isEmpty).toBe(false);
		reader.set({ seed: 5 });
		expect(reader.guess.isEmpty).toBe(true);
	});
});

describe('native', () => {
	const { all } = drawCrowd(trafficOf('shop'), 9);
	const finest = observeNative(all);

	it.each([0, 3, 8])('at schema %d each bucket has what is in (lower, upper]', (schema) => {
		for (const { lower, upper, count } of allBuckets(atSchema(finest, schema))) {
			expect(count).toBe(countUpTo(all, upper) - countUpTo(all, lower));
		}
	});

	it('the bucket of an estimate holds it', () => {
		for (const q of [0.01, 0.5, 0.95, 0.999]) {
			const { value, lower, upper } = nativeEstimate(q, atSchema(finest, 2));
			expect(value).toBeGreaterThanOrEqual(lower);
			expect(value).toBeLessThanOrEqual(upper);
		}
	});
});

describe('the incident', () => {
	const incident = drawIncident(trafficOf('promise'), 190);
	const reading = readIncident(incident, edgesOf('common'), 0.95);

	it('takes requests over from minute 10 on', () => {
		expect(slowShareAt(INCIDENT.begins * 2)).toBe(0);
		expect(slowShareAt(INCIDENT.begins * 2 + 10)).toBeCloseTo(0.05, 12);
		expect(slowShareAt(INCIDENT.columns - 1)).toBe(INCIDENT.most);
		expect(incident.every(({ length }) => length === INCIDENT.requests)).toBe(true);
	});

	it('is in the boxes minutes before p95 has doubled', () => {
		const seen = minuteOf(secondModeSeenAt(reading) ?? NaN);
		const told = minuteOf(risesAt(reading.estimates) ?? NaN);
		expect(seen).toBeGreaterThan(INCIDENT.begins);
		expect(told - seen).toBeGreaterThanOrEqual(3);
		expect(told - seen).toBeLessThanOrEqual(5);
	});

	it('is in no box of edges that end below it', () => {
		expect(secondModeSeenAt(readIncident(incident, [0.05, 0.1], 0.95))).toBeUndefined();
	});
});

describe('the heatmap', () => {
	it('has a cell for each bucket that is in use, in the shade of its share', () => {
		const columns = [
			{ bounds: Float64Array.of(1, 2, Infinity), counts: Float64Array.of(1, 100, 100) }
		];
		const paths = heatmapPaths(columns, { x: (c) => c * 10, y: (b) => 30 - b * 10 });
		expect(paths.map((path) => path.split('M').length - 1)).toEqual([1, 0, 0, 0, 0, 0, 0, 1]);
		expect(paths[0]).toBe('M0.0,40.0V30.0H10.0V40.0Z');
	});

	it('shades a request in a hundred, and nothing for nobody', () => {
		expect([0, 0.0001, 0.01, 0.25, 1].map(shadeOf)).toEqual([0, 1, 1, 4, SHADES]);
	});
});

describe('tasks', () => {
	it.each(MODES.map(({ value }) => value))(
		'%s: one sentence, and a verdict from numbers',
		(mode) => {
			const lab = new BucketLab();
			lab.set({ mode });
			expect(taskOf(lab)).toMatch(/^[A-Z].*\.$/);
			const { title, sentences } = verdictOf(lab);
			expect(title).not.toMatch(/NaN|undefined/);
			for (const sentence of sentences) {
				expect(sentence).toMatch(/^[^!]*\.$/);
				expect(sentence).not.toMatch(/NaN|undefined/);
			}
		}
	);

	it.each([
		{ edges: [100] },
		{ edges: [0.0001] },
		{ slowShare: 0 },
		{ slowShare: 1 },
		{ traffic: trafficOf('batch') },
		{ traffic: trafficOf('constant'), q: 0.999 }
	])('hold with %j', (patch) => {
		for (const { value: mode } of MODES) {
			const lab = new BucketLab();
			lab.set({ ...patch, mode });
			const { title, sentences } = verdictOf(lab);
			expect([title, ...sentences].join(' ')).not.toMatch(/NaN|undefined|Infinity/);
		}
	});

	it('the promise is made right by an edge at the objective', () => {
		const lab = new BucketLab();
		expect(verdictOf(lab)).toMatchObject({ title: 'Kept, and reported as missed', isGood: false });
		lab.addEdge(0.3);
		expect(verdictOf(lab)).toMatchObject({ title: 'Kept, and reported as kept', isGood: true });
		lab.setMedian(130);
		expect(verdictOf(lab)).toMatchObject({ title: 'Missed, and reported as missed', isGood: true });
	});
});
