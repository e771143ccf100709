import fc from 'fast-check';
import type { Piece, QueryTree } from '../query-tree.ts';
import { form, oneOf, weighted, type Tie } from './form.ts';
import { quantile } from './scalars.ts';

/** Every aggregator, with and without grouping. */
export function aggregation(tie: Tie): fc.Arbitrary<QueryTree> {
	const simple = ['sum', 'sum', 'avg', 'min', 'max', 'count', 'group', 'stddev', 'stdvar'];
	const of = ['(', tie('vector'), ')'];
	const counts = oneOf<Piece>('1', '2', '3', '100', '0', '-1', '1.9');
	const ratios = oneOf<Piece>('0.5', '-0.5', '0.2', '1', '-1', '0', '1.5', '-2');
	return weighted(
		[10, form('vector', oneOf(...simple), grouping(), ...of)],
		[2, form('vector', 'quantile', grouping(), '(', quantile(tie), ', ', tie('vector'), ')')],
		[
			3,
			form('vector', oneOf('topk', 'bottomk'), grouping(), '(', counts, ', ', tie('vector'), ')')
		],
		[
			1,
			form(
				'vector',
				oneOf('topk', 'bottomk', 'limitk'),
				grouping(),
				'(',
				tie('scalar'),
				', ',
				tie('vector'),
				')'
			)
		],
		[
			1,
			form(
				'vector',
				'count_values',
				grouping(),
				'(',
				oneOf('"v"', '"job"', '"__name__"'),
				', ',
				tie('vector'),
				')'
			)
		],
		[1, form('vector', 'limitk', grouping(), '(', counts, ', ', tie('vector'), ')')],
		[1, form('vector', 'limit_ratio', grouping(), '(', ratios, ', ', tie('vector'), ')')]
	);
}

function grouping(): fc.Arbitrary<QueryTree> {
	return form(
		'modifier',
		oneOf(
			'',
			'',
			' by (job) ',
			' by (instance) ',
			' by (job, instance) ',
			' without (instance) ',
			' by () ',
			' without () ',
			' without (job, code) ',
			' by (le, job) ',
			' by (__name__) ',
			' without (__name__, instance) ',
			' by (nope) ',
			' by ("route.name") ',
			' without ("route.name", instance) '
		)
	);
}
