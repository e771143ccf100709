import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Head } from '#engine/tsdb';
import { evaluate } from './ours.ts';
import type { Bounds } from './queries.ts';

/** The engine asks between series whether to go on; there, so many times in a query, is a good place to look. */
const LOOKS = 100;

/**
 * The most memory that a query holds at once, in bytes: after a full garbage collection between two of its series, above what there
 * was before it. What the answer itself takes is part of it.
 */
export function peakMemory(head: Head, query: string, bounds: Bounds): number {
	const collect = garbageCollector();
	let calls = 0;
	evaluate(head, query, bounds, { interrupt: () => void calls++ });
	const every = Math.max(1, Math.floor(calls / LOOKS));
	const before = heldBytes(collect);
	let peak = 0;
	let call = 0;
	const outcome = evaluate(head, query, bounds, {
		interrupt: () => {
			if (call++ % every === 0) peak = Math.max(peak, heldBytes(collect) - before);
			return undefined;
		}
	});
	peak = Math.max(peak, heldBytes(collect) - before);
	if (!outcome.ok) throw new Error('unreachable: evaluate throws');
	return peak;
}

/** What a full collection leaves. Memory of arrays is given back in the background, so it is asked until it says the same twice. */
function heldBytes(collect: () => void): number {
	let before = NaN;
	for (;;) {
		collect();
		const { heapUsed, arrayBuffers } = process.memoryUsage();
		if (arrayBuffers === before) return heapUsed + arrayBuffers;
		before = arrayBuffers;
	}
}

function garbageCollector(): () => void {
	setFlagsFromString('--expose-gc');
	return runInNewContext('gc') as () => void;
}
