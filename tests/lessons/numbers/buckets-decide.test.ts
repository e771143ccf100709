import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '#engine/model';
import { createRandom } from '#engine/sim';
import { edgesAsCode, exactly, STRIPS, wayThrough } from '$lib/course/instruments/bucket-strip.ts';
import { classicQuantile, observe } from '$lib/labs/buckets/classic.ts';
import { draw, drawCrowd, trueQuantile } from '$lib/labs/buckets/crowd.ts';
import { START } from '$lib/labs/buckets/knobs.ts';
import { classicCost } from '$lib/labs/buckets/ledger.ts';
import { latencyModel } from '$lib/labs/buckets/traffic.ts';
import { budgetRows, readings, worstError } from '$lib/labs/buckets/verdict.ts';
import { lessonFiles } from '../support.ts';
import { lessonOf, played, worldOf } from './played.ts';

// The numbers that the lesson states, as its world, its strips and its hidden worlds give them.

const lesson = lessonOf('05-latency', 'buckets-decide');
const STEP = 5 * SECOND;
const { edges } = START;

/** What a chart of the shop as it is shows from the first minute to the end, and the truth beside it. */
async function charts(queries: readonly string[]) {
	const lab = await played(lesson);
	const from = lab.now - lesson.run.to + MINUTE;
	const [start, end] = [from, lab.now].map((time) => String(time / SECOND));
	return Promise.all(
		queries.map(async (query) => {
			const step = String(STEP / SECOND);
			const answer = await lab.api.queryRange({ query, start: start!, end: end!, step });
			if (answer.status === 'error') throw new Error(answer.error);
			const truth = lab.truthOf(query, answer.data.grid)?.[0]?.values ?? [];
			return {
				said: [...(answer.data.series[0]?.values ?? [])],
				truth: [...truth].filter((value) => !Number.isNaN(value))
			};
		})
	);
}

const quantile = (q: number, endpoint: string) =>
	`histogram_quantile(${q}, sum by (le) (rate(http_request_duration_seconds_bucket{endpoint="${endpoint}"}[5m])))`;

test('the shop on show: 260 ms read as 497.5, 30 s as 5 s all the time, and 2 ms as 5', async () => {
	const [stock, orders, prices] = await charts([
		quantile(0.99, '/api/stock'),
		quantile(0.99, '/api/orders'),
		quantile(0.5, '/api/prices')
	]);
	for (const said of stock!.said) expect(said).toBeCloseTo(0.4975, 9);
	for (const truth of stock!.truth) expect(truth).toBeCloseTo(0.26, 9);
	for (const said of orders!.said) expect(said).toBe(5);
	for (const truth of orders!.truth) expect(truth).toBeCloseTo(30, 1);
	for (const said of prices!.said) expect(exactly(said)).toMatch(/^5(\.0\d+)? ms$/);
	for (const truth of prices!.truth) expect(Math.abs(truth - 0.002)).toBeLessThan(0.0001);
	expect([stock, orders, prices].map((chart) => chart!.truth.length > 50)).not.toContain(false);
});

test('the first strip opens at 497.5 ms, comes to 299.5 with an edge at 300, and reads 5 ms for 2', () => {
	const [constant, fast] = STRIPS.surprises.kinds.map(
		({ traffic }) => drawCrowd(traffic, START.seed).all
	);
	expect(edges[4]).toBe(0.5);
	expect(wayThrough(STRIPS.surprises.q, observe(constant!, edges))).toBe(
		'p99 lies in the box from 250 ms to 500 ms. 99 % of the way through it: 497.5 ms.'
	);
	expect(wayThrough(0.99, observe(constant!, edges.with(4, 0.3)))).toContain(': 299.5 ms.');
	expect(exactly(classicQuantile(0.5, observe(fast!, edges)))).toMatch(/^5(\.00\d)? ms$/);
	expect(exactly(trueQuantile(0.5, fast!))).toMatch(/^(1\.9[5-9]|2\.0)/);
});

describe('the services of the task', () => {
	const crowds = STRIPS.task.kinds.map(({ label, traffic }) => ({
		label,
		sorted: drawCrowd(traffic, START.seed).all
	}));

	test('are those of the hidden worlds, also in their names', () => {
		const models = STRIPS.task.kinds.map(({ label, traffic }) => ({
			label,
			model: normal(latencyModel(traffic))
		}));
		expect(
			lesson.hidden.map(({ title, world }) => ({
				label: title,
				model: normal(worldOf(world).traffic.routes[0]!.latency)
			}))
		).toEqual(models);
	});

	test('have their quantiles where the second hint says', () => {
		const all = crowds.flatMap(({ sorted }) =>
			[0.5, 0.95, 0.99].map((q) => 1000 * trueQuantile(q, sorted))
		);
		const near = (ms: number) =>
			Math.abs(ms - 4.4) < 0.1 ||
			Math.abs(ms - 80) < 2 ||
			(ms > 210 && ms < 255) ||
			(ms > 290 && ms < 330) ||
			Math.abs(ms - 30_000) < 20;
		expect(all.filter((ms) => !near(ms))).toEqual([]);
	});

	test('are read with errors of 31, 42 and 83 % at the beginning', () => {
		const worst = budgetRows(edges, crowds).map(({ worst }) => Math.round(100 * worst));
		expect(worst).toEqual([31, 42, 83]);
	});

	const SOLUTIONS = {
		solution: [0.004, 0.005, 0.1, 0.2, 0.25, 0.32, 0.4, 30],
		'solution-02': [0.0045, 0.11, 0.21, 0.25, 0.29, 0.34, 0.4, 29]
	};

	test.each(Object.entries(SOLUTIONS))('%s has room to spare for chance', (folder, found) => {
		const file = lessonFiles(`${lesson.folder}/${folder}`)[`${lesson.folder}/${folder}/app.ts`];
		expect(file).toContain(edgesAsCode(found, 'typescript'));
		// As many requests as a trial has, on thirty other days.
		const errors = Array.from({ length: 30 }, (_, day) =>
			STRIPS.task.kinds.map(({ traffic }) => {
				const random = createRandom(1000 + day);
				const sorted = draw(latencyModel(traffic), random, 6000).sort();
				return worstError(readings(observe(sorted, found), sorted));
			})
		);
		expect(Math.max(...errors.flat())).toBeLessThan(0.08);
	});
});

test('52 edges more are 6,240 series more, and 60 from 0.1 to 6 s still read 2 ms as 50', () => {
	const fleet = { endpoints: 6, instances: 20, client: 'python' } as const;
	expect(classicCost(60, fleet).series - classicCost(8, fleet).series).toBe(6240);
	const sixty = Array.from({ length: 60 }, (_, i) => (i + 1) / 10);
	const fast = drawCrowd(STRIPS.surprises.kinds[1].traffic, START.seed).all;
	expect(exactly(classicQuantile(0.5, observe(fast, sixty)))).toBe('50 ms');
});

/** Modes of a mixture with their shares; such without weight are left out. */
function normal(model: ReturnType<typeof latencyModel>): unknown {
	if (model.kind !== 'bimodal') return model;
	const sum = model.modes.reduce((weights, { weight }) => weights + weight, 0);
	return model.modes
		.filter(({ weight }) => weight > 0)
		.map(({ weight, model: of }) => ({ share: Number((weight / sum).toFixed(6)), of }));
}
