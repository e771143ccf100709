import type { FloatHistogram } from '#engine/model';
import { absent, absentOverTime } from './absent.ts';
import type { ValueType } from './ast.ts';
import { changes, resets } from './changes.ts';
import { dayOfYear, daysInMonth, ofDate, type DatePart } from './date.ts';
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
import { expectCounter } from './expect-counter.ts';
import type {
	FunctionDefinition,
	FunctionEvaluator,
	FunctionTable
} from './function-definition.ts';
import { goExp } from './gomath/exp.ts';
import { goAcosh, goAsinh, goAtanh, goCosh, goSinh, goTanh } from './gomath/hyperbolic.ts';
import { goAcos, goAsin, goAtan } from './gomath/inverse-trigonometric.ts';
import { goLog, goLog10, goLog2 } from './gomath/log.ts';
import { goCos, goSin, goTan } from './gomath/trigonometric.ts';
import { histogramFraction, histogramQuantile, histogramQuantiles } from './histogram-functions.ts';
import { ofHistogram } from './histogram-stats.ts';
import { ignoringHistograms } from './histogram-windows.ts';
import { info } from './info.ts';
import { idelta, irate } from './instant-rate.ts';
import { labelJoin, labelReplace } from './label-functions.ts';
import {
	countOverTime,
	firstOverTime,
	lastOverTime,
	presentOverTime,
	stddevOverTime,
	stdvarOverTime,
	timeOfFirst,
	timeOfLast,
	timeOfMax,
	timeOfMin
} from './over-time.ts';
import { averaging, firstHistograms, lastHistograms, summing } from './over-time-histogram.ts';
import { nativeVariance } from './native-variance.ts';
import type { WindowCallOptions, WindowFunction } from './range-vector.ts';
import { delta, increase, rate } from './rate.ts';
import { deriv, predictLinear } from './regression.ts';
import { constant, maxOf, minOf, scalar, time, vector } from './scalar-functions.ts';
import { maxOverTime, minOverTime } from './sliding-extreme.ts';
import { avgOverTime, sumOverTime } from './sum-over-time.ts';
import { doubleExponentialSmoothing } from './smoothing.ts';
import { sort, sortByLabel, sortByLabelDesc, sortDesc } from './sort.ts';
import { startTimestamp, timestamp } from './timestamp.ts';
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
	evaluate: FunctionEvaluator,
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

/** A row for a function of one native histogram, applied to each one of a vector. */
function histogramRow(
	name: string,
	doc: string,
	compute: (histogram: FloatHistogram) => number
): FunctionDefinition {
	return row(name, [v], v, doc, ofVector(ofHistogram(compute)));
}

