import type { Labels } from '#engine/model';
import { metricName } from '#engine/model';
import { absent, absentOverTime } from './absent.ts';
import { annotationText } from './annotations.ts';
import type { Expr, ValueType } from './ast.ts';
import { dayOfYear, daysInMonth, ofDate } from './date.ts';
import {
	clamp,
	clampMax,
	clampMin,
	ofElement,
	round,
	sign,
	type ScalarFunction,
	type VectorFunction
} from './element.ts';
import type { Evaluation } from './evaluation.ts';
import type {
	FunctionDefinition,
	FunctionEvaluator,
	FunctionTable
} from './function-definition.ts';
import { histogramFraction, histogramQuantile, histogramQuantiles } from './histogram-functions.ts';
import { idelta, irate } from './instant-rate.ts';
import { labelJoin, labelReplace } from './label-functions.ts';
import {
	avgOverTime,
	changes,
	countOverTime,
	firstOverTime,
	lastOverTime,
	presentOverTime,
	resets,
	stddevOverTime,
	stdvarOverTime,
	sumOverTime,
	timeOfFirst,
	timeOfLast,
	timeOfMax,
	timeOfMin
} from './over-time.ts';
import type { WindowCallOptions, WindowFunction } from './range-vector.ts';
import { delta, increase, rate } from './rate.ts';
import { deriv, predictLinear } from './regression.ts';
import { constant, maxOf, minOf, scalar, time, vector } from './scalar-functions.ts';
import { maxOverTime, minOverTime } from './sliding-extreme.ts';
import { doubleExponentialSmoothing } from './smoothing.ts';
import { sort, sortByLabel, sortByLabelDesc, sortDesc } from './sort.ts';
import { timestamp } from './timestamp.ts';
import { madOverTime, quantileOverTime } from './window-quantile.ts';

/** The parts of a row that are not the same for most functions. */
interface RowOptions {
	readonly optional?: number;
	readonly variadic?: boolean;
	readonly experimental?: boolean;
}

const v: ValueType = 'vector';
const m: ValueType = 'matrix';
const s: ValueType = 'scalar';
const t: ValueType = 'string';
const experimental: RowOptions = { experimental: true };

function row(
	name: string,
	args: readonly ValueType[],
	returns: ValueType,
	doc: string,
	evaluate?: FunctionEvaluator,
	{ optional = 0, variadic = false, experimental = false }: RowOptions = {}
): FunctionDefinition {
	return { name, args, optional, variadic, returns, experimental, doc, evaluate };
}

function ofVector(run: VectorFunction): FunctionEvaluator {
	return { kind: 'vector', run };
}

function ofScalar(run: ScalarFunction): FunctionEvaluator {
	return { kind: 'scalar', run };
}

function ofWindow(run: WindowFunction, options: WindowCallOptions = {}): FunctionEvaluator {
	return { kind: 'window', run, ...options };
}

/** A row for a function of one number, applied to each value of a vector. */
function elementRow(name: string, doc: string, compute: (value: number) => number) {
	return row(name, [v], v, doc, ofVector(ofElement(compute)));
}

/** A row for a part of a date, of the values or else of the time of evaluation. */
function dateRow(name: string, doc: string, part: (date: Date) => number) {
	return row(
		name,
		[v],
		v,
		`${doc}, in UTC; of the evaluation time without an argument.`,
		ofVector(ofDate(part)),
		{
			optional: 1
		}
	);
}

/** A row for a function of the samples in each window. */
function windowRow(name: string, doc: string, run: WindowFunction, options?: WindowCallOptions) {
	return row(name, [m], v, doc, ofWindow(run, options));
}

/** Says that a metric does not look like a counter, by its name, once there is a result for it. */
function expectCounter(labels: Labels, argument: Expr, { scope }: Evaluation): void {
	const name = metricName(labels);
	if (name === '' || /_(total|sum|count|bucket)$/.test(name)) return;
	// A subquery has no position at this point in Prometheus, so the text is said to be about the whole query.
	const span = argument.kind === 'subquery' ? { from: 0, to: 0 } : argument.span;
	scope.annotations.add('info', annotationText.possibleNonCounter(name), span);
}

const counterCall: WindowCallOptions = { onResult: expectCounter };
const keepsName: WindowCallOptions = { keepsName: true };

