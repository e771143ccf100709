import type { Problem, Timestamp } from '#engine/model';
import {
	createBalancer,
	type Balancer,
	type LoadResult,
	type OutputLine,
	type RandomSource,
	type SimRequest,
	type SimRequestDraft,
	type SourceFiles,
	type Truth
} from '#engine/sim';
import { hasErrors, Instance, type CreateRunner } from './instance.ts';
import type { LabLog } from './log.ts';
import { instanceName, type ServiceSpec } from './world.ts';

/** A request that nobody answered: the truth knows it, no handler does. */
const UNANSWERED = 0;

/** How long an instance that died of its own code stays down: doubled each time, as Kubernetes does it. */
const FIRST_BACKOFF = 10_000;
const LONGEST_BACKOFF = 300_000;

export interface ServiceOptions {
	readonly spec: ServiceSpec;
	readonly random: RandomSource;
	readonly truth: Truth;
	readonly log: LabLog;
	readonly createRunner: CreateRunner;
	/** Whether a crash from outside keeps the instance down at a moment. */
	readonly isDown: (instance: string, at: Timestamp) => boolean;
}

/** The learner's service: its instances behind a load balancer, what they run, and what became of each request. */
export class Service {
	readonly instances: readonly Instance[];
	readonly #truth: Truth;
	readonly #log: LabLog;
	readonly #balance: Balancer;
	readonly #isDown: ServiceOptions['isDown'];
	readonly #restarts: { at: Timestamp; instance: Instance }[] = [];
	readonly #failures = new Map<Instance, number>();
	#files: SourceFiles = {};
	#lastId = 0;

	constructor({ spec, random, truth, log, createRunner, isDown }: ServiceOptions) {
		this.#truth = truth;
		this.#log = log;
		this.#isDown = isDown;
		this.#balance = createBalancer({ kind: 'random' }, random.fork('balancer'));
		this.instances = Array.from({ length: spec.instances }, (_, i) => {
			const name = instanceName(spec, i + 1);
			const own = random.fork(name);
			const seed = Math.floor(own.fork('runner')() * 2 ** 32);
			const instance = new Instance({
				name,
				job: spec.job,
				random: own.fork('scrape'),
				pageRate: spec.pageRate,
				createRunner: () => createRunner({ name, seed })
			});
			instance.onProblems = (problems) => log.problems(problems);
			instance.onOutput = (output) => log.output(instance.name, output);
			return instance;
		});
	}

	/**
	 * Takes new code into service on every instance. When it cannot be loaded nothing changes: what ran before runs on,
	 * as behind a deployment that checks before it switches over.
	 */
	async deploy(files: SourceFiles, at: Timestamp): Promise<LoadResult> {
		const prepared = [];
		const output: OutputLine[] = [];
		let problems: readonly Problem[] = [];
		for (const instance of this.instances) {
			const { runner, loaded } = await instance.prepare(files, at);
			if (!runner) {
				for (const other of prepared) other.runner.dispose();
				return loaded;
			}
			// Every instance loads the same code and says the same.
			if (prepared.length === 0) {
				output.push(...loaded.output);
				problems = loaded.problems;
			}
			prepared.push({ instance, runner });
		}
		for (const { instance, runner } of prepared) {
			this.#recordLost(instance, instance.start(runner), at);
			this.#truth.markUp(instance.name, at);
		}
		this.#files = files;
		this.#restarts.length = 0;
		this.#failures.clear();
		return { problems, output };
	}

