import { expect, test } from 'vitest';
import { escapeFamily, escapeName, type EscapingScheme } from '#engine/exposition';
import type { MetricFamily } from '#engine/model';

const SCHEMES: readonly EscapingScheme[] = ['allow-utf-8', 'underscores', 'dots', 'values'];

// What EscapeName of common/model v0.70.1 makes of them.
test.each([
	['', '', '', ''],
	['cpu_load', 'cpu_load', 'cpu__load', 'cpu_load'],
	[
		'my.west.cpu.load',
		'my_west_cpu_load',
		'my_dot_west_dot_cpu_dot_load',
		'U__my_2e_west_2e_cpu_2e_load'
	],
	['http.status:sum', 'http_status:sum', 'http_dot_status:sum', 'U__http_2e_status:sum'],
	['2label', '_label', '__label', 'U___32_label'],
	['22a', '_2a', '__2a', 'U___32_2a'],
	['花火', '__', '____', 'U___82b1__706b_'],
	['🦊_a.b', '__a_b', '____a_dot_b', 'U___1f98a___a_2e_b'],
	['a b', 'a_b', 'a__b', 'U__a_20_b'],
	['_', '_', '__', '_'],
	['a:b', 'a:b', 'a:b', 'a:b'],
	['a1.1', 'a1_1', 'a1_dot_1', 'U__a1_2e_1'],
	['\udcff', '_', '__', 'U___fffd_']
])('%j is %j, %j or %j', (name, ...expected) =>
	expect(SCHEMES.map((scheme) => escapeName(name, scheme))).toEqual([name, ...expected])
);

const family: MetricFamily = {
	name: 'my.h',
	type: 'histogram',
	help: '',
	samples: [
		{ name: 'my.h_bucket', labels: ['a.b', 'c.d', 'le', '1.0'], value: 1 },
		{ name: 'other_name', labels: ['x_y', 'z'], value: 2 }
	]
};

test('all names of a family are escaped, suffixes and values stay', () =>
	expect(escapeFamily(family, 'dots')).toEqual({
		...family,
		name: 'my_dot_h',
		samples: [
			{ name: 'my_dot_h_bucket', labels: ['a_dot_b', 'c.d', 'le', '1.0'], value: 1 },
			{ name: 'other_name', labels: ['x_y', 'z'], value: 2 }
		]
	}));

test('allow-utf-8 leaves a family as it is', () =>
	expect(escapeFamily(family, 'allow-utf-8')).toBe(family));
