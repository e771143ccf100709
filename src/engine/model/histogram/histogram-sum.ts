import { addHistograms, divideHistogram } from './arithmetic.ts';
import type { CompensatedBuckets } from './compensated-buckets.ts';
import {
	addCompensated,
	compensated,
	copyCompensated,
	type CompensatedHistogram
} from './compensated-histogram.ts';
import type { FloatHistogram } from './float-histogram.ts';
import { hasCustomBuckets } from './schema.ts';

/** Histograms taken in one by one, and what a query has to say about them. */
abstract class HistogramInputs {
	#resetSeen: boolean;
	#notResetSeen: boolean;
	readonly #custom: boolean;
	/** How many have been taken in. */
	protected size = 1;
	/** Some had different custom bounds; the result has those that all have. */
	boundsReconciled = false;

	constructor(first: FloatHistogram) {
		this.#custom = hasCustomBuckets(first);
		this.#resetSeen = first.counterReset === 'reset';
		this.#notResetSeen = first.counterReset === 'not_reset';
	}

	/** Some said they were reset, others that they were not. */
	get counterResetCollision(): boolean {
		return this.#resetSeen && this.#notResetSeen;
	}

	/** Takes one more in. False, and nothing else, if it has custom bounds and those before have not, or the other way round. */
	add(histogram: FloatHistogram): boolean {
		if (histogram.counterReset === 'reset') this.#resetSeen = true;
		if (histogram.counterReset === 'not_reset') this.#notResetSeen = true;
		if (hasCustomBuckets(histogram) !== this.#custom) return false;
		this.size++;
		if (this.take(histogram)) this.boundsReconciled = true;
		return true;
	}

	/** Adds it, and returns whether bounds had to be reconciled. */
	protected abstract take(histogram: FloatHistogram): boolean;
}

/** The sum of histograms as sum() and sum_over_time() have it: with Kahan's compensation in every number. */
export class HistogramSum extends HistogramInputs {
	readonly #sum: CompensatedHistogram;

	constructor(first: FloatHistogram) {
		super(first);
		this.#sum = compensated(first);
	}

	/** The sum of all that were added. Buckets may be empty; see `compact`. */
	total(): FloatHistogram {
		return this.size === 1 ? plain(this.#sum) : settled(this.#sum);
	}

	protected take(histogram: FloatHistogram): boolean {
		return addCompensated(this.#sum, histogram);
	}
}

/**
 * The mean of histograms as avg() and avg_over_time() have it: of the sum, as long as no number of it overflows; from then on
 * a mean that every further histogram moves (promql/functions.go, funcAvgOverTime).
 */
export class HistogramMean extends HistogramInputs {
	#sum: CompensatedHistogram;
	#isRunning = false;

	constructor(first: FloatHistogram) {
		super(first);
		this.#sum = compensated(first);
	}

	/** The mean of all that were added. Buckets may be empty; see `compact`. */
	mean(): FloatHistogram {
		const { size } = this;
		const mean = this.#isRunning ? this.#sum : mapped(this.#sum, (value) => value / size);
		return size === 1 ? plain(mean) : settled(mean);
	}

	protected take(histogram: FloatHistogram): boolean {
		const reconciled = !this.#isRunning && this.#addToSum(histogram);
		return (this.#isRunning && this.#moveMean(histogram)) || reconciled;
	}

	#addToSum(histogram: FloatHistogram): boolean {
		const sum = copyCompensated(this.#sum);
		const reconciled = addCompensated(sum, histogram);
		if (hasOverflown(sum)) {
			const before = this.size - 1;
			this.#isRunning = true;
			this.#sum = mapped(this.#sum, (value) => value / before);
		} else {
			this.#sum = sum;
		}
		return reconciled;
	}

	#moveMean(histogram: FloatHistogram): boolean {
		const { size } = this;
		const share = (size - 1) / size;
		this.#sum = mapped(this.#sum, (value) => value * share);
		return addCompensated(this.#sum, divideHistogram(histogram, size));
	}
}

/** What Prometheus calls an overflow: some number is infinite, whatever made it so (float_histogram.go, HasOverflow). */
function hasOverflown(sum: CompensatedHistogram): boolean {
	return (
		isInfinite(sum.zeroCount) ||
		isInfinite(sum.count) ||
		isInfinite(sum.sum) ||
		sum.positive.counts.some(isInfinite) ||
		sum.negative.counts.some(isInfinite) ||
		sum.customValues.some(isInfinite)
	);
}

function isInfinite(value: number): boolean {
	return value === Infinity || value === -Infinity;
}

/** With every number, and what is lost of it, changed. */
function mapped(
	sum: CompensatedHistogram,
	change: (value: number) => number
): CompensatedHistogram {
	const side = ({ indexes, counts, lost }: CompensatedBuckets): CompensatedBuckets => ({
		indexes,
		counts: counts.map(change),
		lost: lost.map(change)
	});
	return {
		...sum,
		zeroCount: change(sum.zeroCount),
		zeroLost: change(sum.zeroLost),
		count: change(sum.count),
		countLost: change(sum.countLost),
		sum: change(sum.sum),
		sumLost: change(sum.sumLost),
		positive: side(sum.positive),
		negative: side(sum.negative)
	};
}

/** The sum alone, without what is lost. */
function plain(sum: CompensatedHistogram): FloatHistogram {
	const { schema, zeroThreshold, zeroCount, count, customValues, counterReset } = sum;
	const { positive, negative } = sum;
	return {
		schema,
		zeroThreshold,
		zeroCount,
		count,
		sum: sum.sum,
		positive: { indexes: positive.indexes, counts: positive.counts.slice() },
		negative: { indexes: negative.indexes, counts: negative.counts.slice() },
		customValues,
		counterReset
	};
}

/** The sum, and all that is lost added to it. */
function settled(sum: CompensatedHistogram): FloatHistogram {
	const { positive, negative } = sum;
	const whole = addHistograms(plain(sum), {
		...plain(sum),
		zeroCount: sum.zeroLost,
		count: sum.countLost,
		sum: sum.sumLost,
		positive: { indexes: positive.indexes, counts: positive.lost },
		negative: { indexes: negative.indexes, counts: negative.lost }
	});
	if (whole === 'incompatible schemas') throw new Error('a histogram is compatible with itself');
	return whole.histogram;
}
