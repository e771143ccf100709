import type { Chance } from '../chance.ts';
import type { Draft, DraftAnswer, DraftConfig, DraftJob } from './draft.ts';
import { randomExposed, randomLines, type Exposed } from './random-page.ts';
import { A, B, C, OPEN_METRICS, TEXT } from './write-scenario.ts';

const ADDRESSES = [A, B, C];

/** Settings of a job; of each row at most one is chosen, and none more often than not. */
const SETTINGS: readonly (readonly string[])[] = [
	['honor_labels: true'],
	['honor_timestamps: false'],
	['track_timestamps_staleness: true'],
	['sample_limit: 1', 'sample_limit: 3', 'sample_limit: 5'],
	['label_limit: 3', 'label_limit: 4'],
	['label_name_length_limit: 8', 'label_name_length_limit: 11'],
	['label_value_length_limit: 13'],
	['body_size_limit: 30B', 'body_size_limit: 60B'],
	['target_limit: 1', 'target_limit: 2'],
	['extra_scrape_metrics: true'],
	['convert_classic_histograms_to_nhcb: true'],
	['always_scrape_classic_histograms: true'],
	['native_histogram_bucket_limit: 1', 'native_histogram_bucket_limit: 3'],
	[
		'fallback_scrape_protocol: PrometheusText0.0.4',
		'fallback_scrape_protocol: OpenMetricsText1.0.0'
	],
	['metric_name_validation_scheme: legacy'],
	['scrape_interval: 5s', 'scrape_interval: 7s', 'scrape_interval: 10s\nscrape_timeout: 3s'],
	['metrics_path: /other'],
	['params: {x: [y]}']
];

const METRIC_RULES = [
	'{action: drop, source_labels: [__name__], regex: b}',
	'{action: keep, source_labels: [__name__], regex: "a|b|h.*"}',
	'{action: labeldrop, regex: x}',
	'{action: labeldrop, regex: job|instance}',
	'{target_label: job, replacement: one}',
	'{source_labels: [__name__], regex: c, target_label: __name__, replacement: a}',
	'{source_labels: [__name__], regex: c, target_label: __name__, replacement: ""}',
	'{action: hashmod, source_labels: [x, instance], modulus: 3, target_label: shard}',
	'{action: labelmap, regex: x, replacement: env}'
];

const TARGET_RULES = [
	`{action: drop, source_labels: [__address__], regex: '${B}'}`,
	`{target_label: instance, replacement: same}`,
	`{source_labels: [__address__], regex: '${A}', target_label: __address__, replacement: '${C}'}`,
	`{source_labels: [__address__], regex: '${A}', target_label: __metrics_path__, replacement: /p}`,
	`{source_labels: [__address__], regex: '${A}', target_label: __scrape_interval__, replacement: 11s}`,
	`{target_label: env, replacement: staging}`
];

/**
 * Milliseconds before an answer comes. Longer than the timeout is for a target that is alone and stays so: where a reload waits for others
 * then, the virtual clock of the real Prometheus may stop for good.
 */
const LATENCIES = [1, 1, 250, 2_500];
const BEYOND_TIMEOUT = [...LATENCIES, 11_000];

/** A scenario of chance. */
export function randomDraft(chance: Chance): Draft {
	const first = randomConfig(chance);
	const configs: [DraftConfig, ...DraftConfig[]] = [first];
	for (
		let at = 25 + 5 * chance.below(8);
		configs.length < 4 && chance.is(0.35);
		at += 5 * (1 + chance.below(8))
	) {
		const last = configs.at(-1) as DraftConfig;
		configs.push({ at, jobs: chance.is(0.2) ? first.jobs : changedJobs(chance, last.jobs) });
	}
	const isAlone = new Set(configs.flatMap(({ jobs }) => jobs.flatMap(asked))).size < 2;
	const latencies = configs.length === 1 && isAlone ? BEYOND_TIMEOUT : LATENCIES;
	const targets = ADDRESSES.slice(0, 1 + chance.below(3)).map((address) => [
		address,
		randomAnswers(chance, latencies)
	]);
	return {
		configs,
		targets: Object.fromEntries(targets) as Draft['targets'],
		end: (configs.at(-1)?.at ?? 0) + 60 + chance.below(40)
	};
}

