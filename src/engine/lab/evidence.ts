import type { ApiResponse } from '#engine/api';
import { createTextParser } from '#engine/exposition';
import type { Duration, Labels, Problem, Timestamp } from '#engine/model';
import type { InstantResult, RangeResult } from '#engine/promql';
import type { SourceFiles, TruthCount, Answers } from '#engine/sim';
import { hasErrors, type CreateRunner, type Instance } from './instance.ts';
import { Lab } from './lab.ts';
import type { World } from './world.ts';

/** One trial: a world, a seed, the learner's files, how long they run, and what is asked of the store afterwards. */
export interface Trial {
	readonly world: World;
	readonly seed: number;
	readonly files: SourceFiles;
	/** The text of a `prometheus.yml`; left out, every instance of the world is scraped, as the world says. */
	readonly config?: string;
	readonly duration: Duration;
	readonly queries?: readonly string[];
	readonly graphs?: readonly TrialGraph[];
}

/** A query at moments that are spread evenly over a trial, the last of them its end; of one step, its end alone. */
export interface TrialGraph {
	readonly query: string;
	readonly steps: number;
}

/** What a check may look at: what came out, and what really happened. Never the learner's text. Plain data. */
export interface Evidence {
	/** What the world is called. */
	readonly world: string;
	readonly seed: number;
	readonly start: Timestamp;
	readonly end: Timestamp;
	/** Each instance's /metrics at the end of the trial. */
	readonly pages: readonly ExposedEvidence[];
	/** Every request that a handler answered, by method, endpoint, status and instance. */
	readonly truth: readonly AnsweredRequests[];
	/** When each of these requests was answered, in order, and whom. */
	readonly answers: Answers;
	/** Answers to the queries of the trial at its end, in their order. */
	readonly queries: readonly ApiResponse<InstantResult>[];
	/** Answers to the graphs of the trial, in their order. */
	readonly graphs: readonly ApiResponse<RangeResult>[];
	/** What the code complained of while it ran. */
	readonly problems: readonly Problem[];
}

/** The requests of one combination, and how long each of them truly took. */
export interface AnsweredRequests extends TruthCount {
	/** From when a worker took it until it was answered, ms: what a handler that times all of itself sees. As they finished. */
	readonly latencies: Float64Array;
}

export interface ExposedEvidence {
	readonly instance: string;
	readonly text: string;
	/** Labels include the metric's name. */
	readonly samples: readonly { readonly labels: Labels; readonly value: number }[];
}

export type TrialOutcome =
	| { readonly ok: true; readonly evidence: Evidence }
	/** The code did not load, or the configuration cannot be used, so there is nothing to look at. */
	| { readonly ok: false; readonly problems: readonly Problem[] };

/** Runs the files in a world of their own and collects what can be said about it. */
export async function runTrial(trial: Trial, createRunner: CreateRunner): Promise<TrialOutcome> {
	const { world, seed, files, config, duration, queries = [], graphs = [] } = trial;
	const lab = new Lab({ world, seed, createRunner });
	try {
		const misread = config === undefined ? [] : await lab.configure(config);
		if (hasErrors(misread)) return { ok: false, problems: misread };
		const { problems } = await lab.deploy(files);
		if (hasErrors(problems)) return { ok: false, problems };
		await lab.advance(world.start + duration);
		const learners = lab.instances.filter(({ job }) => job === world.service.job);
		const evidence: Evidence = {
			world: world.title,
			seed,
			start: world.start,
			end: lab.now,
			pages: await Promise.all(learners.map((instance) => expose(instance))),
			truth: answered(lab),
			answers: lab.truth.answers({ handled: true }, -Infinity, lab.now),
			queries: await Promise.all(queries.map((query) => lab.api.query({ query }))),
			graphs: await Promise.all(graphs.map((graph) => draw(lab, graph, duration))),
			problems: lab.takeLog().problems
		};
		return { ok: true, evidence };
	} finally {
		lab.dispose();
	}
}

function answered({ truth, now }: Lab): AnsweredRequests[] {
	const dimensions = ['method', 'endpoint', 'status', 'instance'] as const;
	return truth.counts(dimensions, { handled: true }, -Infinity, now).map((count) => {
		const { method, endpoint, status, instance } = count;
		const filter = { method, endpoint, status, instance };
		return { ...count, latencies: truth.latencies(filter, -Infinity, now) };
	});
}

function draw(lab: Lab, { query, steps }: TrialGraph, duration: Duration) {
	const step = Math.max(1, Math.floor(duration / steps));
	const start = lab.now - (steps - 1) * step;
	return lab.api.queryRange({
		query,
		start: String(start / 1000),
		end: String(lab.now / 1000),
		step: String(step / 1000)
	});
}

async function expose(instance: Instance): Promise<ExposedEvidence> {
	const request = { url: '', accept: 'text/plain', timeout: Infinity };
	await instance.scrape(request, instance.metricsTarget);
	const { page } = instance;
	if (!page) return { instance: instance.name, text: '', samples: [] };
	const parsed = createTextParser().parse(page.body, page.contentType);
	return {
		instance: instance.name,
		text: new TextDecoder().decode(page.body),
		samples: parsed.ok
			? parsed.series.map(({ labels }, i) => ({ labels, value: parsed.values[i] as number }))
			: []
	};
}
