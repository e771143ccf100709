import fc from 'fast-check';
import type { Piece, QueryTree } from '../query-tree.ts';
import { form, oneOf, weighted, type Tie } from './form.ts';
import { quantile } from './scalars.ts';

const BUCKETS = [
	'rate(lat_bucket[5m])',
	'sum by (le) (rate(lat_bucket[2m]))',
	'lat_bucket',
	'sum by (le, job) (increase(lat_bucket[3m]))',
	'delta(lat_bucket[1m])'
];

const BOUNDS = ['0', '0.2', '-Inf', '1', '3', 'Inf', '0.5', '-1', 'NaN'];

/** Quantiles and fractions of classic histograms. */
export function classicHistogramCall(tie: Tie): fc.Arbitrary<QueryTree> {
	const buckets = form('vector', oneOf(...BUCKETS));
	return histogramFunctions(tie, buckets);
}

function histogramFunctions(tie: Tie, of: fc.Arbitrary<QueryTree>): fc.Arbitrary<QueryTree> {
	const bound = oneOf<Piece>(...BOUNDS);
	return weighted(
		[3, form('vector', 'histogram_quantile(', quantile(tie), ', ', of, ')')],
		[2, form('vector', 'histogram_fraction(', bound, ', ', bound, ', ', of, ')')],
		[
			1,
			form(
				'vector',
				'histogram_quantiles(',
				of,
				', ',
				oneOf('"q"', '"le"', '"job"'),
				', ',
				quantile(tie),
				', ',
				oneOf('0.9', '0.5'),
				')'
			)
		]
	);
}

const HISTOGRAM_VECTORS = [
	'nh',
	'nhcb',
	'nhg',
	'mix',
	'rate(nh[5m])',
	'increase(nhcb[2m])',
	'sum by (job) (rate(nh[3m]))',
	'avg(nhcb)',
	'sum(nh)',
	'rate(nhcb[4m])'
];

/** What can be done with native histograms. */
export function histogramCall(tie: Tie): fc.Arbitrary<QueryTree> {
	const some = form('vector', oneOf(...HISTOGRAM_VECTORS));
	const of = fc.oneof({ weight: 3, arbitrary: some }, { weight: 1, arbitrary: tie('vector') });
	const reductions = oneOf(
		'histogram_count',
		'histogram_sum',
		'histogram_avg',
		'histogram_stddev',
		'histogram_stdvar'
	);
	const op = oneOf(' + ', ' - ', ' * ', ' / ', ' == ', ' != ', ' </ ', ' >/ ', ' > ');
	const trim = oneOf<Piece>('0', '1', '2.5', '-1', '0.3', 'Inf', '-Inf');
	return weighted(
		[3, histogramFunctions(tie, of)],
		[2, form('vector', reductions, '(', of, ')')],
		[1, form('vector', '(', some, op, some, ')')],
		[1, form('vector', '(', some, op, tie('scalar'), ')')],
		[1, form('vector', '(', some, oneOf(' </ ', ' >/ '), trim, ')')]
	);
}