	/** Lets every instance live until the given moment while the crowd sends these requests. The ones that were taken come back. */
	async live(drafts: readonly SimRequestDraft[], until: Timestamp): Promise<SimRequestDraft[]> {
		const up = this.instances.filter((instance) => instance.isUp);
		const names = up.map((instance) => instance.name);
		const sent = new Map<string, SimRequest[]>(names.map((name) => [name, []]));
		const taken: SimRequestDraft[] = [];
		for (const draft of drafts) {
			const request = { ...draft, id: ++this.#lastId };
			const name = this.#balance(names);
			if (name === undefined) this.#record(request, '', UNANSWERED, request.at, request.at);
			else {
				sent.get(name)?.push(request);
				taken.push(draft);
			}
		}
		await Promise.all(
			up.map((instance) => this.#liveOn(instance, sent.get(instance.name) ?? [], until))
		);
		return taken;
	}

	async #liveOn(
		instance: Instance,
		requests: readonly SimRequest[],
		until: Timestamp
	): Promise<void> {
		const handled = await instance.handle(requests, until);
		if (!handled) {
			this.#died(instance, until);
			return;
		}
		handled.responses.forEach(({ status, started, finished }, i) => {
			this.#record(handled.requests[i] as SimRequest, instance.name, status, started, finished);
		});
		this.#log.problems(handled.problems);
		this.#log.output(instance.name, handled.output);
	}

	/** The instance is gone at once, with all that its registry held. */
	crash(name: string, at: Timestamp): void {
		const instance = this.instances.find((candidate) => candidate.name === name);
		if (!instance?.isUp) return;
		this.#recordLost(instance, instance.stop(), at);
		this.#truth.markDown(name, at);
	}

	/**
	 * A crash from outside is over: the instance starts again. It does not when new code has brought it up already, nor
	 * while it waits after a death of its own.
	 */
	async restart(name: string, at: Timestamp): Promise<void> {
		const instance = this.instances.find((candidate) => candidate.name === name);
		if (!instance || instance.isUp || this.#waits(instance)) return;
		await this.#startAgain(instance, at);
	}

	/** Ends the instances whose runner a scrape found broken. */
	endFailed(at: Timestamp): void {
		for (const instance of this.instances) if (instance.hasFailed) this.#died(instance, at);
	}

	/** When the next instance that died of its own code is to be started again. */
	nextRestart(): Timestamp {
		return Math.min(Infinity, ...this.#restarts.map(({ at }) => at));
	}

	/** Starts the instances again that have waited long enough; what a crash keeps down starts when that is over. */
	async restartDue(now: Timestamp): Promise<void> {
		const due = this.#restarts.filter(({ at }) => at <= now);
		for (const restart of due) {
			const { instance } = restart;
			this.#restarts.splice(this.#restarts.indexOf(restart), 1);
			if (!this.#isDown(instance.name, now)) await this.#startAgain(instance, now);
		}
	}

	#waits(instance: Instance): boolean {
		return this.#restarts.some((restart) => restart.instance === instance);
	}

	/** With the code that was deployed last and an empty registry. Code that loads no more is a death of its own. */
	async #startAgain(instance: Instance, at: Timestamp): Promise<void> {
		if (Object.keys(this.#files).length === 0) return;
		const { runner, loaded } = await instance.prepare(this.#files, at);
		this.#log.problems(loaded.problems);
		if (runner) {
			instance.start(runner);
			this.#truth.markUp(instance.name, at);
			this.#log.event(at, 'restart', `${instance.name} is started again`);
		} else if (hasErrors(loaded.problems)) this.#died(instance, at);
	}

	#died(instance: Instance, at: Timestamp): void {
		this.#recordLost(instance, instance.stop(), at);
		this.#truth.markDown(instance.name, at);
		const failures = this.#failures.get(instance) ?? 0;
		this.#failures.set(instance, failures + 1);
		const backoff = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** failures);
		this.#restarts.push({ at: at + backoff, instance });
		const wait = backoff / 1000;
		this.#log.event(
			at,
			'crash',
			`${instance.name} died of its own code; started again in ${wait} s`
		);
	}

	#recordLost(instance: Instance, lost: readonly SimRequest[], at: Timestamp): void {
		for (const request of lost) this.#record(request, instance.name, UNANSWERED, at, at);
	}

	#record(
		request: SimRequest,
		instance: string,
		status: number,
		started: Timestamp,
		finished: Timestamp
	): void {
		const { at, method, endpoint, user } = request;
		this.#truth.record({ at, started, finished, method, endpoint, status, instance, user });
		this.#log.request({ at, finished, method, path: request.path, status, instance });
	}
}
