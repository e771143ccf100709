import { expect, test } from 'vitest';
import type { Lab } from '#engine/lab';
import { labelValue, SECOND } from '#engine/model';
import type { QueryTask } from '../../../src/lib/course/lesson.ts';
import { PATIENCE } from '../support.ts';
import { lessonOf, played } from './played.ts';

// The share of requests that kept the promise, as the lesson's query counts it, and as it was.

const lesson = lessonOf('05-latency', 'slo-bucket');
const { solution } = lesson.tasks.find(({ id }) => id === 'share') as QueryTask;
const PROMISE = 0.3;
const PROMISED = 0.95;

/** A world of the lesson, in which the finished code runs, at the end of a trial. */
const tried = (world: string) =>
	played(lesson, { world, files: lesson.finished, to: lesson.trial });

async function answerOf(lab: Lab, query: string) {
	const answer = await lab.api.query({ query, time: String(lab.now / SECOND) });
	if (answer.status === 'error') throw new Error(answer.error);
	return answer.data;
}

async function counted(lab: Lab): Promise<number> {
	const answer = await answerOf(lab, solution);
	if (answer.type !== 'vector') throw new Error('no vector');
	return answer.samples[0]!.value;
}

/** Of the requests between the first and the last scrape in the query's window, instance by instance, the share within the promise. */
async function truth(lab: Lab): Promise<number> {
	const window = await answerOf(lab, 'up{job="shop"}[5m]');
	if (window.type !== 'matrix') throw new Error('no samples');
	const latencies = window.series.flatMap(({ labels, times, start, end }) => {
		const filter = { instance: labelValue(labels, 'instance'), handled: true };
		return [...lab.truth.latencies(filter, times[start]!, times[end - 1]!)];
	});
	const kept = latencies.filter((latency) => latency / SECOND <= PROMISE);
	return kept.length / latencies.length;
}

async function checkShare(world: string) {
	const lab = await tried(world);
	const [seen, real] = [await counted(lab), await truth(lab)];
	expect(Math.abs(seen - real)).toBeLessThan(1e-9);
	return { kept: real >= PROMISED, saysKept: seen >= PROMISED };
}

test(
	'in every hidden world the query counts the share that truly kept the promise',
	async () => {
		for (const { world } of lesson.hidden) await checkShare(world);
	},
	PATIENCE
);

test(
	'while the median slides from 100 to 130 ms, it says when the promise is broken',
	async () => {
		const verdicts = [];
		for (const median of [100, 108, 115, 122, 130]) {
			const world = lesson.world.replaceAll('median: 100ms', `median: ${median}ms`);
			verdicts.push(await checkShare(world));
		}
		expect(verdicts.map(({ saysKept }) => saysKept)).toEqual(verdicts.map(({ kept }) => kept));
		expect(verdicts.map(({ kept }) => kept)).toEqual([true, true, false, false, false]);
	},
	PATIENCE
);
