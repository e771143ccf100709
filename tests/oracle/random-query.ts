import fc from 'fast-check';
import type { Features } from '#engine/promql';
import type { Parts } from './parts.ts';
import type { Piece, QueryTree, TreeType } from './query-tree.ts';
import { DATA_END } from './random-data.ts';

/** A query and where it is evaluated; times in milliseconds since the data set's base. */
export interface TestQuery {
	readonly tree: QueryTree;
	readonly start: number;
	readonly end: number;
	/** 0 for an instant query. */
	readonly step: number;
	readonly lookback: number;
	readonly features: Features;
}

type Grammar = Readonly<Record<'vector' | 'scalar' | 'range', QueryTree>>;
type Tie = (type: keyof Grammar) => fc.Arbitrary<QueryTree>;
type Part = string | fc.Arbitrary<Piece>;

/** Queries that are of the right types, over the metrics of random-data.ts, with when and how to evaluate them. */
export function randomQuery(parts: Parts): fc.Arbitrary<TestQuery> {
	return fc
		.record({
			tree: randomTree(parts),
			start: fc.integer({ min: -60, max: DATA_END / 1000 }).map((seconds) => seconds * 1000),
			steps: fc.integer({ min: 0, max: 25 }),
			// How far the end lies beyond the last step.
			rest: oneOf(0, 0, 0.3, 0.9),
			step: oneOf(15_000, 15_000, 30_000, 60_000, 13_000, 1_000, 120_000, 7),
			isInstant: fc.integer({ min: 0, max: 9 }).map((n) => n < 3),
			lookback: oneOf(300_000, 300_000, 300_000, 20_000, 60_000),
			delayedNameRemoval: fc.boolean(),
			startTimestamps: fc.boolean(),
			typeAndUnitLabels: oneOf(false, false, false, true)
		})
		.map(({ tree, start, steps, rest, step, isInstant, lookback, ...switches }) => ({
			tree,
			start,
			end: isInstant ? start : start + steps * step + Math.floor(rest * step),
			step: isInstant ? 0 : step,
			lookback,
			features: {
				experimentalFunctions: true,
				extendedRangeSelectors: true,
				binopFillModifiers: true,
				...switches
			}
		}));
}

function randomTree(parts: Parts): fc.Arbitrary<QueryTree> {
	const grammar = fc.letrec<Grammar>((tie) => ({
		vector: vector(tie as Tie, parts),
		scalar: scalar(tie as Tie, parts),
		range: range(tie as Tie, parts)
	}));
	return fc.oneof(
		{ weight: 30, arbitrary: grammar.vector },
		{ weight: 1, arbitrary: grammar.scalar },
		{ weight: 1, arbitrary: grammar.range }
	);
}

const DEPTH = { maxDepth: 5, depthIdentifier: 'query' };

function vector(tie: Tie, parts: Parts): fc.Arbitrary<QueryTree> {
	const groups: Weighted[] = [
		[2, selector(parts)],
		[7, windowCall(tie, parts)],
		[5, aggregation(tie)],
		[2, comparisonWithScalar(tie)],
		[2, arithmeticWithScalar(tie)],
		[4, vectorMatching(tie, parts)],
		[2, setOperation(tie)],
		[3, vectorCall(tie)],
		[2, labelCall(tie)],
		[1.5, classicHistogramCall(tie)]
	];
	if (parts.has('histograms')) groups.push([4, histogramCall(tie)]);
	if (parts.has('info')) groups.push([1, infoCall(tie)]);
	return weighted(...groups);
}

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
	'conf'
];
const HISTOGRAMS = ['nh', 'nhg', 'nhcb', 'mix'];

