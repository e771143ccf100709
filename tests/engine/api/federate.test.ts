import { describe, expect, it } from 'vitest';
import { federate } from '#engine/api';
import { labels, type Timestamp } from '#engine/model';
import { Head } from '#engine/tsdb';
import { T } from './support.ts';

const MINUTE = 60_000;

function head(): Head {
	const store = new Head();
	const appender = store.appender();
	const of = (name: string, rest: Record<string, string> = {}) =>
		appender.ref(labels({ __name__: name, ...rest }));
	const [old, gone, b, a] = [
		of('old'),
		of('gone'),
		of('b', { instance: 'i' }),
		of('a', { zone: 'z' })
	];
	appender.begin(T - 5 * MINUTE - 1);
	appender.add(old, 1);
	appender.commit();
	appender.begin(T - MINUTE);
	for (const ref of [gone, b, a]) appender.add(ref, 1);
	appender.commit();
	appender.begin(T);
	appender.markStale(gone);
	appender.add(b, 2);
	appender.commit();
	return store;
}

const ALL = ['{__name__=~".+"}'];
const lines = (match: readonly string[], now: Timestamp = T) => {
	const found = federate(head(), match, now);
	if (found.status === 'error') return found;
	return found.data.flatMap(({ name, type, samples }) =>
		samples.map(({ labels, value, timestamp }) => [name, type, labels.join(), value, timestamp])
	);
};

describe('federation', () => {
	it('gives the newest sample of each series that has not ended, by metric', () => {
		expect(lines(ALL)).toEqual([
			['a', 'untyped', 'zone,z,instance,', 1, T - MINUTE],
			['b', 'untyped', 'instance,i', 2, T]
		]);
	});

	it('looks back five minutes and not ahead', () => {
		expect(lines(['old'], T - 1)).toEqual([['old', 'untyped', 'instance,', 1, T - 5 * MINUTE - 1]]);
		expect(lines(['b'], T - 1)).toEqual([['b', 'untyped', 'instance,i', 1, T - MINUTE]]);
	});

	it('gives a series once, however many selectors find it', () => {
		expect(lines(['a', '{zone="z"}', 'nosuch'])).toHaveLength(1);
		expect(lines([])).toEqual([]);
	});

	it('is refused for a selector that does not parse', () => {
		expect(lines(['a', 'b{'])).toEqual({
			status: 'error',
			errorType: 'bad_data',
			error: '1:3: parse error: unexpected end of input inside braces'
		});
	});
});
