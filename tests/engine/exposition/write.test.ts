import { expect, test } from 'vitest';
import { formatOpenMetrics, formatText } from '#engine/exposition';
import type { MetricFamily } from '#engine/model';

const counter: MetricFamily = {
	name: 'requests_total',
	type: 'counter',
	help: 'With "quotes", a \\ and\na second line.',
	unit: '',
	samples: [
		{ name: 'requests_total', labels: ['path', 'C:\\new "x"\n'], value: 3 },
		{ name: 'requests_total', labels: [], value: 0.5, timestamp: 1500 }
	]
};
const odd: MetricFamily = {
	name: 'my.metric',
	type: 'unknown',
	help: '',
	samples: [
		{ name: 'my.metric', labels: ['a b', '1'], value: Infinity },
		{ name: 'my.metric', labels: [], value: NaN },
		{ name: 'my.metric', labels: ['c', ''], value: -1e21 }
	]
};
const info: MetricFamily = {
	name: 'build_info',
	type: 'info',
	help: 'B.',
	samples: [{ name: 'build_info', labels: ['version', '1'], value: 1 }]
};
const duration: MetricFamily = {
	name: 'd_seconds',
	type: 'gauge',
	help: 'D.',
	unit: 'seconds',
	samples: []
};

test('formatText writes the text format', () => {
	expect(formatText([counter, odd, info, duration])).toBe(
		[
			'# HELP requests_total With "quotes", a \\\\ and\\na second line.',
			'# TYPE requests_total counter',
			'requests_total{path="C:\\\\new \\"x\\"\\n"} 3',
			'requests_total 0.5 1500',
			'# HELP "my.metric" ',
			'# TYPE "my.metric" untyped',
			'{"my.metric","a b"="1"} +Inf',
			'{"my.metric"} NaN',
			'{"my.metric",c=""} -1e+21',
			'# HELP build_info B.',
			'# TYPE build_info gauge',
			'build_info{version="1"} 1',
			'# HELP d_seconds D.',
			'# TYPE d_seconds gauge',
			''
		].join('\n')
	);
});

test('formatOpenMetrics writes OpenMetrics', () => {
	expect(formatOpenMetrics([counter, odd, info, duration])).toBe(
		[
			'# HELP requests With \\"quotes\\", a \\\\ and\\na second line.',
			'# TYPE requests counter',
			'requests_total{path="C:\\\\new \\"x\\"\\n"} 3',
			'requests_total 0.5 1.5',
			'# HELP "my.metric" ',
			'# TYPE "my.metric" unknown',
			'{"my.metric","a b"="1"} +Inf',
			'{"my.metric"} NaN',
			'{"my.metric",c=""} -1e+21',
			'# HELP build B.',
			'# TYPE build info',
			'build_info{version="1"} 1',
			'# HELP d_seconds D.',
			'# TYPE d_seconds gauge',
			'# UNIT d_seconds seconds',
			'# EOF',
			''
		].join('\n')
	);
});

test('no families make an empty page', () => {
	expect(formatText([])).toBe('');
	expect(formatOpenMetrics([])).toBe('# EOF\n');
});

test('in OpenMetrics a counter without _total is unknown', () => {
	const bare: MetricFamily = { ...counter, name: 'requests', help: '', samples: [] };
	expect(formatOpenMetrics([bare])).toBe('# HELP requests \n# TYPE requests unknown\n# EOF\n');
	expect(formatText([bare])).toBe('# HELP requests \n# TYPE requests counter\n');
});