function metrics(parts: Parts): string[] {
	const rare = ['nothing', '{__name__=~"temp|small"}', '{__name__=~"req_total|sec_total|nope"}'];
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

function selector(parts: Parts): fc.Arbitrary<QueryTree> {
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
	'{job!~"a.*"}'
];
const CODES = ['{code="200"}', '{code!~"5.."}', '{code=~".+",job="web"}'];

function name(parts: Parts): fc.Arbitrary<string> {
	return oneOf(...metrics(parts)).chain((metric) => {
		if (metric.startsWith('{')) return fc.constant(metric);
		const matchers = metric === 'req_total' ? [...MATCHERS, ...CODES] : MATCHERS;
		return oneOf(...matchers).map((braces) => metric + braces);
	});
}

function shift(parts: Parts): fc.Arbitrary<QueryTree> {
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

function duration(parts: Parts): fc.Arbitrary<string> {
	const plain = ['15s', '29s', '30s', '1m', '90s', '2m', '5m', '7m30s', '10m', '1s', '90', '14.5'];
	const computed = parts.has('duration-expressions')
		? ['1m+step()', 'step()*4', '2^6', 'max_of(step(),1m)', 'min_of(range(),2m)+1s', '(3m-1m)/2']
		: [];
	return oneOf(...plain, ...plain, ...computed);
}

function range(tie: Tie, parts: Parts): fc.Arbitrary<QueryTree> {
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
const QUANTILES = ['0.5', '0.9', '0.99', '0.25', '0', '1', '-1', '2', 'NaN'];

function windowCall(tie: Tie, parts: Parts): fc.Arbitrary<QueryTree> {
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

function quantile(tie: Tie): fc.Arbitrary<Piece> {
	return fc.oneof(
		{ weight: 6, arbitrary: oneOf(...QUANTILES) },
		{ weight: 1, arbitrary: tie('scalar') }
	);
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

function aggregation(tie: Tie): fc.Arbitrary<QueryTree> {
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
			' by (nope) '
		)
	);
}

const ARITHMETIC = ['+', '-', '*', '/', '%', '^', 'atan2'];
const COMPARISONS = ['==', '!=', '<', '>', '<=', '>='];
const COMPARISONS_BOOL = COMPARISONS.map((op) => `${op} bool`);

function comparisonWithScalar(tie: Tie): fc.Arbitrary<QueryTree> {
	const op = oneOf(...COMPARISONS, ...COMPARISONS_BOOL);
	return eitherWay(tie, op);
}

function arithmeticWithScalar(tie: Tie): fc.Arbitrary<QueryTree> {
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

function vectorMatching(tie: Tie, parts: Parts): fc.Arbitrary<QueryTree> {
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

function setOperation(tie: Tie): fc.Arbitrary<QueryTree> {
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

function vectorCall(tie: Tie): fc.Arbitrary<QueryTree> {
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

const LABELS = ['job', 'instance', 'code', '__name__', 'x', 'le'];

function labelCall(tie: Tie): fc.Arbitrary<QueryTree> {
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

const BUCKETS = [
	'rate(lat_bucket[5m])',
	'sum by (le) (rate(lat_bucket[2m]))',
	'lat_bucket',
	'sum by (le, job) (increase(lat_bucket[3m]))',
	'delta(lat_bucket[1m])'
];
const BOUNDS = ['0', '0.2', '-Inf', '1', '3', 'Inf', '0.5', '-1', 'NaN'];

function classicHistogramCall(tie: Tie): fc.Arbitrary<QueryTree> {
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

function histogramCall(tie: Tie): fc.Arbitrary<QueryTree> {
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

function infoCall(tie: Tie): fc.Arbitrary<QueryTree> {
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

function scalar(tie: Tie, parts: Parts): fc.Arbitrary<QueryTree> {
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

type Weighted = readonly [number, fc.Arbitrary<QueryTree>];

/** One of several, each as likely as its weight; the first where the query is deep enough already. */
function weighted(...choices: readonly Weighted[]): fc.Arbitrary<QueryTree> {
	return fc.oneof(
		DEPTH,
		...choices.map(([weight, arbitrary]) => ({ weight: weight * 10, arbitrary }))
	);
}

function oneOf<T>(...values: readonly T[]): fc.Arbitrary<T> {
	return fc.constantFrom(...values);
}

function form(type: TreeType, ...parts: readonly Part[]): fc.Arbitrary<QueryTree> {
	const pieces = parts.map((part) => (typeof part === 'string' ? fc.constant<Piece>(part) : part));
	return fc.tuple(...pieces).map((made) => ({ type, pieces: made }));
}
