import {
	count,
	firstDifference,
	labelNamesOf,
	list,
	number,
	samplesOf,
	total,
	truthBy,
	typeOf,
	valuesOf,
	type Check,
	type Count,
	type Evidence,
	type Mistake
} from '$lib/course/check-kit.ts';
import { samplesWith, storedBy, type ConfigChecks } from '$lib/course/config-kit.ts';
import { labels, labelsToRecord } from '#engine/model';

const NAME = 'http_requests_total';
const LABELS = ['endpoint', 'method', 'plan', 'status'] as const;
/** The plan of user n is the one at n modulo 4. */
const PLANS = ['free', 'free', 'team', 'pro'] as const;
const MOST_SERIES = 200;

const counted = (evidence: Evidence) => samplesOf(evidence, NAME);

/** How many requests there truly were of users of each plan. */
function truthByPlan({ answers }: Evidence): Count[] {
	const planOf = (user: number) => PLANS[user % PLANS.length];
	return [...new Set(PLANS)].map((plan) => ({
		labels: labels({ plan }),
		value: answers.user.filter((user) => planOf(user) === plan).length
	}));
}

/** Counts with some of their labels only, summed. */
function summedBy(counts: readonly Count[], names: readonly string[]): Count[] {
	const sums = new Map<string, Count>();
	for (const { labels: all, value } of counts) {
		const own = labels(
			Object.fromEntries(
				Object.entries(labelsToRecord(all)).filter(([name]) => names.includes(name))
			)
		);
		const key = own.join();
		sums.set(key, { labels: own, value: (sums.get(key)?.value ?? 0) + value });
	}
	return [...sums.values()];
}

export const checks: readonly Check[] = [
	{
		id: 'counter',
		title: `/metrics shows a counter \`${NAME}\``,
		hint: 'It was there at the beginning: its name and its type stay.',
		judge: (evidence) => {
			const type = typeOf(evidence, NAME);
			if (type === 'counter') return undefined;
			return { sentence: type ? `\`${NAME}\` is a ${type}.` : `There is no \`${NAME}\`.` };
		}
	},
	{
		id: 'budget',
		title: `It has at most ${MOST_SERIES} series, however many people come`,
		hint: 'What a label can be is what its series are multiplied by.',
		judge: (evidence) => {
			const series = counted(evidence).length;
			if (series <= MOST_SERIES) return undefined;
			return { sentence: `After so short a time it has ${count(series, 'series')}.` };
		}
	},
	{
		id: 'labels',
		title: 'Its labels are `method`, `endpoint`, `status` and `plan`',
		hint: '`labelnames`|`labelNames` lists them; `labels(…)` fills them in the same order.',
		judge: (evidence) => {
			const names = labelNamesOf(counted(evidence));
			if (names.join() === LABELS.join()) return undefined;
			return { sentence: `Its labels are ${list(names.map((name) => `\`${name}\``)) || 'none'}.` };
		}
	},
	{
		id: 'plans',
		title: 'Every request is counted under the plan of its user',
		hint: '`plan_of`|`planOf` knows the plan of a user.',
		judge: (evidence) =>
			firstDifference(NAME, truthByPlan(evidence), summedBy(counted(evidence), ['plan']))
	},
	{
		id: 'others',
		title: 'The other labels say what they said before',
		hint: 'By method, endpoint and status nothing changes.',
		judge: (evidence) => {
			const names = ['method', 'endpoint', 'status'] as const;
			return firstDifference(NAME, truthBy(evidence, names), summedBy(counted(evidence), names));
		}
	}
];

export const mistakes: readonly Mistake[] = [
	{
		id: 'still-there',
		spot: (evidence) => {
			const names = labelNamesOf(counted(evidence));
			return names.includes('plan') && names.includes('user_id')
				? `The plan is there, and so is the user: ${count(counted(evidence).length, 'series')}, as many as before. A label more never makes them fewer; this one has to go.`
				: undefined;
		}
	},
	{
		id: 'no-plan',
		spot: (evidence) => {
			const names = labelNamesOf(counted(evidence));
			return !names.includes('plan') && !names.includes('user_id')
				? 'The bomb is defused, and the question with it: nothing tells free users from those who pay. Three values are affordable.'
				: undefined;
		}
	},
	{
		id: 'swapped-labels',
		spot: (evidence) =>
			valuesOf(counted(evidence), 'status').includes('free')
				? 'The label `status` holds plans. `labels(…)` takes its values in the order in which the labels were named.'
				: undefined
	},
	{
		id: 'renamed',
		spot: (evidence) => {
			const plans = valuesOf(counted(evidence), 'plan');
			return plans.length > MOST_SERIES
				? `The label is called \`plan\` and holds users, such as ${plans[0]}. It is its values that cost, not its name: ${number(plans.length)} of them by now.`
				: undefined;
		}
	},
	{
		id: 'shards',
		spot: (evidence) => {
			const names = labelNamesOf(counted(evidence));
			const groups = valuesOf(counted(evidence), names.includes('plan') ? 'plan' : 'user_id');
			return groups.length > 4 &&
				groups.every((value) => Number(value) < 1000) &&
				groups.length <= 200
				? `Users are put into ${groups.length} groups by their number. The series are bounded now, and no group means anything: nobody asks what users ending in 7 do. A plan does.`
				: undefined;
		}
	},
	{
		id: 'one-plan',
		spot: (evidence) => {
			const plans = valuesOf(counted(evidence), 'plan');
			return plans.length === 1
				? `Every request is counted as \`${plans[0]}\`: ${number(total(counted(evidence)))} of them, whoever came. The plan depends on the user of the request.`
				: undefined;
		}
	}
];

