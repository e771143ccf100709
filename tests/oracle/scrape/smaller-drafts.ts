import type { Draft, DraftAnswer, DraftConfig, DraftJob } from './draft.ts';

/** The draft with one thing left out or made plain, in every way, the largest first. */
export function smallerDrafts(draft: Draft): Draft[] {
	const { configs, targets, end } = draft;
	const [first, ...later] = configs;
	const entries = Object.entries(targets);
	const withTargets = (fewer: readonly (readonly [string, readonly DraftAnswer[]])[]): Draft => ({
		...draft,
		targets: Object.fromEntries(fewer)
	});
	return [
		...without(later).map((fewer): Draft => ({ ...draft, configs: [first, ...fewer] })),
		...without(entries).map(withTargets),
		...configs.flatMap((config, i) =>
			smallerConfigs(config).map((smaller): Draft => {
				const [head = first, ...rest] = configs.with(i, smaller);
				return { ...draft, configs: [head, ...rest] };
			})
		),
		...entries.flatMap(([address, answers], i) =>
			smallerAnswers(answers).map((fewer) => withTargets(entries.with(i, [address, fewer])))
		),
		...(end > 30 ? [{ ...draft, end: end - 15 }] : [])
	];
}

function smallerConfigs(config: DraftConfig): DraftConfig[] {
	const { jobs } = config;
	const fewer = jobs.length > 1 ? without(jobs) : [];
	return [...fewer, ...eachSmaller(jobs, smallerJobs)].map((smaller) => ({
		...config,
		jobs: smaller
	}));
}

function smallerJobs(job: DraftJob): DraftJob[] {
	return [
		...without(job.targets).map((targets) => ({ ...job, targets })),
		...without(job.settings).map((settings) => ({ ...job, settings }))
	];
}

function smallerAnswers(answers: readonly DraftAnswer[]): (readonly DraftAnswer[])[] {
	const fewer = answers.length > 1 ? without(answers) : [];
	return [...fewer, ...eachSmaller(answers, smallerAnswer)];
}

function smallerAnswer(answer: DraftAnswer): DraftAnswer[] {
	const { lines, latency, failure, status } = answer;
	return [
		...without(lines).map((fewer) => ({ ...answer, lines: fewer })),
		...eachSmaller(lines, plainer).map((plain) => ({ ...answer, lines: plain })),
		...(latency > 0 ? [{ ...answer, latency: 0 }] : []),
		...(failure === undefined ? [] : [{ ...answer, failure: undefined }]),
		...(status === 200 ? [] : [{ ...answer, status: 200 }])
	];
}

/** The line without its timestamp, and without each of its labels. */
function plainer(line: string): string[] {
	const unstamped = line.replace(/ \{\{.*$/, '');
	const labels = /^(\w+)\{([^}]+)\}(.*)$/.exec(line);
	const fewer = labels
		? without((labels[2] as string).split(',')).map(
				(rest) => `${labels[1]}{${rest.join(',')}}${labels[3]}`
			)
		: [];
	return [...(unstamped === line ? [] : [unstamped]), ...fewer];
}

function without<T>(all: readonly T[]): T[][] {
	return all.map((_, i) => all.toSpliced(i, 1));
}

function eachSmaller<T>(all: readonly T[], smaller: (one: T) => readonly T[]): T[][] {
	return all.flatMap((one, i) => smaller(one).map((other) => all.with(i, other)));
}
