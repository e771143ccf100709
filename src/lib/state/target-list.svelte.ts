import { labelsJson, type RelabelStep, type TargetDiscovery, type TargetStatus } from '#engine/api';
import type { Labels } from '#engine/model';
import type { RefusedTarget } from '#workers/protocol';
import { unlessGone, type LabState } from './lab.svelte.ts';

/** Something in a list that is asked for again and again, under a key that stays the same. */
export interface Keyed<Item> {
	readonly key: string;
	readonly item: Item;
}

/** What was found for one job, by what has become of it. */
export interface JobTargets {
	readonly name: string;
	readonly active: readonly Keyed<TargetStatus>[];
	readonly upCount: number;
	/** The labels before relabelling of those that it dropped. */
	readonly dropped: readonly Keyed<Labels>[];
	/** Remembered or not. */
	readonly droppedCount: number;
	/** What makes no target. */
	readonly refused: readonly Keyed<RefusedTarget>[];
}

/** The jobs of a `prometheus.yml` and their targets, as they were when they were last asked for. */
export class TargetList {
	/** Undefined until they have been asked for. */
	jobs = $state.raw<readonly JobTargets[] | undefined>();
	/** Whether somebody can see the list, and it is worth asking. */
	isWatched = false;

	readonly #lab: LabState;
	/** What rules made of labels, by job and labels. Replaced when the rules may be others. */
	#steps = $state.raw(new Map<string, Promise<readonly RelabelStep[] | undefined>>());
	#lastQuestion = 0;

	constructor(lab: LabState) {
		this.#lab = lab;
	}

	async refresh(): Promise<void> {
		const question = ++this.#lastQuestion;
		const jobs = await unlessGone(() => this.#ask());
		if (jobs && question === this.#lastQuestion) this.jobs = jobs;
	}

	/** The rules may be others now. */
	async reload(): Promise<void> {
		await this.refresh();
		this.#steps = new Map();
	}

	/** What each rule of a job makes of the labels that a target was discovered with; undefined when the job is gone. Asked for once. */
	steps(job: string, discovered: Labels): Promise<readonly RelabelStep[] | undefined> {
		const labels = labelsJson(discovered);
		const key = `${job}\n${labels}`;
		const known = this.#steps.get(key);
		if (known) return known;
		const asked = unlessGone(async () => {
			const answer = await this.#lab.api.relabelSteps({ scrapePool: job, labels });
			return answer.status === 'success' ? answer.data : undefined;
		});
		this.#steps.set(key, asked);
		return asked;
	}

	async #ask(): Promise<readonly JobTargets[] | undefined> {
		const { api } = this.#lab;
		const [names, found, refused] = await Promise.all([
			api.scrapePools(),
			api.targets(),
			this.#lab.refusedTargets()
		]);
		if (names.status === 'error' || found.status === 'error') return undefined;
		return jobsOf(names.data, found.data, refused);
	}
}

/** What was found, job by job. */
export function jobsOf(
	names: readonly string[],
	{ active, dropped, droppedCounts = {} }: TargetDiscovery,
	refused: readonly RefusedTarget[]
): readonly JobTargets[] {
	return names.map((name) => {
		const isOurs = ({ scrapePool }: { scrapePool: string }) => scrapePool === name;
		const targets = active.filter(isOurs);
		return {
			name,
			active: keyed(targets, ({ scrapeUrl, labels }) => `${scrapeUrl} ${labelsJson(labels)}`),
			upCount: targets.filter(({ health }) => health === 'up').length,
			dropped: keyed(
				dropped.filter(isOurs).map(({ discoveredLabels }) => discoveredLabels),
				labelsJson
			),
			droppedCount: droppedCounts[name] ?? 0,
			refused: keyed(refused.filter(isOurs), ({ discoveredLabels }) => labelsJson(discoveredLabels))
		};
	});
}

/** Two targets may look the same from outside, and one address may be dropped twice; their keys differ all the same. */
function keyed<Item>(items: readonly Item[], keyOf: (item: Item) => string): Keyed<Item>[] {
	const seen = new Map<string, number>();
	return items.map((item) => {
		const key = keyOf(item);
		const count = seen.get(key) ?? 0;
		seen.set(key, count + 1);
		return { key: `${key} ${count}`, item };
	});
}
