import { oneOf, whole, type ReviewTemplate } from '$lib/course/review/review-kit.ts';

const said = (values: readonly number[]) => values.join(', ');

const counter: ReviewTemplate = {
	concept: 'counter',
	about: 'What a counter can do, and what it cannot',
	make: (random) => {
		const steps = (count: number) => Array.from({ length: count }, () => whole(random, 3, 40));
		const climb = (from: number, by: readonly number[]) => {
			let height = from;
			return [from, ...by.map((step) => (height += step))];
		};
		const start = whole(random, 100, 900);
		const restarted = [...climb(start, steps(2)), ...climb(whole(random, 0, 9), steps(2))];
		const dipped = climb(start, [...steps(2), -whole(random, 4, 30), ...steps(2)]);
		const shrinking = climb(start + 200, [
			...steps(1),
			...steps(3).map((step) => -step),
			...steps(1)
		]);
		const halves = climb(start / 2, steps(5)).map((value, i) => (i === 3 ? value - 90.5 : value));
		return {
			question: 'Four metrics, six scrapes of each. Which one can be a counter?',
			options: [
				{
					text: said(restarted),
					correct: true,
					why: `It only climbs, but for the fall to ${restarted[3] ?? 0}: there the program was started again, and went on from 0.`
				},
				{
					text: said(dipped),
					misconception: 'M-wrong-type',
					why: 'It falls by a little and goes on from there. A counter falls when its program is started again, and then to about 0. This is a gauge.'
				},
				{
					text: said(shrinking),
					misconception: 'M-wrong-type',
					why: 'It goes down by steps. What goes up and down is a gauge.'
				},
				{
					text: said(halves),
					misconception: 'M-wrong-type',
					why: 'Halves alone would be no reason: a counter of seconds has them. But it falls, and not to 0.'
				}
			]
		};
	}
};

const counterLabels: ReviewTemplate = {
	concept: 'counter.labels',
	about: 'How many series a counter with labels is',
	make: (random) => {
		const methods = whole(random, 2, 4);
		const endpoints = whole(random, 5, 12);
		const statuses = whole(random, 3, 6);
		const instances = whole(random, 2, 5);
		const product = methods * endpoints * statuses;
		return {
			question: `A counter has the labels method (${methods} values), endpoint (${endpoints}) and status (${statuses}). All combinations occur, and ${instances} instances of the service are scraped. How many series are that?`,
			options: [
				{
					text: String(product * instances),
					correct: true,
					why: `${methods} × ${endpoints} × ${statuses} combinations, on each of ${instances} instances: labels multiply, and \`instance\` is one of them.`
				},
				{
					text: String(methods + endpoints + statuses + instances),
					misconception: 'M-cardinality-adds',
					why: 'That is the sum of the values. Each combination is a number of its own, so they multiply.'
				},
				{
					text: String(product),
					misconception: 'M-cardinality-adds',
					why: 'That is one instance. Prometheus gives each target a label `instance`, and with it series of its own.'
				},
				{
					text: '1',
					misconception: 'M-cardinality-adds',
					why: 'It is one metric. A series is the metric with one combination of label values.'
				}
			]
		};
	}
};

const MINUTE = 60;

const slope: ReviewTemplate = {
	concept: 'counter.slope',
	about: 'Reading a counter by its slope',
	make: (random) => {
		const minutes = 4;
		const busiest = whole(random, 0, minutes - 2);
		const perMinute = Array.from({ length: minutes }, (_, i) =>
			i === busiest ? whole(random, 600, 900) : whole(random, 60, 240)
		);
		let height = whole(random, 4000, 9000);
		const values = [height, ...perMinute.map((step) => (height += step))];
		const name = (i: number) => `Minute ${i + 1}`;
		const grown = perMinute[busiest] ?? 0;
		const others = perMinute.map((_, i) => i).filter((i) => i !== busiest);
		return {
			question: 'A counter of requests, scraped once a minute. In which minute came the most?',
			figure: {
				kind: 'samples',
				name: 'http_requests_total',
				times: values.map((_, i) => i * MINUTE),
				values
			},
			options: [
				{
					text: name(busiest),
					correct: true,
					why: `There it grew by ${grown}, more than in any other: what happens in a minute is the slope of the line.`
				},
				...others.map((i) => ({
					text: name(i),
					misconception: 'M-counter-graph',
					why:
						i === minutes - 1
							? `The line is highest there, because it counts all that came before. It grew by ${perMinute[i] ?? 0} only, and by ${grown} in minute ${busiest + 1}.`
							: `There it grew by ${perMinute[i] ?? 0}; in minute ${busiest + 1} by ${grown}.`
				}))
			]
		};
	}
};

const exitPaths: ReviewTemplate = {
	concept: 'exit-paths',
	about: 'Counting on every way out',
	make: (random) => {
		const good = whole(random, 60, 90) * 10;
		const unknown = whole(random, 5, 20) * 5;
		const failed = whole(random, 2, 9) * 7;
		const place = oneOf(random, ['the last return', 'the work begins'] as const);
		const isBefore = place === 'the work begins';
		const counted = isBefore ? good + failed : good;
		const why = isBefore
			? 'Requests of unknown products have returned before that line; those whose work fails have passed it.'
			: 'The early return and the exception both leave the handler above that line.';
		return {
			question: `A handler returns a 404 for unknown products, then does the work, which may raise an exception, then returns. \`inc()\` stands directly before ${place}. Of ${good + unknown + failed} requests ${unknown} ask for unknown products, and of the others ${failed} end in an exception. What does the counter say?`,
			options: [
				{ text: String(counted), correct: true, why },
				{
					text: String(isBefore ? good : good + failed),
					misconception: 'M-metrics-are-events',
					why
				},
				{ text: String(good + unknown), misconception: 'M-metrics-are-events', why },
				{
					text: String(good + unknown + failed),
					misconception: 'M-metrics-are-events',
					why: `A counter counts what gets to its line. ${why} Only a \`finally\` around all of it sees every way out.`
				}
			]
		};
	}
};

export const review = [counter, counterLabels, slope, exitPaths];
