import { MINUTE, SECOND, type Timestamp } from '#engine/model';
import { createTypeScriptRunner } from '#runners/typescript';
import { LabSession } from '#workers/lab-session';
import type { Snapshot } from '#workers/protocol';
import { askAll, askScrapes, type Wish } from '$lib/labs/cardinality/ask.ts';
import type { First } from '$lib/labs/cardinality/first.ts';
import { START } from '$lib/labs/cardinality/knobs.ts';
import { configText } from '$lib/labs/cardinality/limits.ts';
import type { Moment } from '$lib/labs/cardinality/moment.ts';
import { programText } from '$lib/labs/cardinality/program.ts';
import world from '$lessons/worlds/cardinality/world.yaml?raw';
import type { PageServerLoad } from './$types';

const HEAD_START = 5 * MINUTE;
const STEP = 30 * SECOND;

/**
 * The first five minutes, lived through when the page is built: what a visitor sees before any script has run. No wall time is measured
 * here, because it would be of another machine.
 */
export const load: PageServerLoad = async (): Promise<First> => {
	let snapshot: Snapshot | undefined;
	const session = new LabSession({
		createRunner:
			({ service }) =>
			({ seed }) =>
				createTypeScriptRunner({ seed, workers: service.workers }),
		now: () => 0,
		setTimer: () => {},
		onSnapshot: (told) => (snapshot = told)
	});
	const { problems } = await session.start({
		world,
		config: configText(START, START),
		seed: START.seed,
		files: { 'app.ts': programText(START, 'typescript') },
		speed: 0
	});
	if (!snapshot || problems.length > 0) {
		throw new Error(`the cardinality lab does not start: ${problems[0]?.message}`);
	}
	const { start } = snapshot;
	const history: Moment[] = [];
	for (let age = STEP; age < HEAD_START; age += STEP) {
		await session.skip(STEP);
		history.push(unmeasured((await ask(session, start, start + age)).moment));
	}
	await session.skip(STEP);
	const now = start + HEAD_START;
	const found = await ask(session, start, now);
	return {
		...found,
		moment: unmeasured(found.moment),
		history,
		scrapes: await askScrapes(session, wishAt(start, now)),
		seed: START.seed,
		headStart: HEAD_START,
		start,
		now
	};
};

function ask(session: LabSession, start: Timestamp, now: Timestamp) {
	return askAll(session, wishAt(start, now));
}

function wishAt(start: Timestamp, now: Timestamp): Wish {
	return { start, now, instances: START.instances, groupedBy: 'endpoint', log: [] };
}

/** A moment without the wall times of the machine that builds the page. */
function unmeasured(moment: Moment): Moment {
	return { ...moment, render: undefined, store: undefined, queries: [] };
}
