import { describe, expect, it } from 'vitest';
import { ranked, windowsAfter } from '$lib/editor/completion-order.ts';

describe('windowsAfter', () => {
	it.each(['rate(up[', 'up{job="shop"}[', 'max_over_time(rate(up[1m])['])(
		'%s offers windows',
		(text) =>
			expect(windowsAfter(text).map(({ label }) => label)).toEqual(['1m', '5m', '15m', '1h'])
	);

	it.each(['', 'up', 'up{job=~"[', 'up[5', 'up[5m]'])('%j offers none', (text) =>
		expect(windowsAfter(text)).toEqual([])
	);
});

describe('ranked', () => {
	const counter = { label: 'http_requests_total', type: 'constant', detail: 'counter' };
	const gauge = { label: 'active_connections', type: 'constant', detail: 'gauge' };

	it.each(['rate(', 'sum(increase( http_r', 'irate(h'])('%s puts counters first', (before) => {
		expect(ranked(counter, before).boost).toBe(99);
		expect(ranked(gauge, before)).toBe(gauge);
	});

	it.each(['', 'sum(', 'rate(up[5m]) + ', 'my_rate('])('%j leaves them alone', (before) => {
		expect(ranked(counter, before)).toBe(counter);
	});

	it('puts minutes before the other units of a window', () => {
		const units = ['d', 'h', 'm', 'ms', 's', 'w', 'y'].map((label) =>
			ranked({ label }, 'rate(x[5')
		);
		const order = units.sort((a, b) => (b.boost ?? 0) - (a.boost ?? 0)).map(({ label }) => label);
		expect(order).toEqual(['m', 's', 'h', 'd', 'w', 'ms', 'y']);
		expect(ranked({ label: 'm' }, 'sum(').boost).toBeUndefined();
	});

	it('puts __name__ last among labels', () => {
		expect(ranked({ label: '__name__', type: 'constant' }, 'sum by (').boost).toBe(-99);
	});
});
