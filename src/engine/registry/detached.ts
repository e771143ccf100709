/**
 * What to throw where a method of a series runs without its series. prom-client binds these methods to their labels; a
 * closure for each series would double the price of `inc()`.
 */
export function detached(method: string): TypeError {
	return new TypeError(
		`${method} was taken off its series. Call it there: metric.labels(…).${method}(…), or pass () => child.${method}(…)`
	);
}