/** A row for a part of a date, of the values or else of the time of evaluation. */
function dateRow(name: string, doc: string, part: DatePart) {
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

const counterCall: WindowCallOptions = { onFloats: expectCounter };
const keepsName: WindowCallOptions = { keepsName: true };

const mathRows: readonly FunctionDefinition[] = [
	elementRow('abs', 'Absolute value.', Math.abs),
	elementRow('ceil', 'Rounds up to the next integer.', Math.ceil),
	elementRow('floor', 'Rounds down to the next integer.', Math.floor),
	elementRow('exp', 'The exponential function.', goExp),
	elementRow('ln', 'Natural logarithm.', goLog),
	elementRow('log2', 'Binary logarithm.', goLog2),
	elementRow('log10', 'Decimal logarithm.', goLog10),
	elementRow('sqrt', 'Square root.', Math.sqrt),
	elementRow('sgn', 'Sign: 1, 0 or -1.', sign),
	elementRow('acos', 'Arc cosine, in radians.', goAcos),
	elementRow('acosh', 'Inverse hyperbolic cosine.', goAcosh),
	elementRow('asin', 'Arc sine, in radians.', goAsin),
	elementRow('asinh', 'Inverse hyperbolic sine.', goAsinh),
	elementRow('atan', 'Arc tangent, in radians.', goAtan),
	elementRow('atanh', 'Inverse hyperbolic tangent.', goAtanh),
	elementRow('cos', 'Cosine of an angle in radians.', goCos),
	elementRow('cosh', 'Hyperbolic cosine.', goCosh),
	elementRow('sin', 'Sine of an angle in radians.', goSin),
	elementRow('sinh', 'Hyperbolic sine.', goSinh),
	elementRow('tan', 'Tangent of an angle in radians.', goTan),
	elementRow('tanh', 'Hyperbolic tangent.', goTanh),
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
		ofVector(startTimestamp),
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
		ofVector(info),
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
	histogramRow(
		'histogram_avg',
		'Mean of the observations in native histograms.',
		(histogram) => histogram.sum / histogram.count
	),
	histogramRow(
		'histogram_count',
		'Number of observations in native histograms.',
		(histogram) => histogram.count
	),
	histogramRow(
		'histogram_sum',
		'Sum of the observations in native histograms.',
		(histogram) => histogram.sum
	),
	histogramRow(
		'histogram_stddev',
		'Estimated standard deviation of the observations in native histograms.',
		(histogram) => Math.sqrt(nativeVariance(histogram))
	),
	histogramRow(
		'histogram_stdvar',
		'Estimated variance of the observations in native histograms.',
		nativeVariance
	)
];

const dateRows: readonly FunctionDefinition[] = [
	dateRow('minute', 'Minute of the hour, 0 to 59', (date) => date.getUTCMinutes()),
	dateRow('hour', 'Hour of the day, 0 to 23', (date) => date.getUTCHours()),
	dateRow('day_of_week', 'Day of the week, 0 (Sunday) to 6', (date) => date.getUTCDay()),
	dateRow('day_of_month', 'Day of the month, 1 to 31', (date) => date.getUTCDate()),
	dateRow('day_of_year', 'Day of the year, 1 to 366', dayOfYear),
	dateRow('days_in_month', 'Length of the month, 28 to 31', daysInMonth),
	dateRow('month', 'Month of the year, 1 to 12', (date) => date.getUTCMonth() + 1),
	dateRow('year', 'Year', (date, years) => date.getUTCFullYear() + years)
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
	windowRow(
		'deriv',
		'Per-second slope of a gauge, by linear regression.',
		ignoringHistograms(deriv)
	),
	windowRow('changes', 'How often the value changed.', changes),
	windowRow('resets', 'How often a counter was reset.', resets),
	row(
		'predict_linear',
		[m, s],
		v,
		'Value of a gauge some seconds ahead, by linear regression.',
		ofWindow(ignoringHistograms(predictLinear))
	),
	row(
		'double_exponential_smoothing',
		[m, s, s],
		v,
		'Smoothed value of a gauge with a trend.',
		ofWindow(doubleExponentialSmoothing),
		experimental
	),
	windowRow('avg_over_time', 'Mean of the samples.', averaging(avgOverTime)),
	windowRow('min_over_time', 'Least of the samples.', ignoringHistograms(minOverTime)),
	windowRow('max_over_time', 'Greatest of the samples.', ignoringHistograms(maxOverTime)),
	windowRow('sum_over_time', 'Sum of the samples.', summing(sumOverTime)),
	windowRow('count_over_time', 'Number of the samples.', countOverTime),
	windowRow(
		'stddev_over_time',
		'Standard deviation of the samples.',
		ignoringHistograms(stddevOverTime)
	),
	windowRow('stdvar_over_time', 'Variance of the samples.', ignoringHistograms(stdvarOverTime)),
	windowRow('last_over_time', 'The newest sample.', lastHistograms(lastOverTime), keepsName),
	windowRow('first_over_time', 'The oldest sample.', firstHistograms(firstOverTime), keepsName),
	windowRow('present_over_time', '1 for every series that has a sample.', presentOverTime),
	row(
		'absent_over_time',
		[m],
		v,
		'1 when no series has a sample in the range.',
		ofVector(absentOverTime)
	),
	row(
		'quantile_over_time',
		[s, m],
		v,
		'Quantile of the samples.',
		ofWindow(ignoringHistograms(quantileOverTime))
	),
	row(
		'mad_over_time',
		[m],
		v,
		'Median absolute deviation of the samples.',
		ofWindow(ignoringHistograms(madOverTime)),
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
		ofWindow(ignoringHistograms(timeOfMin)),
		experimental
	),
	row(
		'ts_of_max_over_time',
		[m],
		v,
		'When the greatest sample was taken, the last one of several.',
		ofWindow(ignoringHistograms(timeOfMax)),
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
