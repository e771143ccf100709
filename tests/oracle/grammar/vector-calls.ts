import fc from 'fast-check';
import type { QueryTree } from '../query-tree.ts';
import { form, oneOf, weighted, type Tie } from './form.ts';

const MATHS = [
	'abs',
	'ceil',
	'floor',
	'sgn',
	'sqrt',
	'round',
	'deg',
	'rad',
	'exp',
	'ln',
	'log2',
	'log10',
	'sin',
	'cos',
	'tan',
	'asin',
	'acos',
	'atan',
	'sinh',
	'cosh',
	'tanh',
	'asinh',
	'acosh',
	'atanh'
];

const DATES = [
	'hour',
	'minute',
	'day_of_week',
	'day_of_month',
	'day_of_year',
	'days_in_month',
	'month',
	'year'
];

const OTHERS = ['timestamp', 'start_timestamp', 'absent', 'sort', 'sort_desc', 'timestamp'];

/** A call with an instant vector, or with a date that is now. */
export function vectorCall(tie: Tie): fc.Arbitrary<QueryTree> {
	return weighted(
		[4, form('vector', oneOf(...MATHS), '(', tie('vector'), ')')],
		[2, form('vector', oneOf(...OTHERS), '(', tie('vector'), ')')],
		[1, form('vector', oneOf(...DATES), '(', tie('vector'), ')')],
		[0.3, form('vector', oneOf(...DATES), '()')],
		[1, form('vector', 'clamp(', tie('vector'), ', ', tie('scalar'), ', ', tie('scalar'), ')')],
		[
			1,
			form(
				'vector',
				oneOf('clamp_min', 'clamp_max', 'round'),
				'(',
				tie('vector'),
				', ',
				tie('scalar'),
				')'
			)
		],
		[1, form('vector', 'vector(', tie('scalar'), ')')]
	);
}

const LABELS = ['job', 'instance', 'code', '__name__', 'x', 'le', 'route.name'];

/** A call that changes labels or sorts by them. */
export function labelCall(tie: Tie): fc.Arbitrary<QueryTree> {
	const label = oneOf(...LABELS).map((name) => `"${name}"`);
	const pattern = oneOf('"(.*)"', '"a(.*)"', '"(.).*"', '"(?P<y>.)(.*)"', '""', '"api|0"');
	const replacement = oneOf('"$1"', '"$1-y"', '"${y}z"', '""', '"k"', '"$2"');
	const by = fc.array(label, { minLength: 1, maxLength: 2 }).map((labels) => labels.join(', '));
	return weighted(
		[
			3,
			form(
				'vector',
				'label_replace(',
				tie('vector'),
				', ',
				label,
				', ',
				replacement,
				', ',
				label,
				', ',
				pattern,
				')'
			)
		],
		[
			2,
			form(
				'vector',
				'label_join(',
				tie('vector'),
				', ',
				label,
				', ',
				oneOf('"-"', '""'),
				', ',
				by,
				')'
			)
		],
		[
			1,
			form(
				'vector',
				oneOf('sort_by_label', 'sort_by_label_desc'),
				'(',
				tie('vector'),
				', ',
				by,
				')'
			)
		]
	);
}

/** A call of info(). */
export function infoCall(tie: Tie): fc.Arbitrary<QueryTree> {
	const selectors = [
		'',
		', {version=~".+"}',
		', {zone="a"}',
		', {__name__="build_info"}',
		', {__name__=~".+_info"}',
		', {__name__=~".+_info", build="x"}',
		', {nope=~".*"}'
	];
	return form('vector', 'info(', tie('vector'), form('modifier', oneOf(...selectors)), ')');
}
