/** What Pyodide goes on asking for by name in a thread that is locked down, none of it a way out. Made before the lock. */
export function standIns(): Readonly<Record<string, unknown>> {
	return {
		performance: Object.freeze({ now: performance.now.bind(performance) }),
		crypto: Object.freeze({ getRandomValues: crypto.getRandomValues.bind(crypto) }),
		console: Object.freeze({ log() {}, info() {}, warn() {}, error() {} }),
		// Asked for by `instanceof` only: it makes no functions.
		Function: Object.assign(() => {}, { prototype: Function.prototype }),
		WebAssembly: Object.freeze({ RuntimeError: WebAssembly.RuntimeError })
	};
}
