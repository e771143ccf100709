import { SECOND } from '#engine/model';
import {
	count,
	number,
	type Check,
	type Evidence,
	type Finding,
	type Mistake
} from '$lib/course/check-kit.ts';
import {
	longestSilence,
	samplesWith,
	storedBy,
	type ConfigChecks,
	type Sample
} from '$lib/course/config-kit.ts';

/** Scrapes that went well are 1, others 0. */
const UP = 'up[5m]';

/** What is enough to have two samples in any 20 seconds. */
const SELDOM_ENOUGH = 10 * SECOND;

const scrapesOf = (evidence: Evidence, job: string) =>
	samplesWith(storedBy(evidence, 0), 'job', job);
const broughtBy = (evidence: Evidence, job: string) =>
	scrapesOf(evidence, job).filter(({ value }) => value === 1);

/** Scrapes of the shop that brought something while nobody got through. */
function seen(evidence: Evidence): readonly Sample[] {
	const [from, to] = longestSilence(evidence);
	return broughtBy(evidence, 'shop').filter(({ at }) => from < at && at < to);
}

/** The distance between two scrapes of the shop, in ms; NaN when there are not two. */
function distance(evidence: Evidence): number {
	const [first, second] = scrapesOf(evidence, 'shop');
	return first && second ? second.at - first.at : NaN;
}

function brought(job: string): (evidence: Evidence) => Finding | undefined {
	return (evidence) => {
		if (broughtBy(evidence, job).length > 0) return undefined;
		const asked = scrapesOf(evidence, job).length;
		const sentence =
			asked === 0
				? `Nothing was asked under the job \`${job}\`.`
				: `${count(asked, 'scrape')} of the job \`${job}\`, and none brought anything: \`up\` is 0.`;
		return { sentence };
	};
}

const checks: readonly Check[] = [
	{
		id: 'shop',
		title: 'Prometheus gets the samples of the shop',
		hint: 'The job, its target and the path of its page stay as they were.',
		judge: brought('shop')
	},
	{
		id: 'payments',
		title: 'It still gets those of the payment service',
		hint: 'There are two jobs, and only how often is asked is to change.',
		judge: brought('payments')
	},
	{
		id: 'seen',
		title: 'At least two samples lie within the 20 seconds',
		hint: 'Wherever the 20 seconds begin: nobody knows that before.',
		judge: (evidence) => {
			const dots = seen(evidence).length;
			if (dots >= 2) return undefined;
			return {
				sentence: `In a world where nobody gets through for 20 seconds there ${dots === 1 ? 'is' : 'are'} ${dots === 0 ? 'no sample' : '1 sample'} in them.`
			};
		}
	},
	{
		id: 'seldom',
		title: 'Prometheus asks at most once a second',
		hint: 'Every scrape is work for the shop, and samples to keep.',
		judge: (evidence) =>
			distance(evidence) < SECOND
				? { sentence: `It asks every ${distance(evidence)} ms.` }
				: undefined
	}
];

const mistakes: readonly Mistake[] = [
	{
		id: 'not-asked',
		spot: (evidence) =>
			scrapesOf(evidence, 'shop').length === 0
				? 'The job `shop` is gone, so nobody asks the shop any more. It does not notice, and goes on counting.'
				: undefined
	},
	{
		id: 'not-there',
		spot: (evidence) =>
			broughtBy(evidence, 'shop').length === 0
				? `Prometheus asked ${count(scrapesOf(evidence, 'shop').length, 'time')} and got no page: nothing is there where it asks. The address was right before, and so was the path.`
				: undefined
	},
	{
		id: 'others-lost',
		spot: (evidence) =>
			broughtBy(evidence, 'payments').length === 0
				? 'The payment service is no longer scraped. What is not in `scrape_configs` is not asked.'
				: undefined
	},
	{
		id: 'too-seldom',
		spot: (evidence) => {
			const apart = distance(evidence) / SECOND;
			return apart > SELDOM_ENOUGH / SECOND
				? `The shop is asked every ${apart} seconds, and between two scrapes nobody looks. For two samples in any 20 seconds, how far may they be apart?`
				: undefined;
		}
	},
	{
		id: 'too-often',
		spot: (evidence) =>
			distance(evidence) < SECOND
				? `Every ${distance(evidence)} ms: the 20 seconds are seen, and ${number(scrapesOf(evidence, 'shop').length)} pages were written and stored in five minutes. Ten seconds are enough.`
				: undefined
	}
];

const remarks: ConfigChecks['remarks'] = [
	{
		id: 'costs',
		spot: (evidence) => {
			const apart = distance(evidence);
			return apart <= SELDOM_ENOUGH / 2
				? `Every ${apart / SECOND} s is more often than it takes: the same series cost ${number(Math.round((SELDOM_ENOUGH / apart) * 10) / 10)} times as many samples as with 10 s.`
				: undefined;
		}
	}
];

export const configs: Readonly<Record<string, ConfigChecks>> = {
	interval: { asks: [UP], checks, mistakes, remarks }
};
