import fc from 'fast-check';
import type { Parts } from '../parts.ts';
import type { QueryTree } from '../query-tree.ts';
import { form, oneOf, weighted, type Tie, type Weighted } from './form.ts';
import { quantile } from './scalars.ts';
import { duration, name, shift } from './selectors.ts';

const WINDOW_FUNCTIONS = [
	'rate',
	'rate',
	'increase',
	'delta',
	'irate',
	'idelta',
	'deriv',
	'changes',
	'resets',
	'avg_over_time',
	'min_over_time',
	'max_over_time',
	'sum_over_time',
	'count_over_time',
	'stddev_over_time',
	'stdvar_over_time',
	'last_over_time',
	'first_over_time',
	'present_over_time',
	'absent_over_time',
	'mad_over_time',
	'ts_of_max_over_time',
	'ts_of_min_over_time',
	'ts_of_first_over_time',
	'ts_of_last_over_time'
];

const FACTORS = ['0.5', '0.1', '0.9', '0.3', '0.99'];

/** A call with a range vector. */
export function windowCall(tie: Tie, parts: Parts): fc.Arbitrary<QueryTree> {
	const calls: Weighted[] = [
		[12, form('vector', oneOf(...WINDOW_FUNCTIONS), '(', tie('range'), ')')],
		[1, form('vector', 'predict_linear(', tie('range'), ', ', tie('scalar'), ')')],
		[1, form('vector', 'quantile_over_time(', quantile(tie), ', ', tie('range'), ')')],
		[
			1,
			form(
				'vector',
				'double_exponential_smoothing(',
				tie('range'),
				', ',
				oneOf(...FACTORS, '0', '1'),
				', ',
				oneOf(...FACTORS),
				')'
			)
		]
	];
	if (parts.has('extended')) calls.push([3, extendedCall(parts)]);
	return weighted(...calls);
}

function extendedCall(parts: Parts): fc.Arbitrary<QueryTree> {
	const window = [name(parts), '[', duration(parts), ']'];
	return fc.oneof(
		form(
			'vector',
			oneOf('rate', 'increase', 'delta', 'resets', 'changes'),
			'(',
			...window,
			' anchored',
			shift(parts),
			')'
		),
		form(
			'vector',
			oneOf('rate', 'increase', 'delta'),
			'(',
			...window,
			' smoothed',
			shift(parts),
			')'
		)
	);
}
