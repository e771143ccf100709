import {
	answer,
	answers,
	digits,
	oneOf,
	whole,
	type ReviewTemplate
} from '$lib/course/review/review-kit.ts';

const INTERVAL = 15;
const NAME = 'http_requests_total';

/** A counter from `first` on, one value for each scrape. */
function climbing(first: number, steps: readonly number[]): number[] {
	let height = first;
	return [first, ...steps.map((step) => (height += step))];
}

const timesOf = (values: readonly number[]) => values.map((_, i) => i * INTERVAL);

const rate: ReviewTemplate = {
	concept: 'rate',
	about: 'What rate() computes',
	make: (random) => {
		const step = whole(random, 3, 60) * INTERVAL;
		const values = climbing(
			whole(random, 100, 900) * 10,
			Array.from({ length: 8 }, () => step)
		);
		const at = (values.length - 1) * INTERVAL;
		const right = answer(`rate(${NAME}[1m])`, [{ name: NAME, interval: INTERVAL, values }], at);
		const grown = (values.at(-1) ?? 0) - (values.at(-5) ?? 0);
		return {
			question: `A counter that is scraped every ${INTERVAL} seconds. What is \`rate(${NAME}[1m])\` at its last sample?`,
			figure: { kind: 'samples', name: NAME, times: timesOf(values), values },
			options: [
				{
					text: digits(right),
					correct: true,
					why: `It grows by ${step} from scrape to scrape, which is ${digits(right)} per second. How high it is does not matter.`
				},
				{
					text: digits(grown),
					misconception: 'M-rate-is-last-minus-first',
					why: 'That is how much it grew in a minute: what `increase()` says. `rate()` is per second.'
				},
				{
					text: digits(step),
					misconception: 'M-rate-is-last-minus-first',
					why: 'That is how much it grows from one scrape to the next. `rate()` is per second.'
				},
				{
					text: digits(right * 5),
					misconception: 'M-window-free',
					why: 'Five times too much. For a steady counter the length of the window does not change the rate.'
				}
			]
		};
	}
};

const window: ReviewTemplate = {
	concept: 'rate.window',
	about: 'What a window makes of a burst',
	make: (random) => {
		const burst = whole(random, 10, 90) * 300;
		const seconds = oneOf(random, [10, 15, 20] as const);
		const minutes = oneOf(random, [2, 5, 10] as const);
		const spread = digits(burst / (minutes * 60));
		const each = digits(burst / seconds);
		return {
			question: `A quiet service gets ${burst.toLocaleString('en')} requests within ${seconds} seconds, and then none. How high does \`rate(${NAME}[${minutes}m])\` get, about?`,
			options: [
				{
					text: `${spread} per second`,
					correct: true,
					why: `The window has ${minutes * 60} seconds, and all of the burst in it: ${burst.toLocaleString('en')} ÷ ${minutes * 60}. It stays so for about ${minutes} minutes.`
				},
				{
					text: `${each} per second`,
					misconception: 'M-window-free',
					why: `That is how fast they really came. The window spreads them over its ${minutes * 60} seconds.`
				},
				{
					text: `${digits(burst / minutes)} per second`,
					misconception: 'M-rate-is-last-minus-first',
					why: 'That is per minute. `rate()` is always per second, whatever the window.'
				},
				{
					text: `${burst.toLocaleString('en')} per second`,
					misconception: 'M-rate-is-last-minus-first',
					why: 'That is how many there were: what `increase()` says.'
				}
			]
		};
	}
};

const reset: ReviewTemplate = {
	concept: 'counter.reset',
	about: 'What a restart does to a counter',
	make: (random) => {
		const before = climbing(whole(random, 0, 40), [whole(random, 20, 60), whole(random, 20, 60)]);
		const after = climbing(whole(random, 5, 15), [whole(random, 20, 60), whole(random, 20, 60)]);
		const values = [...before, ...after];
		const [first = 0, last = 0, top = 0] = [values[0], values.at(-1), before.at(-1)];
		const grown = top - first + last;
		return {
			question:
				'The samples of a counter. How much has it grown, as far as Prometheus can tell, without going beyond the first and the last sample?',
			figure: { kind: 'samples', name: NAME, times: timesOf(values), values },
			options: [
				{
					text: String(grown),
					correct: true,
					why: `From ${first} to ${top} it is ${top - first}. Then it falls, so it began from 0, and ${last} came since: ${top - first} + ${last}.`
				},
				{
					text: String(last - first),
					misconception: 'M-rate-is-last-minus-first',
					why: `That is the last minus the first. The fall from ${top} to ${after[0] ?? 0} is a restart, and no loss.`
				},
				{
					text: String(Math.max(...values) - Math.min(...values)),
					misconception: 'M-max-minus-min',
					why: 'The highest minus the lowest leaves out what came on the other side of the restart.'
				},
				{
					text: String(last),
					misconception: 'M-reset-loses-all',
					why: `That is what came after the restart. What was scraped before it is still known: ${top - first} more.`
				}
			]
		};
	}
};

const METHODS = ['GET', 'POST', 'PUT'] as const;
const STATUSES = ['200', '201', '404', '500', '503'] as const;

const matcher: ReviewTemplate = {
	concept: 'selector.matcher',
	about: 'Which series a selector means',
	make: (random) => {
		const series = METHODS.flatMap((method) =>
			STATUSES.filter(() => random() < 0.7).map((status) => ({ method, status }))
		);
		const stored = series.map((labels) => ({ name: NAME, labels, interval: 1, values: [1] }));
		const pattern = oneOf(random, ['5', '20', '0', '5..', '.0.', '[45]..', '20[01]'] as const);
		const count = (text: string) => answers(text, stored, 0).length;
		const text = `${NAME}{status=~"${pattern}"}`;
		const right = count(text);
		const within = count(`${NAME}{status=~".*${pattern}.*"}`);
		const said = (selected: number) => (selected === 0 ? 'None' : String(selected));
		const wrong = [
			{
				text: said(within),
				misconception: 'M-unscoped',
				why: `In that many it occurs. But a regular expression has to match all of the value, as if it stood between \`^\` and \`$\`.`
			},
			{
				text: said(series.length),
				misconception: 'M-unscoped',
				why: 'Those are all series of the metric. The matcher leaves out what it does not match.'
			},
			{
				text: 'None',
				misconception: 'M-join-like-sql',
				why: 'That would be so with `=`, which takes the text as it is. `=~` takes it for a regular expression, and it has to match the whole value.'
			},
			{
				text: 'It is an error',
				misconception: 'M-join-like-sql',
				why: 'It is a good selector. Even one that matches nothing has an answer, an empty one, and nobody is told.'
			}
		].filter((one) => one.text !== said(right));
		return {
			question: `How many of these series does \`${text}\` select?`,
			figure: {
				kind: 'text',
				text: series
					.map(({ method, status }) => `${NAME}{method="${method}", status="${status}"}`)
					.join('\n')
			},
			options: [
				{
					text: said(right),
					correct: true,
					why:
						right === 0
							? `A regular expression has to match the whole value, and no status is \`${pattern}\` alone.`
							: `\`=~\` takes a regular expression, which has to match the whole value: ${right === 1 ? 'one status does' : `the statuses of ${right} series do`}.`
				},
				...wrong.slice(0, 3)
			]
		};
	}
};

export const review = [rate, window, reset, matcher];
