import { readFileSync } from 'node:fs';
import { expose } from 'comlink';
import { afterEach, expect, test } from 'vitest';
import { createTypeScriptRunner } from '#runners/typescript';
import { BoxesWorld } from '../../../../src/lib/course/instruments/boxes-world.svelte.ts';
import { countOf } from '../../../../src/lib/course/instruments/boxes.ts';
import { LabState } from '../../../../src/lib/state/lab.svelte.ts';
import { LabSession } from '../../../../src/workers/lab-session.ts';
import { LESSONS } from '../../../lessons/support.ts';

const text = (name: string) =>
	readFileSync(`${LESSONS}02-types/04-histogram/boxes/${name}`, 'utf8');

const open: BoxesWorld[] = [];
afterEach(() => open.splice(0).forEach((boxes) => boxes.close()));

/** How many labs have been opened and closed. */
function countedLabs() {
	const labs = { opened: 0, closed: 0 };
	const openLab = () => {
		labs.opened++;
		return new LabState(() => {
			const { port1, port2 } = new MessageChannel();
			const session = new LabSession({
				createRunner:
					(world) =>
					({ seed }) =>
						createTypeScriptRunner({ seed, workers: world.service.workers }),
				now: () => 0,
				setTimer: () => {},
				onSnapshot: () => {}
			});
			expose(Object.assign(session, { subscribe: () => {} }), port1);
			port1.start();
			port2.start();
			const close = () => {
				labs.closed++;
				port1.close();
				port2.close();
			};
			return { port: port2 as unknown as Worker, close };
		});
	};
	return { labs, openLab };
}

function boxesWith(openLab: () => LabState, most = 3, page = text('page.txt')): BoxesWorld {
	const boxes = new BoxesWorld(
		{
			world: text('world.yaml'),
			seed: 258,
			files: { 'app.ts': text('app.ts') },
			instance: 'shop-1:8000',
			page,
			most
		},
		openLab
	);
	open.push(boxes);
	return boxes;
}

test('before the first request there is the first page, and no lab', () => {
	const { labs, openLab } = countedLabs();
	const boxes = boxesWith(openLab);
	expect([boxes.count, boxes.now.lines.length, labs.opened]).toEqual([0, 11, 0]);
});

test('each request is one more than the page before it, until they are over', async () => {
	const { labs, openLab } = countedLabs();
	const boxes = boxesWith(openLab);
	for (const [before, now] of [
		[0, 1],
		[1, 2],
		[2, 3],
		[2, 3]
	]) {
		await boxes.next();
		expect([countOf(boxes.before), countOf(boxes.now)]).toEqual([before, now]);
	}
	expect([boxes.isOver, boxes.failure, labs.opened]).toEqual([true, '', 1]);
});

test('what is asked for at once comes one after the other', async () => {
	const boxes = boxesWith(countedLabs().openLab);
	await Promise.all([boxes.next(), boxes.again(), boxes.next()]);
	expect([countOf(boxes.before), countOf(boxes.now)]).toEqual([0, 1]);
});

test('beginning again closes the lab, and the same requests come once more', async () => {
	const { labs, openLab } = countedLabs();
	const boxes = boxesWith(openLab);
	await boxes.next();
	const first = boxes.now;
	await boxes.again();
	expect([boxes.count, labs.closed]).toEqual([0, 1]);
	await boxes.next();
	expect(boxes.now).toEqual(first);
});

test('playing ends by itself, and a pause ends it before', async () => {
	const boxes = boxesWith(countedLabs().openLab, 1);
	await boxes.play();
	expect([boxes.count, boxes.isPlaying]).toEqual([1, false]);
	const paused = boxesWith(countedLabs().openLab, 2);
	const play = paused.play();
	paused.pause();
	await play;
	expect(paused.count).toBe(1);
});

test('a pause and another play are one play', async () => {
	const boxes = boxesWith(countedLabs().openLab, 6);
	const first = boxes.play();
	await boxes.next();
	boxes.pause();
	const second = boxes.play();
	await first;
	expect(boxes.isPlaying).toBe(true);
	const { count } = boxes;
	// The first has ended, so that only one request comes with every pause.
	boxes.pause();
	await second;
	expect([count, boxes.count]).toEqual([3, 3]);
});

test('who asks again after something broke is answered', async () => {
	const { openLab } = countedLabs();
	let times = 0;
	const boxes = boxesWith(() => {
		if (times++ === 0) throw new Error('no thread');
		return openLab();
	});
	await expect(boxes.next()).rejects.toThrow('no thread');
	await boxes.next();
	expect(boxes.count).toBe(1);
});

test('a play that breaks is over', async () => {
	const boxes = boxesWith(() => {
		throw new Error('no thread');
	});
	await expect(boxes.play()).rejects.toThrow('no thread');
	expect(boxes.isPlaying).toBe(false);
});

test('what waits for its turn when it is closed opens no lab', async () => {
	const { labs, openLab } = countedLabs();
	const boxes = boxesWith(openLab);
	const waiting = [boxes.next(), boxes.again(), boxes.next()];
	await Promise.resolve();
	boxes.close();
	await Promise.all(waiting);
	await boxes.next();
	expect([labs.opened - labs.closed, boxes.count]).toEqual([0, 0]);
});

test('a world in which nobody comes says so', async () => {
	const boxes = new BoxesWorld(
		{
			world: text('world.yaml').replace('rate: 0.01', 'rate: 0'),
			seed: 1,
			files: { 'app.ts': text('app.ts') },
			instance: 'shop-1:8000',
			page: text('page.txt'),
			most: 3
		},
		countedLabs().openLab
	);
	open.push(boxes);
	await boxes.next();
	expect(boxes.failure).toBe('No further request comes.');
});

test('whoever closes it meanwhile hears of no failure, and no lab stays open', async () => {
	const { labs, openLab } = countedLabs();
	const boxes = boxesWith(openLab);
	const first = boxes.next();
	await Promise.resolve();
	boxes.close();
	await first;
	const second = boxes.next();
	await Promise.resolve();
	boxes.close();
	await second;
	expect([boxes.failure, labs.opened - labs.closed]).toEqual(['', 0]);
});

test('a first page without a histogram is a mistake of whoever wrote the lesson', () => {
	expect(() => boxesWith(countedLabs().openLab, 3, 'hits 1\n')).toThrow(
		'the first page has no histogram'
	);
});
