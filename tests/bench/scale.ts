import { spawnSync } from 'node:child_process';
import { bundle } from './bundle.ts';

/**
 * So many series, and to how many MiB the heap is held: left alone V8 lets garbage pile up to half as much again before it looks for it, and
 * the peak would say more of that than of what is needed.
 */
const RUNS = [
	{ series: 100_000, heap: 120 },
	{ series: 1_000_000, heap: 1000 }
];

/** Prints what very many live series take, each number in a process of its own, from the scrape to the status lists. */
export async function benchScale(): Promise<void> {
	const program = await bundle(new URL('scale-process.ts', import.meta.url), 'scale');
	for (const { series, heap } of RUNS) {
		const flags = ['--expose-gc', `--max-old-space-size=${heap}`, '--max-semi-space-size=4'];
		const { status } = spawnSync(process.execPath, [...flags, program, String(series)], {
			stdio: ['ignore', 'inherit', 'inherit']
		});
		if (status !== 0) throw new Error(`the process with ${series} series ended with ${status}`);
	}
}