/** What a job scrapes, so that two jobs with one address are two. */
function asked({ name, targets }: DraftJob): string[] {
	return targets.map((target) => `${name} ${target}`);
}

function randomConfig(chance: Chance): DraftConfig {
	const jobs = [randomJob(chance, 'app')];
	if (chance.is(0.25)) jobs.push(randomJob(chance, 'other'));
	return { at: 0, jobs };
}

function randomJob(chance: Chance, name: string): DraftJob {
	return { name, targets: randomTargets(chance), settings: randomSettings(chance) };
}

function randomTargets(chance: Chance): string[] {
	return ADDRESSES.filter((_, i) => chance.is(i === 0 ? 0.95 : 0.3));
}

function randomSettings(chance: Chance): string[] {
	const settings = SETTINGS.filter(() => chance.is(0.1)).map((row) => chance.pick(row));
	if (chance.is(0.25)) settings.push(randomRules(chance, 'metric_relabel_configs', METRIC_RULES));
	if (chance.is(0.1)) settings.push(randomRules(chance, 'relabel_configs', TARGET_RULES));
	return settings;
}

function randomRules(chance: Chance, name: string, rules: readonly string[]): string {
	const chosen = Array.from({ length: 1 + chance.below(2) }, () => `- ${chance.pick(rules)}`);
	return [`${name}:`, ...chosen].join('\n');
}

/** Jobs of a later configuration: mostly those of the one before, changed in one way. */
function changedJobs(chance: Chance, jobs: readonly DraftJob[]): readonly DraftJob[] {
	const at = chance.below(jobs.length);
	const changed = jobs[at] as DraftJob;
	switch (chance.below(5)) {
		case 0:
			return jobs.with(at, { ...changed, targets: randomTargets(chance) });
		case 1:
			return jobs.with(at, { ...changed, settings: randomSettings(chance) });
		case 2:
			return jobs.length > 1 ? jobs.toSpliced(at, 1) : [...jobs, otherJob(chance, changed)];
		case 3:
			return jobs.with(at, withOtherLimit(chance, changed));
		default:
			return jobs;
	}
}

function otherJob(chance: Chance, { name }: DraftJob): DraftJob {
	return randomJob(chance, name === 'third' ? 'fourth' : 'third');
}

/** The job with what changes no series. */
function withOtherLimit(chance: Chance, job: DraftJob): DraftJob {
	const [name, other] = chance.pick([
		['scrape_interval', 'scrape_interval: 6s'],
		['sample_limit', 'sample_limit: 2']
	] as const);
	const kept = job.settings.filter((setting) => !setting.startsWith(name));
	return { ...job, settings: [...kept, other] };
}

function randomAnswers(chance: Chance, latencies: readonly number[]): DraftAnswer[] {
	const exposed = randomExposed(chance);
	const isOpenMetrics = chance.is(0.15);
	return Array.from({ length: 1 + chance.below(7) }, () =>
		randomAnswer(chance, exposed, isOpenMetrics, latencies)
	);
}

function randomAnswer(
	chance: Chance,
	exposed: readonly Exposed[],
	isOpenMetrics: boolean,
	latencies: readonly number[]
): DraftAnswer {
	const contentType = chance.is(0.06)
		? chance.pick(['', 'text/html'])
		: isOpenMetrics
			? OPEN_METRICS
			: TEXT;
	return {
		...(chance.is(0.06) && { failure: chance.pick(['refused', 'closed']) }),
		status: chance.is(0.05) ? chance.pick([500, 404]) : 200,
		contentType,
		lines: chance.is(0.04) ? [] : randomLines(chance, exposed, isOpenMetrics),
		latency: chance.is(0.8) ? 0 : chance.pick(latencies)
	};
}
