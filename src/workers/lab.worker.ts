import { expose, transfer } from 'comlink';
import { LabSession } from './lab-session.ts';
import type { LabApi, Snapshot } from './protocol.ts';
import { createThreadPool, ThreadRunner } from './thread-runner.ts';
import { buffersOf } from './transfer.ts';

const takeThread = createThreadPool(
	() => new Worker(new URL('./typescript.worker.ts', import.meta.url), { type: 'module' })
);

let onSnapshot: (snapshot: Snapshot) => void = () => {};

const session = new LabSession({
	createRunner:
		(world) =>
		({ seed }) =>
			new ThreadRunner({ seed, workers: world.service.workers, takeThread }),
	now: () => performance.now(),
	setTimer: (run, wait) => setTimeout(run, wait),
	onSnapshot: (snapshot) => onSnapshot(snapshot)
});

/** Answers with columns hand their buffers over instead of copying them. */
const queryRange: LabApi['queryRange'] = async (params) => {
	const answer = await session.queryRange(params);
	return transfer(answer, answer.status === 'success' ? buffersOf(answer.data.series) : []);
};

const truth: LabApi['truth'] = async (query, grid) => {
	const series = await session.truth(query, grid);
	return series && transfer(series, buffersOf(series));
};

const lab = {
	start: session.start.bind(session),
	deploy: session.deploy.bind(session),
	configure: session.configure.bind(session),
	refusedTargets: session.refusedTargets.bind(session),
	setSpeed: session.setSpeed.bind(session),
	step: session.step.bind(session),
	skip: session.skip.bind(session),
	setRate: session.setRate.bind(session),
	addFault: session.addFault.bind(session),
	metricsPage: session.metricsPage.bind(session),
	setFeatures: session.setFeatures.bind(session),
	explain: session.explain.bind(session),
	runTrial: session.runTrial.bind(session),
	query: session.query.bind(session),
	labels: session.labels.bind(session),
	labelValues: session.labelValues.bind(session),
	series: session.series.bind(session),
	metadata: session.metadata.bind(session),
	targets: session.targets.bind(session),
	targetMetadata: session.targetMetadata.bind(session),
	relabelSteps: session.relabelSteps.bind(session),
	scrapePools: session.scrapePools.bind(session),
	queryRange,
	truth,
	/** Where snapshots go from now on. */
	subscribe(listener: (snapshot: Snapshot) => void): void {
		onSnapshot = listener;
	}
} satisfies LabApi & Record<string, unknown>;

export type LabThread = typeof lab;

expose(lab);
