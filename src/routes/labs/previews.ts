import { createTypeScriptRunner } from '#runners/typescript';
import { Lab, parseWorld, type World } from '#engine/lab';
import type { Duration } from '#engine/model';
import { line } from 'd3';
import { answer, type Samples } from '$lib/course/review/review-kit.ts';
import { classicQuantile, observe } from '$lib/labs/buckets/classic.ts';
import { drawCrowd, trueQuantile } from '$lib/labs/buckets/crowd.ts';
import { densityOf } from '$lib/labs/buckets/density.ts';
import { edgesOf } from '$lib/labs/buckets/edges.ts';
import { hillPath } from '$lib/labs/buckets/paths.ts';
import { durationScale } from '$lib/labs/buckets/scale.ts';
import { trafficOf } from '$lib/labs/buckets/traffic.ts';
import cardinalityCode from '$lessons/worlds/cardinality/app.ts?raw';
import cardinalityWorld from '$lessons/worlds/cardinality/world.yaml?raw';
import { HEIGHT, WIDTH, type Point, type Preview } from './preview.ts';

const FOOT = HEIGHT - 16;

const ms = (seconds: number) => `${Math.round(seconds * 1000)} ms`;

/** The hill of the truth between the edges of the seed document's histogram, and the two 95th percentiles. */
export function bucketsPreview(seed: number): Preview {
	const { all } = drawCrowd(trafficOf('promise'), seed);
	const edges = edgesOf('common');
	const domain = { min: 0.025, max: 0.8 };
	const x = durationScale(domain, WIDTH);
	const boxes = densityOf(all, domain, 60);
	const top = Math.max(...boxes.map(({ density }) => density));
	const y = (density: number) => FOOT - (density / top) * (FOOT - 34);
	const truth = trueQuantile(0.95, all);
	const estimate = classicQuantile(0.95, observe(all, edges));
	const mark = (value: number, height: number) => `M${x(value)},${FOOT}V${height}`;
	const shown = edges.filter((edge) => edge > domain.min && edge < domain.max);
	return {
		sentence: `A hill of request durations between bucket edges. Its 95th percentile is ${ms(truth)}, and the histogram says ${ms(estimate)}.`,
		strokes: [
			{ kind: 'area', role: 'truth', d: hillPath(boxes, x, y) },
			{ kind: 'rule', role: 'plain', d: shown.map((edge) => mark(edge, 30)).join('') },
			{ kind: 'line', role: 'truth', d: mark(truth, 22) },
			{ kind: 'line', role: 'measured', d: mark(estimate, 22) },
			{ kind: 'label', role: 'truth', at: [x(truth) - 3, 16], text: ms(truth), anchor: 'end' },
			{
				kind: 'label',
				role: 'measured',
				at: [x(estimate) + 3, 16],
				text: ms(estimate),
				anchor: 'start'
			}
		]
	};
}

const SCRAPES = { every: 15_000, until: 13 * 60_000 } as const;

/** A shorter timeout than the lab's own, so that the story fits into a few minutes. The sentence says it too. */
const IMPATIENT: Duration = 1_000;

/** Samples of each scrape of the shop that counts by user, until its page comes too late. */
export async function cardinalityPreview(seed: number): Promise<Preview> {
	const { lab, range } = await liveThrough(impatientWorld(), cardinalityCode, seed);
	const samples = await valuesOf(lab, 'scrape_samples_scraped', range);
	const ups = await valuesOf(lab, 'up', range);
	const most = Math.max(...samples.map(([, value]) => value));
	const x = (at: number) => 8 + ((at - range.start) / (range.end - range.start)) * (WIDTH - 16);
	const y = (value: number) => FOOT - (value / most) * (FOOT - 34);
	const good = samples.filter(([, value]) => value > 0);
	const failed = ups.filter(([, value]) => value === 0);
	const [last] = good.slice(-1);
	if (!last) throw new Error('no scrape of the cardinality lab came in time');
	const minutes = Math.round((last[0] - range.start) / 60_000);
	const count = last[1].toLocaleString('en');
	return {
		sentence: `The samples of a page grow with every new user. After ${minutes} minutes there are ${count}, the page takes more than a second, and every scrape fails.`,
		strokes: [
			{ kind: 'rule', role: 'limit', d: `M0,${y(last[1])}H${WIDTH}` },
			{ kind: 'line', role: 'measured', d: line()(good.map(([at, v]) => [x(at), y(v)])) ?? '' },
			{
				kind: 'crosses',
				role: 'limit',
				points: failed.filter((_, i) => i % 4 === 0).map(([at]) => [x(at), y(last[1])])
			},
			{
				kind: 'label',
				role: 'measured',
				at: [x(last[0]) - 6, y(last[1]) - 8],
				text: `${count} samples`,
				anchor: 'end'
			},
			{ kind: 'rule', role: 'plain', d: `M0,${FOOT}H${WIDTH}` }
		]
	};
}

