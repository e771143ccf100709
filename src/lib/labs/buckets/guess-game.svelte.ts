import { createRandom } from '#engine/sim';
import { drawColumn, EMPTY_SKETCH, type Sketch } from './guess.ts';
import { TRAFFIC_PRESETS, type Traffic } from './traffic.ts';

/** A round of guessing: which traffic is hidden, what was sketched of it, and whether it has been shown. */
export class GuessGame {
	round = $state(1);
	sketch = $state.raw<Sketch>(EMPTY_SKETCH);
	isRevealed = $state(false);
	readonly isEmpty = $derived(this.sketch.every((height) => height === 0));

	/** The traffic of this round, drawn from the kinds that the lab has, but for the one that it opens on: that has been seen. */
	trafficOf(seed: number): Traffic {
		const random = createRandom(seed).fork(`guess ${this.round}`);
		const [seen, ...others] = TRAFFIC_PRESETS;
		return (others[Math.floor(random() * others.length)] ?? seen).traffic;
	}

	draw(column: number, height: number): void {
		this.sketch = drawColumn(this.sketch, column, height);
	}

	clear(): void {
		this.sketch = EMPTY_SKETCH;
	}

	reveal(): void {
		this.isRevealed = true;
	}

	/** Another hidden traffic, and an empty sheet. */
	next(): void {
		this.round++;
		this.clear();
		this.isRevealed = false;
	}
}
