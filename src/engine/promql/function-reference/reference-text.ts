/** What is written about a function or aggregator, beside what the function table knows of it. Code stands between backticks. */
export interface ReferenceText {
	/** Names of the arguments in their order, each with a phrase; the last one stands for all that may follow. */
	readonly params: Readonly<Record<string, string>>;
	/** What it does, in a few sentences. */
	readonly about: string;
	/** What goes wrong most often. */
	readonly trap?: string;
	/** What becomes of native histograms among the samples. */
	readonly histograms: HistogramSupport;
	readonly example: Example;
}

/**
 * `taken`: computed with like numbers. `left out`: there is no result for them. `needed`: there is a result only for them.
 * `none`: it takes no samples.
 */
export type HistogramSupport = 'taken' | 'left out' | 'needed' | 'none';

/** An example that runs: a little data, a query and what it gives, all in the notation of Prometheus' test scripts. */
export interface Example {
	/** Series with their samples, one every minute from time 0; `0+10x5` is 0, 10, 20, … 50. */
	readonly data: readonly string[];
	readonly query: string;
	/** The moment of the query, such as `5m`. */
	readonly at: string;
	/** A line for each series, or the number of a scalar. */
	readonly result: readonly string[];
}

export type ReferenceTexts = Readonly<Record<string, ReferenceText>>;

/** An example at time 0, for what looks at one sample of each series. */
export function exampleOf(
	data: readonly string[],
	query: string,
	...result: readonly string[]
): Example {
	return { data, query, at: '0', result };
}

/** An example some time later, for what looks back. */
export function exampleAt(
	at: string,
	data: readonly string[],
	query: string,
	...result: readonly string[]
): Example {
	return { data, query, at, result };
}