/** One event on a counter, and the window that makes 1.33 of it. Times in seconds. */
const COUNTER: Samples = {
	name: 'c',
	interval: 15,
	values: [1000, 1000, 1000, 1000, 1001, 1001, 1001, 1001]
};
const WINDOW = { range: 60, end: 90 } as const;

/** One event on a counter, the window over it, and what increase() makes of it. */
export function ratePreview(): Preview {
	const { name, interval, values } = COUNTER;
	const { range, end } = WINDOW;
	const increase = answer(`increase(${name}[${range}s])`, [COUNTER], end);
	const x = (at: number) => 18 + (at / interval / (values.length - 1)) * (WIDTH - 36);
	const y = (value: number) => FOOT - 14 - (value - 1000) * 44;
	const [left, right] = [x(end - range), x(end)];
	return {
		sentence: `Samples of a counter that goes from 1000 to 1001, and a window of a minute over them. increase() says ${increase.toFixed(2)}.`,
		strokes: [
			{ kind: 'area', role: 'window', d: `M${left},28H${right}V${FOOT}H${left}Z` },
			{ kind: 'rule', role: 'plain', d: `M0,${FOOT}H${WIDTH}` },
			{
				kind: 'dots',
				role: 'measured',
				points: values.map((value, i) => [x(i * interval), y(value)])
			},
			{ kind: 'label', role: 'plain', at: [x(0), y(1000) - 9], text: '1000', anchor: 'middle' },
			{
				kind: 'label',
				role: 'plain',
				at: [x(end - interval), y(1001) - 9],
				text: '1001',
				anchor: 'middle'
			},
			{
				kind: 'label',
				role: 'measured',
				at: [(left + right) / 2, 20],
				text: `increase = ${increase.toFixed(2)}`,
				anchor: 'middle'
			}
		]
	};
}

interface Range {
	readonly start: number;
	readonly end: number;
}

function impatientWorld(): World {
	const parsed = parseWorld(cardinalityWorld);
	if (!parsed.ok) throw new Error(`a world of the labs: ${parsed.problems[0]?.message}`);
	const { world } = parsed;
	return { ...world, scrape: { ...world.scrape, timeout: IMPATIENT } };
}

/** A world that has lived its time. It is ended, and can still be asked. */
async function liveThrough(
	world: World,
	code: string,
	seed: number
): Promise<{ readonly lab: Lab; readonly range: Range }> {
	const lab = new Lab({
		world,
		seed,
		createRunner: (options) =>
			createTypeScriptRunner({ seed: options.seed, workers: world.service.workers })
	});
	await lab.deploy({ 'app.ts': code });
	const start = lab.now;
	await lab.advance(start + SCRAPES.until);
	lab.dispose();
	return { lab, range: { start, end: lab.now } };
}

async function valuesOf(lab: Lab, query: string, { start, end }: Range): Promise<Point[]> {
	const answer = await lab.api.queryRange({
		query,
		start: String(start / 1000),
		end: String(end / 1000),
		step: String(SCRAPES.every / 1000)
	});
	if (answer.status === 'error') throw new Error(answer.error);
	const [series] = answer.data.series;
	if (!series) return [];
	return [...series.values].flatMap((value, i) =>
		series.present[i] ? [[start + i * SCRAPES.every, value] as const] : []
	);
}
