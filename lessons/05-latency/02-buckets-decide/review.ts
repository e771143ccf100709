import {
	answer,
	digits,
	oneOf,
	whole,
	type ReviewTemplate
} from '$lib/course/review/review-kit.ts';

const NAME = 'http_request_duration_seconds_bucket';
const EDGES = [0.05, 0.1, 0.25, 0.5, 1] as const;

const interpolation: ReviewTemplate = {
	concept: 'quantile.interpolation',
	about: 'Where histogram_quantile() takes its number from',
	make: (random) => {
		const b = whole(random, 1, EDGES.length - 1);
		const [low = 0, high = 0] = [EDGES[b - 1], EDGES[b]];
		const truly = low + (high - low) * oneOf(random, [0.1, 0.2, 0.3] as const);
		const q = oneOf(random, [0.9, 0.95, 0.99] as const);
		const all = whole(random, 2, 9) * 1000;
		const series = [...EDGES, Infinity].map((edge, i) => ({
			name: NAME,
			labels: { le: edge === Infinity ? '+Inf' : String(edge) },
			interval: 1,
			values: [i < b ? 0 : all]
		}));
		const read = answer(`histogram_quantile(${q}, ${NAME})`, series, 0);
		const ms = (seconds: number) => `${digits(seconds * 1000, 4)} ms`;
		return {
			question: `Each of ${all.toLocaleString('en')} requests takes exactly ${ms(truly)}. The edges are ${EDGES.join(', ')}. What does \`histogram_quantile(${q}, …)\` say?`,
			options: [
				{
					text: ms(read),
					correct: true,
					why: `All lie in the bucket from ${low} to ${high}, and are taken to lie evenly in it: ${q * 100} of 100 parts of the way.`
				},
				{
					text: ms(truly),
					misconception: 'M-quantile-is-exact',
					why: `So it is in truth. The histogram knows no more than that all took between ${low} and ${high} s.`
				},
				{
					text: ms(high),
					misconception: 'M-quantile-is-exact',
					why: 'That is the upper edge. It is what comes out for the quantile 1; for others the way into the bucket is gone in part.'
				},
				{
					text: ms((low + high) / 2),
					misconception: 'M-average-of-percentiles',
					why: 'The middle of the bucket would be right for the quantile 0.5: the rank says how far into the bucket to go.'
				}
			]
		};
	}
};

const cost: ReviewTemplate = {
	concept: 'histogram.cost',
	about: 'What a histogram costs in series',
	make: (random) => {
		const edges = whole(random, 5, 14);
		const endpoints = whole(random, 3, 12);
		const instances = whole(random, 2, 20);
		const children = endpoints * instances;
		const said = (count: number) => count.toLocaleString('en');
		return {
			question: `A histogram has ${edges} edges and the label endpoint with ${endpoints} values. ${instances} instances are scraped. How many series is that, without \`_created\`?`,
			options: [
				{
					text: said((edges + 3) * children),
					correct: true,
					why: `${edges} buckets, the one of +Inf, the sum and the count, which is ${edges + 3} for each of ${endpoints} endpoints on ${instances} instances.`
				},
				{
					text: said(edges * children),
					misconception: 'M-more-buckets-is-better',
					why: 'There is a bucket +Inf besides the edges, and the sum and the count are series too.'
				},
				{
					text: said((edges + 3) * endpoints),
					misconception: 'M-cardinality-adds',
					why: 'That is one instance. Each has series of its own, told apart by the label `instance`.'
				},
				{
					text: said(children),
					misconception: 'M-more-buckets-is-better',
					why: 'That would be a counter. Each bucket of a histogram is a series by itself.'
				}
			]
		};
	}
};

export const review = [interpolation, cost];
