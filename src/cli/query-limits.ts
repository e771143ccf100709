import { MINUTE, type Duration } from '#engine/model';
import type { Features, QueryOptions } from '#engine/promql';
import { positiveDurationOf, wholeNumber } from './numbers.ts';
import type { SourceOptions } from './options.ts';

/** What a query may take, and how far back it looks: the options of Prometheus' own command line. */
export interface QueryLimits {
	readonly maxSamples: number;
	readonly timeout: Duration;
	readonly lookback: Duration;
}

/** Where options say nothing (cmd/prometheus/main.go). */
const DEFAULT_LIMITS: QueryLimits = {
	maxSamples: 50_000_000,
	timeout: 2 * MINUTE,
	lookback: 5 * MINUTE
};

/**
 * So many samples are more than any memory holds. Samples are counted in columns of 8 bytes and a mask of one, so the 50 million that
 * are allowed by default take 450 MB, which Node keeps outside of the heap.
 */
const MOST_SAMPLES = 10_000_000_000;

/** The limits that options name. Throws a UsageError. */
export function readQueryLimits(options: SourceOptions): QueryLimits {
	const {
		'query.max-samples': samples,
		'query.timeout': timeout,
		'query.lookback-delta': lookback
	} = options;
	return {
		maxSamples:
			samples === undefined
				? DEFAULT_LIMITS.maxSamples
				: wholeNumber('query.max-samples', samples, MOST_SAMPLES),
		timeout:
			timeout === undefined ? DEFAULT_LIMITS.timeout : positiveDurationOf('query.timeout', timeout),
		lookback:
			lookback === undefined
				? DEFAULT_LIMITS.lookback
				: positiveDurationOf('query.lookback-delta', lookback)
	};
}

/** For a query that begins now, which is ended when it has taken too long for whoever asks, or for us. */
export function limitedQuery(
	features: Features,
	{ maxSamples, timeout, lookback }: QueryLimits,
	asked: Duration = timeout
): QueryOptions {
	const latest = performance.now() + Math.min(asked, timeout);
	return {
		features,
		maxSamples,
		lookback,
		interrupt: () => (performance.now() >= latest ? 'timeout' : undefined)
	};
}
