import type { Duration } from '#engine/model';
import type { TrialAnswer, TrialRequest } from '#workers/protocol';
import type { Tried } from './judge.ts';
import type { HiddenWorld, Lesson, QueryTask, SourceFiles } from './lesson.ts';
import type { Answer, WorldAnswers } from './query-kit.ts';

/** Runs code in a world that is not on show. */
export type RunTrial = (trial: TrialRequest) => Promise<TrialAnswer>;

/** One seed: the world on show has the same history on every screen, for whatever code. */
export const SHOWN_SEED = 1;

/** At how many moments of a run two queries are compared. */
const STEPS = 60;

type Trials = Pick<Lesson, 'hidden' | 'trial'>;

/** Tries code in every hidden world, one after the other. The queries are asked at the end of each. */
export async function tryCode(
	run: RunTrial,
	{ hidden, trial }: Trials,
	files: SourceFiles,
	queries: readonly string[] = []
): Promise<Tried[]> {
	const tried: Tried[] = [];
	for (const { world, seed } of hidden) {
		tried.push(await run({ world, seed, files, duration: trial, queries }));
	}
	return tried;
}

/**
 * Tries a `prometheus.yml` in the world that the lesson shows and in every hidden one, while the code runs that its charts show at
 * first. The queries are asked at the end of each.
 */
export async function tryConfig(
	run: RunTrial,
	{ world, hidden, trial, opening }: Trials & Pick<Lesson, 'world' | 'opening'>,
	config: string,
	queries: readonly string[] = []
): Promise<Tried[]> {
	const tried: Tried[] = [];
	for (const place of [{ world, seed: SHOWN_SEED }, ...hidden]) {
		const { world, seed } = place;
		tried.push(await run({ world, seed, files: opening, config, duration: trial, queries }));
	}
	return tried;
}

/**
 * Asks queries beside the reference of a task, in the world that the lesson shows and in every hidden one, where the finished
 * code runs. For each query its answers, world by world.
 */
export async function askQueries(
	run: RunTrial,
	lesson: Trials & Pick<Lesson, 'world' | 'run' | 'finished'>,
	task: Pick<QueryTask, 'solution' | 'at'>,
	queries: readonly string[]
): Promise<WorldAnswers[][]> {
	const shown = { title: 'the shop you see', world: lesson.world, seed: SHOWN_SEED };
	const answers: WorldAnswers[][] = queries.map(() => []);
	for (const place of [shown, ...lesson.hidden]) {
		const duration = place === shown ? lesson.run.to : lesson.trial;
		const [reference, ...learners] = await askIn(run, place, duration, lesson.finished, {
			queries: [task.solution, ...queries],
			steps: task.at === 'end' ? 1 : STEPS
		});
		if (!reference) continue;
		const { title, seed } = place;
		learners.forEach((learner, i) => answers[i]?.push({ title, seed, learner, reference }));
	}
	return answers;
}

async function askIn(
	run: RunTrial,
	{ world, seed }: HiddenWorld,
	duration: Duration,
	files: SourceFiles,
	{ queries, steps }: { readonly queries: readonly string[]; readonly steps: number }
): Promise<readonly Answer[]> {
	const graphs = queries.map((query) => ({ query, steps }));
	const answer = await run({ world, seed, files, duration, graphs });
	if (answer.ok) return answer.evidence.graphs;
	throw new Error(`the finished code does not load: ${answer.problems[0]?.message ?? ''}`);
}
