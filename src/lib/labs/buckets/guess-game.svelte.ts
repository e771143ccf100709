import { createRandom } from '#engine/sim';
import { drawColumn, EMPTY_SKETCH, type Sketch } from './guess.ts';
import { TRAFFIC_PRESETS, type Traffic } from './traffic.ts';

/**
 * The traffic that a round hides, drawn from the kinds that the lab has, but for the one that it opens on: that has been seen. The same
 * seed and round are the same riddle everywhere.
 */
export function hiddenTraffic(seed: number, round: number): Traffic {
	const random = createRandom(seed).fork(`guess ${round}`);
	const [seen, ...others] = TRAFFIC_PRESETS;
	return (others[Math.floor(random() * others.length)] ?? seen).traffic;
}

/** A round of guessing: what was sketched of the hidden traffic, and whether that has been shown. */
export class GuessGame {
	sketch = $state.raw<Sketch>(EMPTY_SKETCH);
	isRevealed = $state(false);
	readonly isEmpty = $derived(this.sketch.every((height) => height === 0));

	draw(column: number, height: number): void {
		this.sketch = drawColumn(this.sketch, column, height);
	}

	clear(): void {
		this.sketch = EMPTY_SKETCH;
	}

	reveal(): void {
		this.isRevealed = true;
	}

	/** An empty sheet, for traffic that nobody has seen. */
	beginAgain(): void {
		this.clear();
		this.isRevealed = false;
	}
}
