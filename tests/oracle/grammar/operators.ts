import fc from 'fast-check';
import type { Parts } from '../parts.ts';
import type { QueryTree } from '../query-tree.ts';
import { form, oneOf, weighted, type Tie } from './form.ts';

/** Operators that give a number. */
export const ARITHMETIC = ['+', '-', '*', '/', '%', '^', 'atan2'];

const COMPARISONS = ['==', '!=', '<', '>', '<=', '>='];

/** Comparisons as they may stand between scalars. */
export const COMPARISONS_BOOL = COMPARISONS.map((op) => `${op} bool`);

/** A vector compared with a scalar. */
export function comparisonWithScalar(tie: Tie): fc.Arbitrary<QueryTree> {
	const op = oneOf(...COMPARISONS, ...COMPARISONS_BOOL);
	return eitherWay(tie, op);
}

/** A vector and a scalar, or a sign. */
export function arithmeticWithScalar(tie: Tie): fc.Arbitrary<QueryTree> {
	return fc.oneof(
		eitherWay(tie, oneOf(...ARITHMETIC, '</', '>/')),
		form('vector', oneOf('-', '+'), '(', tie('vector'), ')')
	);
}

function eitherWay(tie: Tie, op: fc.Arbitrary<string>): fc.Arbitrary<QueryTree> {
	const sign = op.map((text) => ` ${text} `);
	return weighted(
		[2, form('vector', '(', tie('vector'), sign, tie('scalar'), ')')],
		[1, form('vector', '(', tie('scalar'), sign, tie('vector'), ')')]
	);
}

/** An operator between vectors, with all ways of matching. */
export function vectorMatching(tie: Tie, parts: Parts): fc.Arbitrary<QueryTree> {
	const op = oneOf(...ARITHMETIC, '+', '-', '*', '/', ...COMPARISONS, ...COMPARISONS_BOOL);
	const filled = parts.has('fill') ? fill() : form('modifier', '');
	return form('vector', '(', tie('vector'), ' ', op, matching(), filled, ' ', tie('vector'), ')');
}

function matching(): fc.Arbitrary<QueryTree> {
	return form(
		'modifier',
		oneOf(
			'',
			'',
			' on (job, instance)',
			' ignoring (code)',
			' ignoring (code) group_left ()',
			' on (job) group_left (instance)',
			' on (instance, job) group_right ()',
			' on (job, instance) group_left (code)',
			' on (job, instance) group_right (code, version)',
			' on (job)',
			' ignoring (le) group_left ()',
			' ignoring (le, code, version, zone) group_left (zone)',
			' on () group_left ()',
			' on (job, instance, __name__)'
		)
	);
}

function fill(): fc.Arbitrary<QueryTree> {
	return form(
		'modifier',
		oneOf(
			'',
			'',
			'',
			' fill (0)',
			' fill (-1.5)',
			' fill_left (3)',
			' fill_right (NaN)',
			' fill_left (1) fill_right (2)',
			' fill (Inf)'
		)
	);
}

/** and, or, unless. */
export function setOperation(tie: Tie): fc.Arbitrary<QueryTree> {
	const op = oneOf(' and ', ' or ', ' unless ');
	const on = form(
		'modifier',
		oneOf(
			'',
			'',
			'on (job) ',
			'on (job, instance) ',
			'ignoring (code) ',
			'on () ',
			'ignoring (__name__, le) '
		)
	);
	return form('vector', '(', tie('vector'), op, on, tie('vector'), ')');
}
