import {
	answer,
	bucketPage,
	cumulative,
	digits,
	oneOf,
	whole,
	type ReviewTemplate
} from '$lib/course/review/review-kit.ts';

const NAME = 'http_request_duration_seconds';
const EDGES = [0.05, 0.1, 0.25, 0.5, 1] as const;

const between: ReviewTemplate = {
	concept: 'histogram.bucket',
	about: 'What a bucket counts',
	make: (random) => {
		const counts = cumulative([...EDGES, Infinity].map(() => whole(random, 5, 120)));
		const i = whole(random, 1, EDGES.length - 1);
		const [low = 0, high = 0] = [EDGES[i - 1], EDGES[i]];
		const [below = 0, upTo = 0, all = 0] = [counts[i - 1], counts[i], counts.at(-1)];
		return {
			question: `How many requests took more than ${low} s and at most ${high} s?`,
			figure: { kind: 'text', text: bucketPage(NAME, EDGES, counts) },
			options: [
				{
					text: String(upTo - below),
					correct: true,
					why: `A bucket counts everything up to its edge, so those between two edges are a difference: ${upTo} − ${below}.`
				},
				{
					text: String(upTo),
					misconception: 'M-bucket-holds-its-range',
					why: `That is how many took at most ${high} s, those below ${low} s among them: \`le\` is less or equal.`
				},
				{
					text: String(all - below),
					misconception: 'M-bucket-holds-its-range',
					why: `That is how many took more than ${low} s, the slow ones above ${high} s among them.`
				},
				{
					text: String(upTo + below),
					misconception: 'M-bucket-holds-its-range',
					why: 'Two buckets are never added: the larger one has counted all that the smaller one has.'
				}
			]
		};
	}
};

const changed: ReviewTemplate = {
	concept: 'histogram.bucket',
	about: 'What one request changes',
	make: (random) => {
		const edges = EDGES.slice(0, whole(random, 3, 5));
		const b = whole(random, 0, edges.length - 1);
		const [low = 0, high = 0] = [edges[b - 1], edges[b]];
		const took = digits(low + (high - low) * oneOf(random, [0.4, 0.6, 0.8] as const));
		const buckets = edges.length - b + 1;
		const lines = edges.length + 3;
		return {
			question: `A histogram has the edges ${edges.join(', ')}, which is ${lines} lines of /metrics for each series: buckets, sum and count. How many of them does one request of ${took} s change?`,
			options: [
				{
					text: String(buckets + 2),
					correct: true,
					why: `Every bucket whose edge is at least ${took}, +Inf too, which is ${buckets}; and the sum and the count.`
				},
				{
					text: '3',
					misconception: 'M-bucket-holds-its-range',
					why: `That would be one bucket, the sum and the count. But each bucket counts everything up to its edge, so ${buckets} of them do.`
				},
				{
					text: String(buckets),
					misconception: 'M-bucket-holds-its-range',
					why: 'Those are the buckets. The sum and the count change with every request too.'
				},
				{
					text: String(lines),
					misconception: 'M-bucket-holds-its-range',
					why: `Buckets whose edge is below ${took} do not count it.`
				}
			]
		};
	}
};

const sumAndCount: ReviewTemplate = {
	concept: 'histogram.sum-count',
	about: 'What the sum and the count are good for',
	make: (random) => {
		const calm = whole(random, 400, 900) * 10;
		const calmMean = whole(random, 20, 60) / 1000;
		const now = whole(random, 20, 60) * 10;
		const mean = whole(random, 10, 40) / 20;
		const counts = [calm, calm + now];
		const sums = [calm * calmMean, calm * calmMean + now * mean].map((sum) =>
			Number(sum.toFixed(1))
		);
		const series = [
			{ name: `${NAME}_sum`, interval: 60, values: sums },
			{ name: `${NAME}_count`, interval: 60, values: counts }
		];
		const right = answer(
			`(${NAME}_sum - ${NAME}_sum offset 1m) / (${NAME}_count - ${NAME}_count offset 1m)`,
			series,
			60
		);
		const ever = answer(`${NAME}_sum / ${NAME}_count`, series, 60);
		const seconds = (value: number) => `${digits(value)} s`;
		return {
			question:
				'Two scrapes of a histogram, a minute apart. How long did a request take on average in this minute?',
			figure: {
				kind: 'text',
				text: [
					`09:00  ${NAME}_sum ${sums[0] ?? 0}    ${NAME}_count ${counts[0] ?? 0}`,
					`09:01  ${NAME}_sum ${sums[1] ?? 0}    ${NAME}_count ${counts[1] ?? 0}`
				].join('\n')
			},
			options: [
				{
					text: seconds(right),
					correct: true,
					why: `The sum grew by ${digits(now * mean, 4)} s and the count by ${now}: divide what was added.`
				},
				{
					text: seconds(ever),
					misconception: 'M-average-of-averages',
					why: 'That is the mean since the program began: the sum divided by the count. What happens now hardly moves it.'
				},
				{
					text: seconds((now * mean) / 60),
					misconception: 'M-rate-is-last-minus-first',
					why: 'That is how many seconds of work there were in each second: the rate of the sum. It has to be divided by the rate of the count.'
				},
				{
					text: seconds((right + ever) / 2),
					misconception: 'M-average-of-averages',
					why: 'The mean of two means counts the quiet minutes as much as the busy one.'
				}
			]
		};
	}
};

const timer: ReviewTemplate = {
	concept: 'histogram.timer',
	about: 'Which requests a timer records',
	make: (random) => {
		const good = whole(random, 80, 400);
		const failed = whole(random, 3, 30);
		const isTimer = random() < 0.5;
		const right = isTimer ? good + failed : good;
		return {
			question: isTimer
				? `A handler does its work within the histogram's timer. Of ${good + failed} requests ${failed} end in an exception. What is \`${NAME}_count\`?`
				: `A handler takes the time itself, and calls \`observe()\` on its last line. Of ${good + failed} requests ${failed} end in an exception. What is \`${NAME}_count\`?`,
			options: [
				{
					text: String(right),
					correct: true,
					why: isTimer
						? 'The timer records however the block is left, by an exception too.'
						: 'An exception leaves the handler before its last line, so those are never recorded. A timer would have.'
				},
				{
					text: String(isTimer ? good : good + failed),
					misconception: 'M-metrics-are-events',
					why: isTimer
						? 'That would be so with `observe()` on the last line. The timer records exceptions too.'
						: 'That would be so with a timer around the work. The last line is never reached by an exception.'
				},
				{
					text: String(failed),
					misconception: 'M-metrics-are-events',
					why: 'Those are the ones that failed. Nothing here records them alone.'
				},
				{
					text: String(good + 2 * failed),
					misconception: 'M-metrics-are-events',
					why: 'Nothing is recorded twice.'
				}
			]
		};
	}
};

export const review = [between, changed, sumAndCount, timer];
