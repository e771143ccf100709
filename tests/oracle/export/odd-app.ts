import { Counter, Gauge, Histogram, Summary } from 'prom-client';
import { processRequest, type Request, type Response } from 'shop';

/** Numbers at the edges of what a float can be, one for each request in turn. */
const ODD = [
	NaN,
	Infinity,
	-Infinity,
	0,
	5e-324,
	1.7976931348623157e308,
	0.1 + 0.2,
	-1e21,
	2 ** 53
];

const LABEL_VALUES = [
	'',
	'plain',
	'a "quoted" word',
	'back\\slash',
	'two\nlines',
	'Straße 😀',
	'}'
];

const oddValue = new Gauge({
	name: 'odd_value',
	help: 'Says "anything", \\ even\nin two lines',
	labelNames: ['kind']
});

/** The users who were here lately: series come, and are marked as stale when they go. */
const visits = new Gauge({ name: 'visits', help: 'Visits', labelNames: ['user'] });

/** Starts again from zero without a crash. */
const forgetful = new Counter({ name: 'forgetful_total', help: 'Requests since the last reset' });

const requestSize = new Histogram({
	name: 'request_size',
	help: 'How far the path is from ten characters',
	buckets: [-1, 0, 1e-9, 2.5, 1e9]
});

const pathLength = new Summary({
	name: 'path_length',
	help: 'Length of the path',
	percentiles: [0.01, 0.5, 0.999]
});

let count = 0;

/** Called once for every request of every user. */
export async function handle(request: Request): Promise<Response> {
	const { path, userId } = request;
	count++;
	oddValue
		.labels(LABEL_VALUES[count % LABEL_VALUES.length] ?? '')
		.set(ODD[count % ODD.length] ?? 0);
	visits.labels(String(userId % 20)).inc();
	if (count % 40 === 0) visits.remove(String((count / 40) % 20));
	forgetful.inc();
	if (count % 1_000 === 0) forgetful.reset();
	requestSize.observe(path.length - 10);
	pathLength.observe(path.length);
	return processRequest(request);
}
