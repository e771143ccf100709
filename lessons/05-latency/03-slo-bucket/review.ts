import {
	answer,
	digits,
	oneOf,
	whole,
	type ReviewTemplate
} from '$lib/course/review/review-kit.ts';

const NAME = 'http_request_duration_seconds_bucket';
const EDGES = [0.05, 0.1, 0.25, 0.5, 1] as const;

/** How many requests took at most as long as each edge, and all of them: cumulative. */
function cumulative(own: readonly number[]): number[] {
	let sum = 0;
	return own.map((count) => (sum += count));
}

function page(edges: readonly number[], counts: readonly number[]): string {
	return counts.map((count, i) => `${NAME}{le="${edges[i] ?? '+Inf'}"} ${count}`).join('\n');
}

const bucket: ReviewTemplate = {
	concept: 'histogram.bucket',
	about: 'What a bucket counts',
	make: (random) => {
		const own = [...EDGES, Infinity].map(() => whole(random, 5, 120));
		const counts = cumulative(own);
		const i = whole(random, 1, EDGES.length - 1);
		const [low = 0, high = 0] = [EDGES[i - 1], EDGES[i]];
		const [below = 0, upTo = 0] = [counts[i - 1], counts[i]];
		return {
			question: `How many requests took more than ${low} and at most ${high} seconds?`,
			figure: { kind: 'text', text: page(EDGES, counts) },
			options: [
				{
					text: String(upTo - below),
					correct: true,
					why: `A bucket counts everything up to its edge, so those between two edges are a difference: ${upTo} − ${below}.`
				},
				{
					text: String(upTo),
					misconception: 'M-le-is-decoration',
					why: `That is how many took at most ${high} seconds, those below ${low} among them: \`le\` is less or equal.`
				},
				{
					text: String((counts.at(-1) ?? 0) - below),
					misconception: 'M-le-is-decoration',
					why: `That is how many took more than ${low} seconds, the slow ones above ${high} among them.`
				},
				{
					text: String(upTo + below),
					misconception: 'M-le-is-decoration',
					why: 'Two buckets are never added: the larger one has counted all that the smaller one has.'
				}
			]
		};
	}
};

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
			figure: { kind: 'text', text: page(EDGES, counts) },
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

export const review = [bucket, threshold, interpolation];
