/** What to do about messages that say what is wrong and no more, the ones of the client libraries among them. */
const ADVICE: readonly (readonly [message: RegExp, advice: string])[] = [
	[
		/Incorrect label count|Invalid number of arguments/,
		'`labels(…)` wants one value for each label name of the metric, in their order.'
	],
	[
		/metric is missing label values/,
		'A metric with labels is many numbers: `labels(…)` says which of them `inc()` adds to.'
	],
	[
		/^handle\(\) must return/,
		'Every way through `handle` ends with a status or with an exception. One that was caught goes on its way by `raise`|`throw`.'
	]
];

/** What to do about a problem of the learner's code; undefined when its message says so itself, or nobody knows. */
export function adviceOn(message: string): string | undefined {
	return ADVICE.find(([pattern]) => pattern.test(message))?.[1];
}
