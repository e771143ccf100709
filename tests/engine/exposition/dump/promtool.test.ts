import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { readOpenMetricsDump, writeOpenMetricsDump } from '#engine/exposition';
import { compareLabels, type MetricMetadata, type SeriesColumns } from '#engine/model';
import { testWithPromtool } from '../../../promtool.ts';
import { contentOf, seriesOf } from './series.ts';

/** What promtool makes blocks of, and then says is in them. Fails the test when it complains. */
function throughPromtool(dump: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'promenade-dump-'));
	try {
		const file = join(folder, 'dump.om');
		const blocks = join(folder, 'blocks');
		writeFileSync(file, dump);
		// Older versions of promtool do not dump without one.
		mkdirSync(join(blocks, 'wal'), { recursive: true });
		promtool('create-blocks-from', 'openmetrics', '--quiet', file, blocks);
		return promtool('dump', blocks);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

function promtool(...args: string[]): string {
	const { status, stdout, stderr } = spawnSync('promtool', ['tsdb', ...args], { encoding: 'utf8' });
	expect(status, stderr).toBe(0);
	return stdout;
}

/** The samples that promtool dumps, one in a line: labels in braces, value, milliseconds. */
function readPromtool(text: string): Map<string, [number, number][]> {
	const all = new Map<string, [number, number][]>();
	for (const line of text.split('\n').filter((one) => one !== '')) {
		const [, labels = '', value = '', time = ''] = /^(.*) (\S+) (\S+)$/.exec(line) ?? [];
		const samples = all.get(labels) ?? [];
		samples.push([Number(time), Number(value.replace('Inf', 'Infinity'))]);
		all.set(labels, samples);
	}
	return all;
}

/** A label set as Go prints it. */
function print(labels: readonly string[]): string {
	const pairs = [];
	for (let i = 0; i < labels.length; i += 2) {
		pairs.push(`${labels[i]}=${JSON.stringify(labels[i + 1])}`);
	}
	return `{${pairs.join(', ')}}`;
}

function check(
	series: readonly SeriesColumns[],
	metadata?: ReadonlyMap<string, MetricMetadata>
): void {
	const dump = [...writeOpenMetricsDump(series, metadata)].join('');
	const expected = new Map(series.map(contentOf).map(([labels, all]) => [print(labels), all]));
	expect(readPromtool(throughPromtool(dump))).toEqual(expected);
	const read = readOpenMetricsDump(new TextEncoder().encode(dump));
	if (!read.ok) throw new Error(JSON.stringify(read.problems));
	const byLabels = (all: readonly SeriesColumns[]) =>
		[...all].sort((a, b) => compareLabels(a.labels, b.labels)).map(contentOf);
	expect(byLabels(read.series)).toEqual(byLabels(series));
}

const NOON = Date.UTC(2026, 0, 1, 12);

testWithPromtool(
	'promtool makes blocks of a dump: counters, histograms, what is not finite',
	async () => {
		const rows = (of: (n: number) => number) =>
			Object.fromEntries(Array.from({ length: 40 }, (_, n) => [NOON + n * 15_007, of(n)]));
		const metadata = (type: MetricMetadata['type']) => ({ type, help: 'H "h" \\.', unit: '' });
		check(
			[
				seriesOf(
					{ __name__: 'x_total', path: '/"a"\\' },
					rows((n) => n)
				),
				seriesOf(
					{ __name__: 'x_total', path: '/\n' },
					rows((n) => n / 3)
				),
				seriesOf(
					{ __name__: 'bare' },
					rows((n) => -n)
				),
				...['0.1', '1.0', '+Inf'].map((le) =>
					seriesOf(
						{ __name__: 'h_bucket', le },
						rows((n) => n * Number(le.replace('+Inf', '9')))
					)
				),
				seriesOf(
					{ __name__: 'h_count' },
					rows((n) => n * 9)
				),
				seriesOf(
					{ __name__: 'h_sum' },
					rows((n) => n * 1e-9)
				),
				seriesOf({ __name__: 'odd' }, { [NOON]: NaN, [NOON + 1]: Infinity, [NOON + 2]: -Infinity })
			],
			new Map([
				['x_total', metadata('counter')],
				['bare', metadata('counter')],
				['h', metadata('histogram')]
			])
		);
	}
);

const name = fc.constantFrom('a', 'b_total', 'c_sum', 'd:e');
const samples = fc.dictionary(
	fc.integer({ min: NOON, max: NOON + 7_200_000 }).map(String),
	fc.oneof(fc.double({ noNaN: true }), fc.integer()).map((value) => value + 0),
	{ minKeys: 1, maxKeys: 6 }
);
const series = fc
	.tuple(
		name,
		fc.dictionary(fc.constantFrom('x', 'y', 'le'), fc.constantFrom('1', 'b c'), {}),
		samples
	)
	.map(([metric, labels, values]) => seriesOf({ ...labels, __name__: metric }, values));
const many = fc.uniqueArray(series, {
	minLength: 1,
	maxLength: 8,
	selector: ({ labels }) => labels.join('\0')
});

testWithPromtool(
	'promtool makes blocks of random dumps, and they hold the same samples',
	async () => {
		for (const all of fc.sample(many, { seed: 1, numRuns: 8 })) check(all);
	}
);
