import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runTrial } from '#engine/lab';
import { labelValue, SECOND } from '#engine/model';
import { createPythonRunner } from '#runners/python';
import { createTypeScriptRunner } from '#runners/typescript';
import {
	boxesOf,
	countOf,
	growthOf,
	readHistogram,
	sentenceOf,
	type ExposedHistogram
} from '../../../src/lib/course/instruments/boxes.ts';
import { SHOWN_SEED } from '../../../src/lib/course/trials.ts';
import { bootPython, missingPython, titled } from '../../python/interpreter.ts';
import { LESSONS, PATIENCE } from '../support.ts';
import { begun, lessonOf, worldOf } from './played.ts';

// What the prose and the figure of the lesson say, as their worlds give it.

const FOLDER = `${LESSONS}02-types/04-histogram`;
const page = readFileSync(`${FOLDER}/boxes/page.txt`, 'utf8');
const [, seed, most] = /<Boxes [^>]*seed=\{(\d+)\} most=\{(\d+)\}/
	.exec(readFileSync(`${FOLDER}/lesson.md`, 'utf8'))!
	.map(Number) as [number, number, number];

const lesson = lessonOf('02-types', 'histogram');
const worldText = readFileSync(`${FOLDER}/boxes/world.yaml`, 'utf8');
const world = worldOf(worldText);

/** The pages of the figure: the first one, then one for each request, and how long the requests truly took, ms. */
async function playedBoxes() {
	const files = { 'app.ts': readFileSync(`${FOLDER}/boxes/app.ts`, 'utf8') };
	const lab = await begun(lesson, { world: worldText, seed, files });
	const texts: string[] = [];
	const pages: ExposedHistogram[] = [];
	while (pages.length <= most) {
		await lab.step();
		const text = new TextDecoder().decode(lab.metricsPage('shop-1:8000'));
		const found = readHistogram(text)!;
		if (pages.length > 0 && countOf(found) === countOf(pages.at(-1)!)) continue;
		texts.push(text);
		pages.push(found);
	}
	const latencies = lab.truth.latencies({}, -Infinity, lab.now);
	return { texts, pages, latencies, lived: lab.now - world.start };
}

const played = playedBoxes();

const changedBy = (before: ExposedHistogram, now: ExposedHistogram) =>
	growthOf(before, now).filter((growth) => growth !== 0).length;

test('the figure begins with the page that the world begins with: 11 lines at 0', async () => {
	const { texts, pages } = await played;
	expect(texts[0]).toBe(page);
	expect(pages[0]!.lines.map(({ value }) => value)).toEqual(Array(11).fill(0));
});

test('requests come one at a time, and the sum says how long each took', async () => {
	const { pages, latencies } = await played;
	expect(pages.map(countOf)).toEqual(Array.from({ length: most + 1 }, (_, i) => i));
	pages.slice(1).forEach((now, i) => {
		const sum = now.lines.findIndex(({ id }) => id === 'sum');
		expect(growthOf(pages[i]!, now)[sum]).toBeCloseTo((latencies[i] as number) / SECOND, 9);
	});
});

test('the first request takes 0.3 s and changes seven of eleven lines: 0.5 to +Inf, sum and count', async () => {
	const { pages, latencies } = await played;
	expect((latencies[0] as number) / SECOND).toBeCloseTo(0.3, 3);
	const growth = growthOf(pages[0]!, pages[1]!);
	const changed = pages[1]!.lines.filter((_, i) => growth[i] !== 0).map(({ id }) => id);
	expect(changed).toEqual(['0.5', '1', '2.5', '5', '+Inf', 'sum', 'count']);
	expect(sentenceOf(pages[0]!, pages[1]!)).toContain('took 300 ms');
});

test('the ninth takes 11 s and changes three lines; the first twelve have been in every box', async () => {
	const { pages, latencies } = await played;
	expect(Math.round((latencies[8] as number) / SECOND)).toBe(11);
	expect(changedBy(pages[8]!, pages[9]!)).toBe(3);
	expect(boxesOf(pages[12]!).every(({ own }) => own > 0)).toBe(true);
});

const PYTHON = `
from prometheus_client import Histogram, start_http_server
from shop import process_request

REQUEST_DURATION = Histogram(
    "http_request_duration_seconds", "Request duration in seconds",
    buckets=[0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0],
)

def handle(request):
    with REQUEST_DURATION.time():
        return process_request(request)

start_http_server(8000)
`;

test.skipIf(missingPython)(
	titled('in Python the same eleven lines say the same, 1 is 1.0, and a twelfth stays as it is'),
	{ timeout: PATIENCE },
	async () => {
		const interpreter = await bootPython();
		const linesAfter = async (duration: number) => {
			const trial = { world, seed, files: { 'app.py': PYTHON }, duration };
			const outcome = await runTrial(trial, (instance) =>
				createPythonRunner({ interpreter, seed: instance.seed, workers: world.service.workers })
			);
			if (!outcome.ok) throw new Error(outcome.problems[0]?.message);
			return outcome.evidence.pages[0]!.text;
		};
		const { texts, lived } = await played;
		const [none, all] = [await linesAfter(1), await linesAfter(lived)];
		const [mine, other] = [readHistogram(all)!, readHistogram(texts.at(-1)!)!];
		expect(all).toContain('_bucket{le="1.0"}');
		expect(mine.lines).toHaveLength(11);
		expect(countOf(mine)).toBe(countOf(other));
		expect(boxesOf(mine)).toEqual(boxesOf(other));
		const created = /^http_request_duration_seconds_created .*$/m;
		expect(created.exec(all)?.[0]).toBeTruthy();
		expect(created.exec(all)?.[0]).toBe(created.exec(none)?.[0]);
	}
);

test('in the shop the first box stays empty, also of orders that failed', async () => {
	const shop = worldOf(lesson.world);
	const outcome = await runTrial(
		{ world: shop, seed: SHOWN_SEED, files: lesson.finished, duration: lesson.run.from },
		(instance) => createTypeScriptRunner({ seed: instance.seed, workers: shop.service.workers })
	);
	if (!outcome.ok) throw new Error(outcome.problems[0]?.message);
	const { pages, truth } = outcome.evidence;
	expect(truth.some(({ status }) => status === 500)).toBe(true);
	const first = pages[0]!.samples.filter(({ labels }) => labelValue(labels, 'le') === '0.01');
	expect(first.map(({ value }) => value)).toEqual([0, 0, 0]);
});
