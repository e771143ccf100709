/**
 * Takes everything out of a learner's thread but the language itself: network, storage, other threads, events, fonts, whatever a
 * browser may add next year. Learner code may come from a stranger's link, so this is a wall and not a courtesy; it is called
 * before any of that code is there. What the thread needs afterwards it must have taken hold of before; what it needs under a
 * global name it gives as a stand-in of its own, which must not lead anywhere either.
 */
export function lockDown(
	scope: typeof globalThis,
	standIns: Readonly<Record<string, unknown>> = {}
): void {
	const functions = [
		Function,
		(async () => {}).constructor,
		function* () {}.constructor,
		async function* () {}.constructor
	];
	for (let at: object = scope; at !== Object.prototype; at = Object.getPrototypeOf(at) as object) {
		for (const name of Object.getOwnPropertyNames(at)) {
			if (!LANGUAGE.has(name)) hide(scope, at, name, standIns[name]);
		}
	}
	for (const { prototype } of functions) {
		// Without its constructor no function leads back to a way of compiling text.
		Object.defineProperty(prototype, 'constructor', { value: undefined });
	}
	// Nor does a date lead to the clock on the wall.
	Object.defineProperty(Date.prototype, 'constructor', { value: undefined });
}

/** Names of the language that lead nowhere else. `eval`, `Function` and `WebAssembly` are missing on purpose: they compile. */
const LANGUAGE: ReadonlySet<string> = new Set([
	'AggregateError',
	'Array',
	'ArrayBuffer',
	'BigInt',
	'BigInt64Array',
	'BigUint64Array',
	'Boolean',
	'DataView',
	'Date',
	'Error',
	'EvalError',
	'FinalizationRegistry',
	'Float16Array',
	'Float32Array',
	'Float64Array',
	'Infinity',
	'Int16Array',
	'Int32Array',
	'Int8Array',
	'Intl',
	'Iterator',
	'JSON',
	'Map',
	'Math',
	'NaN',
	'Number',
	'Object',
	'Promise',
	'Proxy',
	'RangeError',
	'ReferenceError',
	'Reflect',
	'RegExp',
	'Set',
	'String',
	'Symbol',
	'SyntaxError',
	'TextDecoder',
	'TextEncoder',
	'TypeError',
	'URIError',
	'Uint16Array',
	'Uint32Array',
	'Uint8Array',
	'Uint8ClampedArray',
	'WeakMap',
	'WeakRef',
	'WeakSet',
	'constructor',
	'decodeURI',
	'decodeURIComponent',
	'encodeURI',
	'encodeURIComponent',
	'escape',
	'globalThis',
	'isFinite',
	'isNaN',
	'parseFloat',
	'parseInt',
	'undefined',
	'unescape'
]);

/**
 * Removes a name from where it stands. The methods of EventTarget stay there, because ports need them, and are only hidden from
 * the scope; so is what cannot be removed.
 */
function hide(scope: object, at: object, name: string, standIn: unknown): void {
	if (at !== EVENT_TARGET) Reflect.deleteProperty(at, name);
	Reflect.defineProperty(scope, name, { value: standIn, writable: false, configurable: false });
}

const EVENT_TARGET: object = EventTarget.prototype;
