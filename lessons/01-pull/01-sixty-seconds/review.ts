import {
	answer,
	digits,
	oneOf,
	whole,
	type ReviewTemplate
} from '$lib/course/review/review-kit.ts';

const pull: ReviewTemplate = {
	concept: 'scrape.pull',
	about: 'Who starts a scrape',
	make: (random) => {
		const first = oneOf(random, [5, 10, 15, 20] as const);
		const second = oneOf(random, [6, 12, 30, 60] as const);
		const minutes = whole(random, 2, 20);
		const [a, b] = [(minutes * 60) / first, (minutes * 60) / second];
		return {
			question: `Two Prometheus servers scrape the same app, one every ${first} seconds and one every ${second} seconds. How often is the app asked in ${minutes} minutes?`,
			options: [
				{
					text: `${a + b} times`,
					correct: true,
					why: `Each asks at its own interval, and knows nothing of the other: ${a} and ${b} times.`
				},
				{
					text: `${Math.max(a, b)} times`,
					misconception: 'M-push',
					why: 'That would be so if the app sent its page and both servers listened. It sends nothing; each server asks for itself.'
				},
				{
					text: `${Math.min(a, b)} times`,
					misconception: 'M-push',
					why: 'The app has no interval that both servers would have to agree on. It answers whoever asks.'
				},
				{
					text: 'Never',
					misconception: 'M-push',
					why: 'It is asked: a scrape is an HTTP request of Prometheus to the app. What never happens is a request the other way.'
				}
			]
		};
	}
};

const interval: ReviewTemplate = {
	concept: 'scrape.interval',
	about: 'What lies between two scrapes',
	make: (random) => {
		const every = oneOf(random, [5, 10, 15, 20, 30, 60] as const);
		const length = every * whole(random, 0, 4) + whole(random, 1, every - 1);
		const least = Math.floor(length / every);
		const seen = (count: number) => (count === 1 ? '1 scrape' : `${count} scrapes`);
		return {
			question: `An app is scraped every ${every} seconds. Something is wrong with it for ${length} seconds, and nobody knows when it begins. How many scrapes lie within that time for sure?`,
			options: [
				{
					text: seen(least),
					correct: true,
					why: `${length} seconds have ${least} whole intervals of ${every} in them. It may begin directly after a scrape.`
				},
				{
					text: seen(least + 1),
					misconception: 'M-scrape-reacts',
					why: `That many there are when it begins at the right moment. When it begins directly after a scrape, there are ${least}.`
				},
				{
					text: seen(least + 2),
					misconception: 'M-scrape-reacts',
					why: 'Prometheus does not ask once more because something is wrong: it does not know.'
				},
				{
					text: seen(length),
					misconception: 'M-metrics-are-events',
					why: 'One a second would be an interval of 1 s. Between two scrapes nobody looks.'
				}
			]
		};
	}
};

const EVERY = 15;

const up: ReviewTemplate = {
	concept: 'up',
	about: 'What Prometheus writes down itself',
	make: (random) => {
		const scrapes = whole(random, 3, 15) * 4;
		const lost = whole(random, 1, scrapes / 2 - 1);
		const from = whole(random, 0, scrapes - lost);
		const values = Array.from({ length: scrapes }, (_, i) => Number(i < from || i >= from + lost));
		const window = scrapes * EVERY;
		const query = `sum_over_time(up[${window}s])`;
		const right = answer(query, [{ name: 'up', interval: EVERY, values }], (scrapes - 1) * EVERY);
		return {
			question: `A target is scraped every ${EVERY} seconds, ${scrapes} times. ${lost} of these scrapes did not get through. What is \`${query}\` afterwards?`,
			options: [
				{
					text: digits(right),
					correct: true,
					why: `\`up\` has a sample for every scrape, 1 or 0: ${scrapes - lost} of ${scrapes} were answered.`
				},
				{
					text: digits(scrapes),
					misconception: 'M-push',
					why: `The target does not say that it is up; it may well be. Prometheus writes 0 when it got no answer, ${lost} times.`
				},
				{
					text: digits(lost),
					misconception: 'M-absent-is-down',
					why: 'That is how many were lost: they are the zeros, and add nothing.'
				},
				{
					text: 'Nothing',
					misconception: 'M-absent-is-down',
					why: 'A failed scrape leaves nothing of the page, but it leaves `up`.'
				}
			]
		};
	}
};

export const review = [pull, interval, up];
