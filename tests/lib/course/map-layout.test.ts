import { expect, test } from 'vitest';
import { layOut } from '../../../src/lib/course/map-layout.ts';

const CHAPTERS = [
	{ slug: 'pull', after: [] },
	{ slug: 'types', after: ['pull'] },
	{ slug: 'labels', after: ['types'] },
	{ slug: 'rates', after: ['pull'] },
	{ slug: 'latency', after: ['types', 'rates'] }
];

test('each chapter lies to the right of all that it builds on', () => {
	const { stations, columns, rows } = layOut(CHAPTERS);
	expect([columns, rows]).toEqual([3, 2]);
	expect(stations.map(({ slug, column, y }) => [slug, column, y])).toEqual([
		['pull', 0, 0.5],
		['types', 1, 0.25],
		['rates', 1, 0.75],
		['labels', 2, 0.25],
		['latency', 2, 0.75]
	]);
});

test('there is a way for each chapter that is built on', () => {
	const ways = layOut(CHAPTERS).ways.map(({ from, to }) => `${from.slug} ${to.slug}`);
	expect(ways).toEqual([
		'pull types',
		'types labels',
		'pull rates',
		'types latency',
		'rates latency'
	]);
});

test('a chapter that is not there leaves the others where they can be', () => {
	const { stations, ways } = layOut([{ slug: 'rates', after: ['pull'] }]);
	expect(stations).toEqual([{ slug: 'rates', column: 0, y: 0.5 }]);
	expect(ways).toEqual([]);
});
