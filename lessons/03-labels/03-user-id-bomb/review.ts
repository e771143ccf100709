import { oneOf, whole, type ReviewTemplate } from '$lib/course/review/review-kit.ts';

const said = (value: number) => value.toLocaleString('en');

const cardinality: ReviewTemplate = {
	concept: 'label.cardinality',
	about: 'What one more label costs',
	make: (random) => {
		const endpoints = whole(random, 3, 20);
		const statuses = whole(random, 2, 6);
		const more = oneOf(random, [3, 5, 8, 40, 500, 20_000] as const);
		const before = endpoints * statuses;
		return {
			question: `A counter has ${endpoints} endpoints and ${statuses} statuses, and each pair of them has occurred. It gets one label more, with ${said(more)} values, and each of them occurs with each pair. How many series does it have?`,
			options: [
				{
					text: said(before * more),
					correct: true,
					why: `There were ${before}, and each of them is there ${said(more)} times now.`
				},
				{
					text: said(before + more),
					misconception: 'M-cardinality-adds',
					why: `That adds the values to the ${before} series. But each value splits each series.`
				},
				{
					text: said(endpoints + statuses + more),
					misconception: 'M-cardinality-adds',
					why: 'That is how many values there are. A series is a combination of them.'
				},
				{
					text: said(before),
					misconception: 'M-worst-case-product',
					why: 'A label tells apart what was one number before. Only values that never occur cost nothing.'
				}
			]
		};
	}
};

const limit: ReviewTemplate = {
	concept: 'scrape.sample-limit',
	about: 'What a limit leaves',
	make: (random) => {
		const most = whole(random, 2, 50) * 100;
		const beyond = whole(random, 1, 900);
		return {
			question: `A job has \`sample_limit: ${most}\`, and a page of its target has ${said(most + beyond)} samples. How many of them are stored?`,
			options: [
				{
					text: 'None',
					correct: true,
					why: 'The limit drops the scrape, not what is too much. All that it leaves is its report, with `up` 0.'
				},
				{
					text: `The first ${said(most)}`,
					misconception: 'M-limit-truncates',
					why: 'Half of a page would be worse than none: nobody could tell which series are missing.'
				},
				{
					text: `The ${said(most)} that were there before`,
					misconception: 'M-limit-truncates',
					why: 'New series are not told from old ones. The page is counted, and dropped.'
				},
				{
					text: `All ${said(most + beyond)}`,
					misconception: 'M-limit-warns',
					why: 'It does not only warn: with one sample more than the limit the scrape has failed.'
				}
			]
		};
	}
};

const timeout: ReviewTemplate = {
	concept: 'scrape.timeout',
	about: 'When a page is too long',
	make: (random) => {
		const perSeries = oneOf(random, [80, 100, 125] as const);
		const rate = whole(random, 1, 8) * 1_000_000;
		const seconds = oneOf(random, [2, 5, 10] as const);
		const every = oneOf(random, [15, 30, 60] as const);
		const fit = (time: number) => (time * rate) / perSeries;
		return {
			question: `A page has ${perSeries} bytes for each series, and the app writes ${rate / 1_000_000} MB of it a second. It is scraped every ${every} seconds, with \`scrape_timeout: ${seconds}s\`. From how many series on does every scrape fail, about?`,
			options: [
				{
					text: said(fit(seconds)),
					correct: true,
					why: `In ${seconds} s it writes ${said((seconds * rate) / 1_000_000)} MB, which is ${said(fit(seconds))} times ${perSeries} bytes.`
				},
				{
					text: said(fit(every)),
					misconception: 'M-timeout-is-interval',
					why: `Prometheus does not wait for the ${every} s until the next scrape. It gives up after ${seconds} s.`
				},
				{
					text: said(fit(1)),
					misconception: 'M-timeout-is-interval',
					why: `That is what the app writes in one second. It has ${seconds}.`
				},
				{
					text: 'Never: only Prometheus gets slower',
					misconception: 'M-only-prom-suffers',
					why: 'The app writes the page, and it is the app that is too slow.'
				}
			]
		};
	}
};

export const review = [cardinality, limit, timeout];
