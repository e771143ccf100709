import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	compareLabels,
	formatLabels,
	labels,
	labelsKey,
	labelValue,
	matcherTest,
	type Labels,
	type Matcher
} from '#engine/model';
import { Head } from '#engine/tsdb';

function headOf(...records: Readonly<Record<string, string>>[]): Head {
	const head = new Head();
	const appender = head.appender();
	appender.begin(0);
	for (const record of records) appender.add(appender.ref(labels(record)), 1);
	appender.commit();
	return head;
}

const SHOP = headOf(
	{ __name__: 'up', job: 'shop', instance: 'a' },
	{ __name__: 'up', job: 'shop', instance: 'b' },
	{ __name__: 'up', job: 'bank', instance: 'c', zone: 'eu' },
	{ __name__: 'requests_total', job: 'shop', instance: 'a', code: '200' },
	{ __name__: 'requests_total', job: 'shop', instance: 'a', code: '404' },
	{ __name__: 'requests_total', job: 'shop', instance: 'b', code: '500' }
);

function check(matchers: readonly [string, Matcher['type'], string][], expected: string[]): void {
	const conditions = matchers.map(([name, type, value]) => ({ name, type, value }));
	const found = SHOP.select(conditions, 0, 1).map((series) => formatLabels(series.labels));
	expect(found).toEqual(expected);
	expect(SHOP.series(conditions, 0, 1).map(formatLabels)).toEqual(expected);
}

const UP = [
	'up{instance="a", job="shop"}',
	'up{instance="b", job="shop"}',
	'up{instance="c", job="bank", zone="eu"}'
];
const R200 = 'requests_total{code="200", instance="a", job="shop"}';
const R404 = 'requests_total{code="404", instance="a", job="shop"}';
const R500 = 'requests_total{code="500", instance="b", job="shop"}';

describe('select', () => {
	it('finds by equality', () => {
		check([['__name__', '=', 'up']], UP);
		check([['__name__', '=', 'down']], []);
		check([['nothing', '=', 'up']], []);
	});

	it('intersects conditions', () => {
		check(
			[
				['__name__', '=', 'up'],
				['job', '=', 'shop'],
				['instance', '!=', 'a']
			],
			[UP[1]!]
		);
		check(
			[
				['job', '=', 'bank'],
				['code', '=', '200']
			],
			[]
		);
	});

	it('finds by expression, literal or not', () => {
		check([['code', '=~', '200|404|999']], [R200, R404]);
		check([['code', '=~', '[45]..']], [R404, R500]);
		check([['code', '=~', '.+']], [R200, R404, R500]);
	});

	it('counts a label that is not there as empty', () => {
		check(
			[
				['zone', '=', ''],
				['__name__', '=', 'up']
			],
			UP.slice(0, 2)
		);
		check([['zone', '!=', '']], [UP[2]!]);
		check(
			[
				['code', '!~', '2..'],
				['instance', '=', 'a']
			],
			[R404, UP[0]!]
		);
		check(
			[
				['code', '=~', '|200'],
				['instance', '=', 'a']
			],
			[R200, UP[0]!]
		);
		check(
			[
				['zone', '=~', '.*'],
				['job', '=', 'bank']
			],
			[UP[2]!]
		);
	});

	it('without conditions finds everything, sorted by labels', () => {
		check([], [...[R200, R404, R500], ...UP]);
	});

	const value = fc.constantFrom('', 'a', 'b', 'ab', 'ba', 'é', '\u{1f600}', '\uffee');
	const labelSet = fc
		.record({ __name__: fc.constantFrom('m', 'n'), x: value, y: value, z: value })
		.map(labels);
	const matcher: fc.Arbitrary<Matcher> = fc.record({
		name: fc.constantFrom('__name__', 'x', 'y', 'z', 'unknown'),
		type: fc.constantFrom('=', '!=', '=~', '!~'),
		value: fc.constantFrom('', 'a', 'b', 'm', 'a|b', 'a.*', '.*', '.+', '|a', '[^a]', 'a?', 'é|ab')
	});

	it('finds what filtering all series one by one finds, in label order, however they came', () => {
		const batches = fc.array(fc.array(labelSet, { maxLength: 12 }), { maxLength: 4 });
		fc.assert(
			fc.property(batches, fc.array(matcher, { maxLength: 4 }), (rows, matchers) => {
				const head = new Head();
				const appenders = [head.appender(), head.appender()];
				const known = new Map<string, Labels>();
				rows.forEach((sets, time) => {
					const appender = appenders[time % 2]!;
					appender.begin(time);
					for (const set of sets) {
						appender.add(appender.ref(set), 1);
						known.set(labelsKey(set), set);
					}
					appender.commit();
					const expected = [...known.values()]
						.filter((set) => matchesAll(set, matchers))
						.sort(compareLabels);
					expect(head.series(matchers, 0, time)).toEqual(expected);
					expect(head.select(matchers, 0, time).map((series) => series.labels)).toEqual(expected);
				});
			}),
			{ numRuns: 200 }
		);
	});
});

/** Whether a label set satisfies every matcher. */
function matchesAll(set: Labels, matchers: readonly Matcher[]): boolean {
	return matchers.every((matcher) => matcherTest(matcher)(labelValue(set, matcher.name)));
}
