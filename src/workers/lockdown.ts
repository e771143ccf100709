/**
 * Takes everything away that reaches out of a learner's thread: network, storage, other threads, other code. Learner code
 * may come from a stranger's link, so this is a wall and not a courtesy; it is called before any of that code is there.
 *
 * What stays: the language itself, and the port that the thread was given.
 */
export function lockDown(scope: typeof globalThis): void {
	for (const name of REACHING_OUT) remove(scope, name);
	const functions = [
		Function,
		(async () => {}).constructor,
		function* () {}.constructor,
		async function* () {}.constructor
	];
	for (const { prototype } of functions) {
		// Without its constructor no function leads back to a way of compiling text.
		Object.defineProperty(prototype, 'constructor', { value: undefined });
	}
	remove(scope, 'Function');
	remove(scope, 'eval');
}

const REACHING_OUT = [
	'fetch',
	'fetchLater',
	'XMLHttpRequest',
	'WebSocket',
	'WebSocketStream',
	'WebTransport',
	'EventSource',
	'Request',
	'importScripts',
	'Worker',
	'SharedWorker',
	'BroadcastChannel',
	'indexedDB',
	'caches',
	'CacheStorage',
	'cookieStore',
	'localStorage',
	'sessionStorage',
	'navigator',
	'location',
	'Notification',
	'postMessage',
	'close',
	'RTCPeerConnection',
	'FileReaderSync',
	'webkitRequestFileSystem',
	'webkitRequestFileSystemSync',
	'webkitResolveLocalFileSystemURL',
	'webkitResolveLocalFileSystemSyncURL'
];

/** Removes a global from the scope and from every prototype that it might be inherited from. */
function remove(scope: object, name: string): void {
	for (let at: object | null = scope; at; at = Object.getPrototypeOf(at)) {
		if (Object.hasOwn(at, name)) Reflect.deleteProperty(at, name);
	}
	// Some are not deletable; a value of the scope itself hides those.
	Reflect.defineProperty(scope, name, { value: undefined, writable: false, configurable: false });
}
