import type { Lab } from '#engine/lab';
import { inWords } from '../in-words.ts';

/** Wall time between two moves of the world, ms. */
const TICK = 50;
/** A machine that was asleep does not catch up: time simply stood still. */
const LONGEST_TICK = 250;

/** Lets a world go on, `speed` times as fast as clocks on walls, until the function given back is called. */
export function goOn(lab: Lab, speed: number, fail: (error: unknown) => void): () => void {
	let last = performance.now();
	/** Virtual time that has not been lived yet, ms: the world moves by whole ones, as all timestamps are. */
	let owed = 0;
	let timer = setTimeout(tick, TICK);
	let isOver = false;
	function tick(): void {
		const now = performance.now();
		const passed = Math.min(now - last, LONGEST_TICK);
		last = now;
		owed += passed * speed;
		const whole = Math.floor(owed);
		owed -= whole;
		lab.advance(lab.now + whole).then(() => {
			tellProblems(lab);
			if (!isOver) timer = setTimeout(tick, TICK);
		}, fail);
	}
	return () => {
		isOver = true;
		clearTimeout(timer);
		lab.dispose();
	};
}

/** What code had to say against itself meanwhile, on standard error; the rest of the log is for pages that draw it. */
function tellProblems(lab: Lab): void {
	for (const problem of lab.takeLog().problems) console.error(`lab: ${inWords(problem)}`);
}
