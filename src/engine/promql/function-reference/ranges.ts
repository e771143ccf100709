import { exampleAt, type ReferenceText, type ReferenceTexts } from './reference-text.ts';

const COUNTER = { v: 'samples of a counter over a range' };
const GAUGE = { v: 'samples of a gauge over a range' };
const SAMPLES = { v: 'samples over a range' };

const REQUESTS = 'http_requests_total{job="shop"} 0+60x10';
const QUEUE = 'queue_length{job="shop"} 2 8 5 5 0';

export const CHANGE_TEXTS: ReferenceTexts = {
	rate: {
		params: COUNTER,
		about:
			'How fast a counter rises, per second, on average over the range. The increase between the first and the last sample in the range is taken, with what was lost at resets put back, stretched to the whole range and divided by its seconds.',
		trap: 'First rate, then sum: in a sum the restart of one process can no longer be seen. The range has to hold two samples at least, so take four times the scrape interval. And the first value of a new series does not count: an increase from nothing to 1 is not seen.',
		histograms: 'taken',
		example: exampleAt('10m', [REQUESTS], 'rate(http_requests_total[5m])', '{job="shop"} 1')
	},
	increase: {
		params: COUNTER,
		about: 'By how much a counter rises over the range: `rate()` times the seconds of the range.',
		trap: 'It is stretched to the whole range, so the increase of a whole number is often no whole number. With one event per range expect something like 1.25.',
		histograms: 'taken',
		example: exampleAt(
			'4m',
			['errors_total{job="shop"} 5 5 5 6 6'],
			'increase(errors_total[4m])',
			'{job="shop"} 1.3333333333333333'
		)
	},
	irate: {
		params: { v: 'samples of a counter over a range, of which only the last two count' },
		about:
			'How fast a counter rises, per second, between the last two samples in the range. It follows quick changes that `rate()` would average away.',
		trap: 'However long the range, it only says how far back to look for two samples. In an alert it makes the condition come and go with every scrape.',
		histograms: 'taken',
		example: exampleAt(
			'4m',
			['http_requests_total{job="shop"} 0 60 120 180 480'],
			'irate(http_requests_total[5m])',
			'{job="shop"} 5'
		)
	},
	delta: {
		params: GAUGE,
		about:
			'The difference between the last and the first sample in the range, stretched to the whole range. A fall is a fall: there are no resets.',
		trap: 'It is for gauges. At the restart of a counter it would fall by all that was counted; there it is `increase()`.',
		histograms: 'taken',
		example: exampleAt(
			'5m',
			['temperature{room="cellar"} 10 11 12 13 14 15'],
			'delta(temperature[5m])',
			'{room="cellar"} 5'
		)
	},
	idelta: {
		params: { v: 'samples of a gauge over a range, of which only the last two count' },
		about: 'The difference between the last two samples in the range, as it is.',
		trap: 'It is not per second, and for gauges. Of a counter take `irate()`.',
		histograms: 'taken',
		example: exampleAt('4m', [QUEUE], 'idelta(queue_length[5m])', '{job="shop"} -5')
	},
	deriv: {
		params: GAUGE,
		about:
			'The slope of a gauge, per second: of the straight line that fits all samples in the range best (least squares). One odd sample weighs less than it does in `delta()`.',
		trap: 'It is for gauges: a counter that is reset looks like a steep fall.',
		histograms: 'left out',
		example: exampleAt(
			'10m',
			['disk_free_bytes{host="a"} 10000-60x10'],
			'deriv(disk_free_bytes[5m])',
			'{host="a"} -1'
		)
	},
	predict_linear: {
		params: { v: 'samples of a gauge over a range', t: 'how many seconds ahead of the evaluation' },
		about:
			'What a gauge will be in some seconds if it goes on along the straight line that fits the samples in the range best. Below zero means that the disk is full by then.',
		trap: 'The range decides what a trend is: over ten minutes a log rotation looks like a disaster. It counts from the moment of evaluation, not from the last sample.',
		histograms: 'left out',
		example: exampleAt(
			'10m',
			['disk_free_bytes{host="a"} 10000-60x10'],
			'predict_linear(disk_free_bytes[10m], 3600)',
			'{host="a"} 5800'
		)
	},
	double_exponential_smoothing: {
		params: {
			v: 'samples of a gauge over a range',
			sf: 'smoothing factor, 0 to 1: the lower, the more the past counts',
			tf: 'trend factor, 0 to 1: the higher, the more the latest trend counts'
		},
		about:
			'A gauge with its noise smoothed away, following its trend (Holt’s method). In Prometheus 2 it was called `holt_winters`, which is something else.',
		trap: 'Both factors have to be between 0 and 1, or the query fails.',
		histograms: 'left out',
		example: exampleAt(
			'10m',
			['temperature{room="cellar"} 10+1x10'],
			'double_exponential_smoothing(temperature[5m], 0.5, 0.5)',
			'{room="cellar"} 20'
		)
	},
	changes: {
		params: SAMPLES,
		about: 'How often a value differs from the one before it in the range.',
		trap: 'A change and back again between two scrapes is not seen.',
		histograms: 'taken',
		example: exampleAt('4m', [QUEUE], 'changes(queue_length[5m])', '{job="shop"} 3')
	},
	resets: {
		params: COUNTER,
		about:
			'How often a counter falls in the range: so often its process was started again. A histogram counts as reset when any of its buckets falls.',
		trap: 'It is for counters: of a gauge it counts every fall.',
		histograms: 'taken',
		example: exampleAt(
			'5m',
			['http_requests_total{job="shop"} 10 20 3 9 1 5'],
			'resets(http_requests_total[10m])',
			'{job="shop"} 2'
		)
	}
};