const mathRows: readonly FunctionDefinition[] = [
	elementRow('abs', 'Absolute value.', Math.abs),
	elementRow('ceil', 'Rounds up to the next integer.', Math.ceil),
	elementRow('floor', 'Rounds down to the next integer.', Math.floor),
	elementRow('exp', 'The exponential function.', Math.exp),
	elementRow('ln', 'Natural logarithm.', Math.log),
	elementRow('log2', 'Binary logarithm.', Math.log2),
	elementRow('log10', 'Decimal logarithm.', Math.log10),
	elementRow('sqrt', 'Square root.', Math.sqrt),
	elementRow('sgn', 'Sign: 1, 0 or -1.', sign),
	elementRow('acos', 'Arc cosine, in radians.', Math.acos),
	elementRow('acosh', 'Inverse hyperbolic cosine.', Math.acosh),
	elementRow('asin', 'Arc sine, in radians.', Math.asin),
	elementRow('asinh', 'Inverse hyperbolic sine.', Math.asinh),
	elementRow('atan', 'Arc tangent, in radians.', Math.atan),
	elementRow('atanh', 'Inverse hyperbolic tangent.', Math.atanh),
	elementRow('cos', 'Cosine of an angle in radians.', Math.cos),
	elementRow('cosh', 'Hyperbolic cosine.', Math.cosh),
	elementRow('sin', 'Sine of an angle in radians.', Math.sin),
	elementRow('sinh', 'Hyperbolic sine.', Math.sinh),
	elementRow('tan', 'Tangent of an angle in radians.', Math.tan),
	elementRow('tanh', 'Hyperbolic tangent.', Math.tanh),
	elementRow('deg', 'Radians to degrees.', (radians) => (radians * 180) / Math.PI),
	elementRow('rad', 'Degrees to radians.', (degrees) => (degrees * Math.PI) / 180),
	row(
		'round',
		[v, s],
		v,
		'Rounds to the nearest multiple of a number, 1 by default.',
		ofVector(round),
		{
			optional: 1
		}
	),
	row('clamp', [v, s, s], v, 'Keeps values between a minimum and a maximum.', ofVector(clamp)),
	row('clamp_min', [v, s], v, 'Raises values to at least a minimum.', ofVector(clampMin)),
	row('clamp_max', [v, s], v, 'Lowers values to at most a maximum.', ofVector(clampMax))
];

const vectorRows: readonly FunctionDefinition[] = [
	row(
		'absent',
		[v],
		v,
		'1 when the vector is empty; for alerts on series that should be there.',
		ofVector(absent)
	),
	row('sort', [v], v, 'Orders an instant query’s result by value, ascending.', ofVector(sort)),
	row(
		'sort_desc',
		[v],
		v,
		'Orders an instant query’s result by value, descending.',
		ofVector(sortDesc)
	),
	row(
		'sort_by_label',
		[v, t],
		v,
		'Orders an instant query’s result by labels, in natural order.',
		ofVector(sortByLabel),
		{
			optional: 1,
			variadic: true,
			experimental: true
		}
	),
	row(
		'sort_by_label_desc',
		[v, t],
		v,
		'Orders an instant query’s result by labels, descending.',
		ofVector(sortByLabelDesc),
		{
			optional: 1,
			variadic: true,
			experimental: true
		}
	),
	row('timestamp', [v], v, 'When each sample was taken, in Unix seconds.', ofVector(timestamp)),
	row(
		'start_timestamp',
		[v],
		v,
		'When each sample’s counter started, in Unix seconds.',
		undefined,
		experimental
	),
	row(
		'label_replace',
		[v, t, t, t, t],
		v,
		'Sets a label from another one, by a regular expression.',
		ofVector(labelReplace)
	),
	row(
		'label_join',
		[v, t, t, t],
		v,
		'Sets a label to several others, joined.',
		ofVector(labelJoin),
		{
			optional: 1,
			variadic: true
		}
	),
	row(
		'info',
		[v, v],
		v,
		'Adds the labels of matching info series, such as target_info.',
		undefined,
		{
			optional: 1,
			experimental: true
		}
	),
	row(
		'histogram_quantile',
		[s, v],
		v,
		'Quantile of histograms, estimated within their buckets.',
		ofVector(histogramQuantile)
	),
	row(
		'histogram_quantiles',
		[v, t, s, s, s, s, s, s, s, s, s, s],
		v,
		'Several quantiles of histograms, told apart by a label.',
		ofVector(histogramQuantiles),
		{
			optional: 9,
			experimental: true
		}
	),
	row(
		'histogram_fraction',
		[s, s, v],
		v,
		'Share of a histogram’s observations between two values.',
		ofVector(histogramFraction)
	),
	row('histogram_avg', [v], v, 'Mean of the observations in native histograms.'),
	row('histogram_count', [v], v, 'Number of observations in native histograms.'),
	row('histogram_sum', [v], v, 'Sum of the observations in native histograms.'),
	row(
		'histogram_stddev',
		[v],
		v,
		'Estimated standard deviation of the observations in native histograms.'
	),
	row('histogram_stdvar', [v], v, 'Estimated variance of the observations in native histograms.')
];

const dateRows: readonly FunctionDefinition[] = [
	dateRow('minute', 'Minute of the hour, 0 to 59', (date) => date.getUTCMinutes()),
	dateRow('hour', 'Hour of the day, 0 to 23', (date) => date.getUTCHours()),
	dateRow('day_of_week', 'Day of the week, 0 (Sunday) to 6', (date) => date.getUTCDay()),
	dateRow('day_of_month', 'Day of the month, 1 to 31', (date) => date.getUTCDate()),
	dateRow('day_of_year', 'Day of the year, 1 to 366', dayOfYear),
	dateRow('days_in_month', 'Length of the month, 28 to 31', daysInMonth),
	dateRow('month', 'Month of the year, 1 to 12', (date) => date.getUTCMonth() + 1),
	dateRow('year', 'Year', (date) => date.getUTCFullYear())
];

