import fc from 'fast-check';
import type { Parts } from '../parts.ts';
import type { Piece, QueryTree } from '../query-tree.ts';
import { DEPTH, form, oneOf, type Tie } from './form.ts';
import { ARITHMETIC, COMPARISONS_BOOL } from './operators.ts';
import { selector } from './selectors.ts';

const QUANTILES = ['0.5', '0.9', '0.99', '0.25', '0', '1', '-1', '2', 'NaN'];

/** A φ, now and then one that is none. */
export function quantile(tie: Tie): fc.Arbitrary<Piece> {
	return fc.oneof(
		{ weight: 6, arbitrary: oneOf(...QUANTILES) },
		{ weight: 1, arbitrary: tie('scalar') }
	);
}

const NUMBERS = [
	'0',
	'1',
	'2',
	'0.5',
	'-1',
	'100',
	'NaN',
	'Inf',
	'-Inf',
	'1e-3',
	'7',
	'0x1F',
	'1e308',
	'3.7',
	'1m'
];

/** Literals, functions without a vector, and arithmetic of both. */
export function scalar(tie: Tie, parts: Parts): fc.Arbitrary<QueryTree> {
	const op = oneOf(...ARITHMETIC, ...COMPARISONS_BOOL).map((text) => ` ${text} `);
	const context = oneOf('start()', 'end()', 'range()', 'step()');
	return fc.oneof(
		DEPTH,
		{ weight: 16, arbitrary: form('scalar', oneOf(...NUMBERS)) },
		{ weight: 2, arbitrary: form('scalar', oneOf('time()', 'pi()')) },
		{ weight: 2, arbitrary: form('scalar', 'scalar(', selector(parts), ')') },
		{ weight: 2, arbitrary: form('scalar', 'scalar(', tie('vector'), ')') },
		{ weight: 2, arbitrary: form('scalar', '(', tie('scalar'), op, tie('scalar'), ')') },
		{ weight: 1, arbitrary: form('scalar', '-(', tie('scalar'), ')') },
		{ weight: 1, arbitrary: form('scalar', context) },
		{
			weight: 1,
			arbitrary: form(
				'scalar',
				oneOf('min_of', 'max_of'),
				'(',
				tie('scalar'),
				', ',
				tie('scalar'),
				')'
			)
		}
	);
}