function overTime(
	about: string,
	name: string,
	result: string,
	histograms: ReferenceText['histograms'],
	trap?: string
): ReferenceText {
	const labels = /first|last/.test(name) && !name.startsWith('ts_') ? 'queue_length' : '';
	return {
		params: SAMPLES,
		about,
		...(trap ? { trap } : {}),
		histograms,
		example: exampleAt(
			'4m',
			[QUEUE],
			`${name}(queue_length[5m])`,
			`${labels}{job="shop"} ${result}`
		)
	};
}

export const OVER_TIME_TEXTS: ReferenceTexts = {
	avg_over_time: overTime(
		'The mean of the samples in the range.',
		'avg_over_time',
		'4',
		'taken',
		'It is along time, for each series; the mean over series is `avg()`. Every sample weighs the same, however far apart they are.'
	),
	min_over_time: overTime('The least sample in the range.', 'min_over_time', '0', 'left out'),
	max_over_time: overTime(
		'The greatest sample in the range. In a graph over a long time it keeps the peaks that lie between two steps.',
		'max_over_time',
		'8',
		'left out',
		'What happens between two scrapes it can not know.'
	),
	sum_over_time: overTime(
		'The sum of the samples in the range. For gauges that count something anew in each scrape.',
		'sum_over_time',
		'20',
		'taken',
		'Of a counter it means nothing: there it is `increase()`.'
	),
	count_over_time: overTime(
		'How many samples are in the range. It shows lost scrapes.',
		'count_over_time',
		'5',
		'taken',
		'When there are none the result is nothing, not 0.'
	),
	stddev_over_time: overTime(
		'How far the samples in the range scatter about their mean: the standard deviation of the population.',
		'stddev_over_time',
		'2.756809750418044',
		'left out'
	),
	stdvar_over_time: overTime(
		'The variance of the samples in the range: the standard deviation squared.',
		'stdvar_over_time',
		'7.6',
		'left out'
	),
	last_over_time: overTime(
		'The newest sample in the range. It sees a series that is scraped less often than every five minutes, or has just gone.',
		'last_over_time',
		'0',
		'taken',
		'It also shows what has ended: within the range a staleness marker does not count.'
	),
	first_over_time: overTime(
		'The oldest sample in the range.',
		'first_over_time',
		'2',
		'taken',
		'`x offset 5m` is something else: the newest sample before that moment, also from further back.'
	),
	present_over_time: overTime(
		'1 for each series that has a sample in the range.',
		'present_over_time',
		'1',
		'taken'
	),
	quantile_over_time: {
		params: { φ: 'which quantile, 0 to 1; 0.5 is the median', ...SAMPLES },
		about:
			'The value below which the share φ of the samples in the range lies; between two samples it is found along a straight line.',
		trap: 'It is a quantile of scraped values, not of what happened between them. For latencies there is `histogram_quantile()`.',
		histograms: 'left out',
		example: exampleAt('4m', [QUEUE], 'quantile_over_time(0.5, queue_length[5m])', '{job="shop"} 5')
	},
	mad_over_time: overTime(
		'The median of the distances from the median: how far samples in the range scatter, without an outlier making much of a difference.',
		'mad_over_time',
		'3',
		'left out'
	),
	absent_over_time: {
		params: SAMPLES,
		about:
			'1 when no series has any sample in the range, else nothing. It gets the labels that the selector asks for with `=`.',
		trap: 'It says that all are missing, and not which one.',
		histograms: 'taken',
		example: exampleAt(
			'10m',
			['up{job="shop"} 1x10'],
			'absent_over_time(up{job="billing"}[5m])',
			'{job="billing"} 1'
		)
	},
	ts_of_first_over_time: overTime(
		'When the oldest sample in the range was taken, in Unix seconds.',
		'ts_of_first_over_time',
		'0',
		'taken'
	),
	ts_of_last_over_time: overTime(
		'When the newest sample in the range was taken, in Unix seconds.',
		'ts_of_last_over_time',
		'240',
		'taken'
	),
	ts_of_min_over_time: overTime(
		'When the least sample in the range was taken, in Unix seconds; the last one when there are several.',
		'ts_of_min_over_time',
		'240',
		'left out'
	),
	ts_of_max_over_time: overTime(
		'When the greatest sample in the range was taken, in Unix seconds; the last one when there are several.',
		'ts_of_max_over_time',
		'60',
		'left out'
	)
};
