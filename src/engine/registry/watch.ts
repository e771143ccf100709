/** Runs a function, sync or async, and calls `failed` when it throws or its promise is rejected. Its outcome is passed on. */
export function onFailure<R>(run: () => R, failed: () => void): R {
	return settle(run, (ok) => {
		if (!ok) failed();
	});
}

/** Runs a function, sync or async, and calls `ended` when it has returned or thrown, or its promise has settled. */
export function onEnd<R>(run: () => R, ended: () => void): R {
	return settle(run, ended);
}

function settle<R>(run: () => R, settled: (ok: boolean) => void): R {
	let result: R;
	try {
		result = run();
	} catch (error) {
		settled(false);
		throw error;
	}
	if (!isThenable(result)) {
		settled(true);
		return result;
	}
	return result.then(
		(value) => {
			settled(true);
			return value;
		},
		(error: unknown) => {
			settled(false);
			throw error;
		}
	) as R;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
	return (
		typeof value === 'object' &&
		value !== null &&
		typeof (value as PromiseLike<unknown>).then === 'function'
	);
}
