import fc from 'fast-check';
import type { Parts } from '../parts.ts';
import type { QueryTree } from '../query-tree.ts';
import { DATA_END } from '../random-data.ts';
import { DEPTH, form, oneOf, weighted, type Tie } from './form.ts';

const FLOATS = [
	'req_total',
	'req_total',
	'temp',
	'small',
	'req_total',
	'sec_total',
	'temp',
	'odd',
	'small',
	'huge',
	'steady',
	'lat_bucket',
	'conf',
	'spiky',
	'typed',
	'{"http.requests"}'
];

const HISTOGRAMS = ['nh', 'nhg', 'nhcb', 'mix'];

function metrics(parts: Parts): string[] {
	const rare = [
		'nothing',
		'{__name__=~"temp|small"}',
		'{__name__=~"req_total|sec_total|nope"}',
		'{job="api",instance="0"}',
		'{"http.requests",job="web"}',
		'{"route.name"=~"a|é",instance!=""}'
	];
	const infos = parts.has('info') ? ['target_info'] : [];
	if (!parts.has('histograms')) return [...FLOATS, ...FLOATS, ...rare, ...infos];
	return [
		...FLOATS,
		...HISTOGRAMS,
		...HISTOGRAMS,
		...HISTOGRAMS,
		...rare,
		...infos,
		'{__name__=~"nh|nhcb|mix"}'
	];
}

/** An instant vector selector. */
export function selector(parts: Parts): fc.Arbitrary<QueryTree> {
	const smoothed = parts.has('extended') ? [' smoothed'] : [];
	return form(
		'vector',
		name(parts),
		form('modifier', oneOf('', '', '', '', '', '', '', '', '', ...smoothed)),
		shift(parts)
	);
}

const MATCHERS = [
	'',
	'',
	'',
	'',
	'',
	'{job="api"}',
	'{instance=~"0|1"}',
	'{instance!="2"}',
	'{job="api",instance="1"}',
	'{job!~"a.*"}',
	'{code=""}',
	'{instance=""}'
];

const CODES = ['{code="200"}', '{code!~"5.."}', '{code=~".+",job="web"}'];

/** A metric of random-data.ts, or several, mostly with matchers that fit. */
export function name(parts: Parts): fc.Arbitrary<string> {
	return oneOf(...metrics(parts)).chain((metric) => {
		if (metric.startsWith('{')) return fc.constant(metric);
		const matchers = metric === 'req_total' ? [...MATCHERS, ...CODES] : MATCHERS;
		return oneOf(...matchers).map((braces) => metric + braces);
	});
}

/** An offset, an @, both or none. */
export function shift(parts: Parts): fc.Arbitrary<QueryTree> {
	const texts = ['', '', '', '', '', '', '', ' offset 1m', ' offset -45s', ' offset 33s'];
	const bounds = [' @ start()', ' @ end()', ' @ end() offset 2m', ' offset -1m @ start()'];
	const computed = parts.has('duration-expressions')
		? [' offset (step()*2)', ' offset -(1m/4)', ' offset (range()/3)', ' offset max_of(step(),7s)']
		: [];
	const moments = fc.integer({ min: -100, max: DATA_END / 1000 });
	return weighted(
		[12, form('modifier', oneOf(...texts))],
		[2, form('modifier', oneOf(...bounds))],
		[1, form('modifier', ' @ ', moments)],
		[1, form('modifier', ' @ ', moments, oneOf(' offset 2m', ' offset -10s'))],
		[1, form('modifier', oneOf('', ...computed))]
	);
}

/** What stands in the brackets of a range. */
export function duration(parts: Parts): fc.Arbitrary<string> {
	const plain = [
		'15s',
		'29s',
		'30s',
		'1m',
		'90s',
		'2m',
		'5m',
		'7m30s',
		'10m',
		'1s',
		'90',
		'14.5',
		'3s',
		'10s',
		'999ms'
	];
	const computed = parts.has('duration-expressions')
		? ['1m+step()', 'step()*4', '2^6', 'max_of(step(),1m)', 'min_of(range(),2m)+1s', '(3m-1m)/2']
		: [];
	return oneOf(...plain, ...plain, ...computed);
}

/** A range vector selector or a subquery. */
export function range(tie: Tie, parts: Parts): fc.Arbitrary<QueryTree> {
	const resolution = oneOf('', '15s', '20s', '1m', '45s', '7s');
	return fc.oneof(
		DEPTH,
		{
			weight: 4,
			arbitrary: form('range', name(parts), '[', duration(parts), ']', shift(parts))
		},
		{
			weight: 1,
			arbitrary: form(
				'range',
				'(',
				tie('vector'),
				')[',
				duration(parts),
				':',
				resolution,
				']',
				shift(parts)
			)
		}
	);
}
