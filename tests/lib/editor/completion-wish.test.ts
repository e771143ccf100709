import { describe, expect, it } from 'vitest';
import { isMeant, opensUnasked } from '$lib/editor/completion-wish.ts';

describe('a list of completions', () => {
	it.each([
		'r',
		'sum(ra',
		'x{',
		'x{a="',
		'x{a="b',
		'x{a="b", ',
		'sum by (',
		'sum(',
		'rate(x[',
		'x{a=~"(b'
	])('opens unasked after %s', (before) => expect(opensUnasked(before)).toBe(true));

	it.each([
		'',
		'rate(x[5m])',
		'time()',
		'x{a="b"}',
		'x ',
		'sum by (a) ',
		'x{a="b"',
		'x{a="it\\\'s"'
	])('waits to be asked after %j', (before) => expect(opensUnasked(before)).toBe(false));
});

describe('Enter', () => {
	it.each([
		['rat', 'rate'],
		['sum(http_req', 'http_requests_total'],
		['x{', 'endpoint'],
		['x{status="50', '500'],
		['sum by (', 'job'],
		['rate(x[', '1m']
	])('takes an entry after %s: %s', (before, label) => {
		expect(isMeant({ label }, before)).toBe(true);
	});

	it.each([
		['up', 'up'],
		['rate(http_requests_total[5m])', '-'],
		['rate(http_requests_total[5', 'm'],
		['sum(up) by (endpoint)', 'endpoint'],
		['x{status="500"', 'and'],
		['x{status="500', '500']
	])('runs %s as it is, whatever is selected: %s', (before, label) => {
		expect(isMeant({ label }, before)).toBe(false);
	});
});
