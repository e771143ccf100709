import { spawnSync } from 'node:child_process';
import { bundle } from './bundle.ts';

/** Prints what a shop takes that is open for a day and keeps two hours, in a process of its own: after four hours it must not grow any more. */
export async function benchDay(): Promise<void> {
	const program = await bundle(new URL('day-process.ts', import.meta.url), 'day');
	const shop = new URL('../../lessons/worlds/shop/', import.meta.url).pathname;
	const { status } = spawnSync(process.execPath, ['--expose-gc', program, shop], {
		stdio: ['ignore', 'inherit', 'inherit']
	});
	if (status !== 0) throw new Error(`the process ended with ${status}`);
}