/** What a page may have at most. */
const LIMIT = 1000;

/** A scrape as its report tells it. */
interface Report {
	readonly at: number;
	readonly isUp: boolean;
	/** Lines of the page that were read. */
	readonly samples: number;
	/** Those that relabelling left. */
	readonly kept: number;
}

const REPORTS = 'up|scrape_samples_scraped|scrape_samples_post_metric_relabeling';

function reports(evidence: Evidence): Report[] {
	const stored = storedBy(evidence, 0);
	const values = (name: string) =>
		new Map(samplesWith(stored, '__name__', name).map(({ at, value }) => [at, value]));
	const samples = values('scrape_samples_scraped');
	const kept = values('scrape_samples_post_metric_relabeling');
	return [...values('up')].map(([at, up]) => ({
		at,
		isUp: up === 1,
		samples: samples.get(at) ?? 0,
		kept: kept.get(at) ?? 0
	}));
}

const tooBig = (evidence: Evidence) =>
	reports(evidence).find(({ isUp, kept }) => isUp && kept > LIMIT);
/** A page that was dropped though it was small enough; of a page that was never read nobody knows how big it was. */
const dropped = (evidence: Evidence) =>
	reports(evidence).find(({ isUp, samples }) => !isUp && samples <= LIMIT);
const trimmed = (evidence: Evidence) =>
	reports(evidence).find(({ isUp, samples, kept }) => isUp && kept < samples);

const limitChecks: readonly Check[] = [
	{
		id: 'big',
		title: 'A page with more than 1,000 samples is not stored',
		hint: 'A limit belongs to a job, or to `global` for all of them.',
		judge: (evidence) => {
			const found = tooBig(evidence);
			return found && { sentence: `One with ${number(found.kept)} samples was stored.` };
		}
	},
	{
		id: 'small',
		title: 'Any other page is stored',
		hint: 'An honest page has to get through, or nobody sees anything.',
		judge: (evidence) => {
			if (reports(evidence).length === 0) return { sentence: 'The shop is not scraped at all.' };
			const found = dropped(evidence);
			return (
				found && {
					sentence:
						found.samples === 0
							? 'One was dropped before its samples were counted.'
							: `One was dropped with ${count(found.samples, 'sample')} read.`
				}
			);
		}
	},
	{
		id: 'whole',
		title: 'What is stored is the whole page',
		hint: 'Half of a page is worse than none: nobody knows which half.',
		judge: (evidence) => {
			const found = trimmed(evidence);
			return (
				found && {
					sentence: `Of ${number(found.samples)} samples ${number(found.kept)} were kept.`
				}
			);
		}
	}
];

const limitMistakes: readonly Mistake[] = [
	{
		id: 'trimmed',
		spot: (evidence) => {
			const found = trimmed(evidence);
			return found
				? `A rule drops some of the series: ${number(found.samples - found.kept)} of ${number(found.samples)} are missing, and every sum over the others is wrong without a sign of it.`
				: undefined;
		}
	},
	{
		id: 'too-tight',
		spot: (evidence) => {
			const found = dropped(evidence);
			if (!found) return undefined;
			const when =
				found.samples > 0
					? `when it was still small, with ${count(found.samples, 'sample')} read`
					: 'before a sample of it was read';
			const isAnyStored = reports(evidence).some(({ isUp }) => isUp);
			const lost = isAnyStored
				? 'though others were stored: the shop is lost before its page is too big'
				: 'so nothing of the shop was ever stored';
			return `The page was dropped ${when}, ${lost}. The limit is 1,000 samples, and of nothing else.`;
		}
	},
	{
		id: 'let-through',
		spot: (evidence) => {
			const found = tooBig(evidence);
			return found
				? `A page with ${number(found.kept)} samples was stored whole. Several limits can be set, and one of them counts the samples of a scrape.`
				: undefined;
		}
	}
];

export const configs: Readonly<Record<string, ConfigChecks>> = {
	limit: {
		asks: [`{__name__=~"${REPORTS}", job="shop"}[5m]`],
		checks: limitChecks,
		mistakes: limitMistakes
	}
};
