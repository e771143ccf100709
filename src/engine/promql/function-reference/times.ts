import {
	exampleAt,
	exampleOf,
	type Example,
	type ReferenceText,
	type ReferenceTexts
} from './reference-text.ts';

/** 29 February 2024, 13:45:00 UTC, a Thursday. */
const LEAP_DAY = 'deployed_at_seconds{app="shop"} 1709214300';

function ofDate(about: string, name: string, result: number, trap?: string): ReferenceText {
	return {
		params: { v: 'moments in Unix seconds; the moment of evaluation unless given' },
		about,
		...(trap ? { trap } : {}),
		histograms: 'left out',
		example: exampleOf([LEAP_DAY], `${name}(deployed_at_seconds)`, `{app="shop"} ${result}`)
	};
}

const UTC = 'It is UTC, whatever the time zone of whoever looks at it.';

/** A number of the query as a whole. */
function ofQuery(about: string, example: Example, trap?: string): ReferenceText {
	return { params: {}, about, ...(trap ? { trap } : {}), histograms: 'none', example };
}

export const TIME_TEXTS: ReferenceTexts = {
	time: ofQuery(
		'The moment that is evaluated, in Unix seconds: at each step of a graph another one. Subtract a timestamp metric from it to get an age.',
		exampleAt(
			'10m',
			['last_success_timestamp_seconds{job="backup"} 60x10'],
			'time() - last_success_timestamp_seconds',
			'{job="backup"} 540'
		),
		'It is not the clock of the machine that asks: in a graph of yesterday it is yesterday.'
	),
	timestamp: {
		params: { v: 'the samples' },
		about:
			'When each sample was taken, in Unix seconds. Of a selector that is the time of the scrape, so `time() - timestamp(v)` says how old the sample is.',
		trap: 'Of anything that was computed it is the moment of evaluation.',
		histograms: 'taken',
		example: exampleAt('150s', ['up{job="shop"} 1x2'], 'time() - timestamp(up)', '{job="shop"} 30')
	},
	start_timestamp: {
		params: { v: 'a selector of counters or histograms' },
		about:
			'Since when a counter has counted, in Unix seconds, as its exposition said. 0 means that it did not say.',
		trap: 'It needs the switch `use-start-timestamps` besides that of experimental functions, and gives nothing for what was computed.',
		histograms: 'taken',
		example: exampleAt(
			'2m',
			['requests_total{job="shop"}@st 0 -30s -90s', 'requests_total{job="shop"} 0 5 9'],
			'start_timestamp(requests_total)',
			'{job="shop"} 30'
		)
	},
	start: ofQuery(
		'The first moment of the query, in Unix seconds. In an instant query it is the only one.',
		exampleAt('10m', [], 'start()', '600')
	),
	end: ofQuery(
		'The last moment of the query, in Unix seconds. In an instant query it is the only one.',
		exampleAt('10m', [], 'end()', '600'),
		'After an `@` it is no function: `x @ end()` pins a selector to the end of the query, without any switch.'
	),
	range: ofQuery(
		'How many seconds there are from the start to the end of the query.',
		exampleAt('10m', [], 'range()', '0'),
		'In an instant query it is 0.'
	),
	step: ofQuery(
		'How many seconds there are from one step of the query to the next.',
		exampleAt('10m', [], 'step()', '0'),
		'In an instant query it is 0.'
	),
	minute: ofDate('The minute of the hour, 0 to 59.', 'minute', 45),
	hour: ofDate(
		'The hour of the day, 0 to 23. As a condition it keeps an alert to certain hours: `… and on () hour() >= 8 < 18`.',
		'hour',
		13,
		UTC
	),
	day_of_week: ofDate('The day of the week: 0 is Sunday, 6 is Saturday.', 'day_of_week', 4, UTC),
	day_of_month: ofDate('The day of the month, 1 to 31.', 'day_of_month', 29, UTC),
	day_of_year: ofDate('The day of the year, 1 to 366.', 'day_of_year', 60, UTC),
	days_in_month: ofDate(
		'How many days the month has, 28 to 31. With `day_of_month()` it tells how much of the month has passed.',
		'days_in_month',
		29
	),
	month: ofDate('The month of the year: 1 is January, 12 is December.', 'month', 2, UTC),
	year: ofDate('The year.', 'year', 2024, UTC)
};