const rangeRows: readonly FunctionDefinition[] = [
	windowRow(
		'rate',
		'Per-second increase of a counter, averaged over the range.',
		rate,
		counterCall
	),
	windowRow('irate', 'Per-second increase of a counter between its last two samples.', irate),
	windowRow('increase', 'Increase of a counter over the range.', increase, counterCall),
	windowRow('delta', 'Difference of a gauge between start and end of the range.', delta),
	windowRow('idelta', 'Difference of a gauge between its last two samples.', idelta),
	windowRow('deriv', 'Per-second slope of a gauge, by linear regression.', deriv),
	windowRow('changes', 'How often the value changed.', changes),
	windowRow('resets', 'How often a counter was reset.', resets),
	row(
		'predict_linear',
		[m, s],
		v,
		'Value of a gauge some seconds ahead, by linear regression.',
		ofWindow(predictLinear)
	),
	row(
		'double_exponential_smoothing',
		[m, s, s],
		v,
		'Smoothed value of a gauge with a trend.',
		ofWindow(doubleExponentialSmoothing),
		experimental
	),
	windowRow('avg_over_time', 'Mean of the samples.', avgOverTime),
	windowRow('min_over_time', 'Least of the samples.', minOverTime),
	windowRow('max_over_time', 'Greatest of the samples.', maxOverTime),
	windowRow('sum_over_time', 'Sum of the samples.', sumOverTime),
	windowRow('count_over_time', 'Number of the samples.', countOverTime),
	windowRow('stddev_over_time', 'Standard deviation of the samples.', stddevOverTime),
	windowRow('stdvar_over_time', 'Variance of the samples.', stdvarOverTime),
	windowRow('last_over_time', 'The newest sample.', lastOverTime, keepsName),
	windowRow('first_over_time', 'The oldest sample.', firstOverTime, keepsName),
	windowRow('present_over_time', '1 for every series that has a sample.', presentOverTime),
	row(
		'absent_over_time',
		[m],
		v,
		'1 when no series has a sample in the range.',
		ofVector(absentOverTime)
	),
	row('quantile_over_time', [s, m], v, 'Quantile of the samples.', ofWindow(quantileOverTime)),
	row(
		'mad_over_time',
		[m],
		v,
		'Median absolute deviation of the samples.',
		ofWindow(madOverTime),
		experimental
	),
	row(
		'ts_of_first_over_time',
		[m],
		v,
		'When the oldest sample was taken.',
		ofWindow(timeOfFirst),
		experimental
	),
	row(
		'ts_of_last_over_time',
		[m],
		v,
		'When the newest sample was taken.',
		ofWindow(timeOfLast),
		experimental
	),
	row(
		'ts_of_min_over_time',
		[m],
		v,
		'When the least sample was taken, the last one of several.',
		ofWindow(timeOfMin),
		experimental
	),
	row(
		'ts_of_max_over_time',
		[m],
		v,
		'When the greatest sample was taken, the last one of several.',
		ofWindow(timeOfMax),
		experimental
	)
];

const scalarRows: readonly FunctionDefinition[] = [
	row(
		'scalar',
		[v],
		s,
		'The value of the only series; NaN if there are none or several.',
		ofScalar(scalar)
	),
	row('vector', [s], v, 'A scalar as a series without labels.', ofVector(vector)),
	row('time', [], s, 'The time of evaluation, in Unix seconds.', ofScalar(time)),
	row('pi', [], s, 'The number π.', ofScalar(constant(() => Math.PI))),
	row(
		'start',
		[],
		s,
		'Start of the query, in Unix seconds.',
		ofScalar(constant(({ scope }) => scope.start / 1000)),
		experimental
	),
	row(
		'end',
		[],
		s,
		'End of the query, in Unix seconds.',
		ofScalar(constant(({ scope }) => scope.end / 1000)),
		experimental
	),
	row(
		'range',
		[],
		s,
		'Seconds from start to end of the query.',
		ofScalar(constant(({ scope }) => (scope.end - scope.start) / 1000)),
		experimental
	),
	row(
		'step',
		[],
		s,
		'Seconds between the steps of the query; 0 in an instant query.',
		ofScalar(constant(({ scope }) => scope.step / 1000)),
		experimental
	),
	row('min_of', [s, s], s, 'The lesser of two scalars.', ofScalar(minOf), experimental),
	row('max_of', [s, s], s, 'The greater of two scalars.', ofScalar(maxOf), experimental)
];

/** Every function of PromQL in Prometheus 3.14: parser, completion, hover and evaluator read this one table. */
export const functionTable: FunctionTable = new Map(
	[...mathRows, ...vectorRows, ...dateRows, ...rangeRows, ...scalarRows].map((definition) => [
		definition.name,
		definition
	])
);
