import {
	bucketPage,
	cumulative,
	digits,
	oneOf,
	whole,
	type ReviewTemplate
} from '$lib/course/review/review-kit.ts';

const NAME = 'http_request_duration_seconds';
const EDGES = [0.05, 0.1, 0.25, 0.5, 1] as const;

const share = (count: number, all: number) => `${digits((100 * count) / all)} %`;

const threshold: ReviewTemplate = {
	concept: 'slo.threshold',
	about: 'What a histogram knows of a promise',
	make: (random) => {
		const own = [60, 90, 700, 120, 20, 10].map((count) => count + whole(random, 0, 40));
		const counts = cumulative(own);
		const promise = oneOf(random, [0.3, 0.35, 0.4] as const);
		const [low = 0, high = 0, all = 1] = [counts[2], counts[3], counts[5]];
		const guess = low + ((high - low) * (promise - 0.25)) / 0.25;
		return {
			question: `The promise is ${promise * 1000} ms. What does this histogram know for certain about the share of requests that kept it?`,
			figure: { kind: 'text', text: bucketPage(NAME, EDGES, counts) },
			options: [
				{
					text: `It lies between ${share(low, all)} and ${share(high, all)}`,
					correct: true,
					why: `${low} requests took at most 0.25 s and kept it, ${high} took at most 0.5 s and may have. Of the ${high - low} between, nothing is known. An edge at ${promise} would count them.`
				},
				{
					text: `It is ${share(guess, all)}`,
					misconception: 'M-quantile-is-exact',
					why: 'That takes the requests between 0.25 and 0.5 s to lie evenly there. It is a guess, as good as that is true.'
				},
				{
					text: `It is ${share(low, all)}`,
					misconception: 'M-quantile-is-exact',
					why: `So many are certain, and more may have kept it: those between 0.25 s and ${promise} s are not in it.`
				},
				{
					text: 'Nothing: there is no such edge',
					misconception: 'M-le-is-decoration',
					why: 'The edges on both sides say between which two shares it must lie.'
				}
			]
		};
	}
};

export const review = [threshold];
