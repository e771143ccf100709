import { describe, expect, it } from 'vitest';
import { labels } from '#engine/model';
import { Head } from '#engine/tsdb';

function cardinalityHead(): Head {
	const head = new Head();
	const appender = head.appender();
	for (const time of [1000, 2000, 3000]) {
		appender.begin(time);
		for (const user of ['1', '2', '3']) {
			appender.add(appender.ref(labels({ __name__: 'logins', job: 'a', user })), 1);
		}
		appender.add(appender.ref(labels({ __name__: 'up', job: 'a' })), 1);
		appender.commit();
	}
	return head;
}

describe('stats', () => {
	it('counts series, label pairs, samples, and the span of time', () => {
		expect(cardinalityHead().stats()).toMatchObject({
			numSeries: 4,
			numLabelPairs: 6,
			samples: 12,
			minTime: 1000,
			maxTime: 3000
		});
	});

	it('lists what has the most series, values and bytes', () => {
		const stats = cardinalityHead().stats();
		expect(stats.seriesCountByMetricName).toEqual([
			{ name: 'logins', value: 3 },
			{ name: 'up', value: 1 }
		]);
		expect(stats.labelValueCountByLabelName).toEqual([
			{ name: 'user', value: 3 },
			{ name: '__name__', value: 2 },
			{ name: 'job', value: 1 }
		]);
		expect(stats.seriesCountByLabelValuePair.slice(0, 2)).toEqual([
			{ name: 'job=a', value: 4 },
			{ name: '__name__=logins', value: 3 }
		]);
		expect(stats.memoryInBytesByLabelName).toEqual([
			{ name: '__name__', value: 3 * (9 + 7) + (9 + 3) },
			{ name: 'job', value: 4 * (4 + 2) },
			{ name: 'user', value: 3 * (5 + 2) }
		]);
		expect(cardinalityHead().stats(1).labelValueCountByLabelName).toEqual([
			{ name: 'user', value: 3 }
		]);
	});

	it('of an empty head have no time', () => {
		expect(new Head().stats()).toMatchObject({
			numSeries: 0,
			minTime: undefined,
			maxTime: undefined,
			bytes: 0
		});
	});

	it('do not count what is not committed, nor staleness markers', () => {
		const head = cardinalityHead();
		const appender = head.appender();
		appender.begin(9000);
		appender.markStale(appender.ref(labels({ __name__: 'up', job: 'a' })));
		appender.add(appender.ref(labels({ __name__: 'new' })), 1);
		expect(head.stats()).toMatchObject({ samples: 12, maxTime: 3000 });
		appender.commit();
		expect(head.stats()).toMatchObject({ samples: 13, maxTime: 9000 });
	});
});
