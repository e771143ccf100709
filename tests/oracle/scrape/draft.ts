import type { Answer, Scenario } from './scenario.ts';
import { config, job, OPEN_METRICS } from './write-scenario.ts';

/** A job of a configuration in parts. */
export interface DraftJob {
	readonly name: string;
	readonly targets: readonly string[];
	/** YAML lines, each with what belongs to it. */
	readonly settings: readonly string[];
}

export interface DraftConfig {
	/** Seconds since the start; without meaning for the first. */
	readonly at: number;
	readonly jobs: readonly DraftJob[];
}

/** An answer whose page is in lines. */
export interface DraftAnswer extends Omit<Answer, 'body'> {
	readonly lines: readonly string[];
}

/** A scenario in parts, each of which can be left out. */
export interface Draft {
	/** The first is there from the start. */
	readonly configs: readonly [DraftConfig, ...DraftConfig[]];
	readonly targets: Readonly<Record<string, readonly DraftAnswer[]>>;
	readonly end: number;
}

/** The scenario that a draft describes. */
export function toScenario({ configs, targets, end }: Draft, title: string): Scenario {
	const [first, ...later] = configs;
	return {
		title,
		config: toConfig(first),
		reloads: later.map((one) => ({ at: one.at, config: toConfig(one) })),
		targets: Object.fromEntries(
			Object.entries(targets).map(([address, answers]) => [address, answers.map(toAnswer)])
		),
		end
	};
}

function toConfig({ jobs }: DraftConfig): string {
	return config(jobs.map(({ name, targets, settings }) => job(name, targets, settings.join('\n'))));
}

function toAnswer({ lines, ...answer }: DraftAnswer): Answer {
	const end = answer.contentType === OPEN_METRICS ? '# EOF\n' : '';
	return { ...answer, body: lines.map((line) => `${line}\n`).join('') + end };
}
