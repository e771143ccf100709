import { expose, transfer } from 'comlink';
import { LabSession } from './lab-session.ts';
import { createLanguageRunner } from './language-runner.ts';
import { ENTRIES, type LabApi, type PythonDownload, type Snapshot } from './protocol.ts';
import { createPythonFiles } from './python-files.ts';
import { createPythonPool } from './python-pool.ts';
import { STOP_AFTER } from './python-thread.ts';
import { createThreadPool, ThreadRunner } from './thread-runner.ts';
import { buffersOf } from './transfer.ts';

const takeTypeScript = createThreadPool(
	() => new Worker(new URL('./typescript.worker.ts', import.meta.url), { type: 'module' })
);

let onSnapshot: (snapshot: Snapshot) => void = () => {};
let onDownload: (download: PythonDownload) => void = () => {};

const pythonFiles = createPythonFiles({
	// Workers lie in a folder of their own, as they are written and as they are built.
	root: self.location.href.replace(/(_app\/immutable|src)\/workers\/.*$/, ''),
	fetch: (address) => fetch(address),
	onProgress: (download) => onDownload(download)
});
const python = createPythonPool(
	pythonFiles,
	() => new Worker(new URL('./python.worker.ts', import.meta.url), { type: 'module' })
);
/** Python stops itself and says where. It is ended from outside only when it cannot. */
const PYTHON_DEADLINE = STOP_AFTER + 1500;

const session = new LabSession({
	createRunner:
		(world) =>
		({ seed }) => {
			const settings = { seed, workers: world.service.workers };
			return createLanguageRunner({
				async [ENTRIES.python](files) {
					const thread = await python.take(files);
					const deadline = PYTHON_DEADLINE;
					return new ThreadRunner({ ...settings, deadline, takeThread: () => thread });
				},
				[ENTRIES.typescript]: () => new ThreadRunner({ ...settings, takeThread: takeTypeScript })
			});
		},
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

/** The world goes on while Python, and what these files import, is on its way. That it cannot come is said when it is loaded. */
const deploy: LabApi['deploy'] = async (files) => {
	if (Object.hasOwn(files, ENTRIES.python)) await python.prepare(files).catch(() => {});
	return session.deploy(files);
};

const lab = {
	start: session.start.bind(session),
	deploy,
	configure: session.configure.bind(session),
	checkConfig: session.checkConfig.bind(session),
	refusedTargets: session.refusedTargets.bind(session),
	setSpeed: session.setSpeed.bind(session),
	step: session.step.bind(session),
	skip: session.skip.bind(session),
	stopSkipping: session.stopSkipping.bind(session),
	setRate: session.setRate.bind(session),
	addFault: session.addFault.bind(session),
	storeStatus: session.storeStatus.bind(session),
	bills: session.bills.bind(session),
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
	},
	/** Where the progress of Python's download goes from now on. There is none once it is here. */
	subscribeToDownload(listener: (download: PythonDownload) => void): void {
		onDownload = listener;
	},
	/** Downloads Python and boots a thread of it ahead. Fails with a message for people when it cannot be had. */
	preparePython: (): Promise<void> => python.prepare()
} satisfies LabApi & Record<string, unknown>;

export type LabThread = typeof lab;

expose(lab);
