import { SECOND, type Timestamp } from '#engine/model';
import { XrayView } from '$lib/xray/rate/xray-view.svelte.ts';
import { DURATION, START, type Knobs } from './knobs.ts';
import { presetOf, type Preset } from './presets.ts';
import { BEGIN, scrapesOf, seriesOf } from './scenario.ts';

/** The rate lab: a counter whose scrapes, restarts and luck are set by hand, and the x-ray of a window over it. */
export class RateLab {
	#knobs = $state.raw<Knobs>(START);
	readonly #series = $derived(seriesOf(this.#knobs));
	readonly view = new XrayView(
		() => ({ series: [this.#series], domain: [BEGIN, BEGIN + DURATION * SECOND] }),
		{ at: START.at * SECOND, range: START.range * SECOND, layer: START.layer }
	);

	/** All that is set. The window is moved in the picture as well, which has the last word on it. */
	readonly knobs: Knobs = $derived.by(() => ({
		...this.#knobs,
		at: (this.view.at - BEGIN) / SECOND,
		range: this.view.range / SECOND,
		layer: this.view.layer
	}));

	/** Chosen last, and not left since by a link. */
	#chosen = $state.raw<Preset>();
	/** The preset whose scenario is on show; undefined when it is one of the reader's own. */
	readonly preset = $derived(presetOf(this.knobs));
	/** What to try next. To follow the hint of a preset is to leave its scenario, so the hint stays with what is made of it. */
	readonly attempt = $derived((this.preset ?? this.#chosen)?.attempt);

	choose(preset: Preset): void {
		this.#chosen = preset;
		this.set(preset.knobs);
	}

	/** Takes over what a link says: what was chosen before has nothing to do with it. */
	open(knobs: Knobs): void {
		this.#chosen = undefined;
		this.set(knobs);
	}

	set(patch: Partial<Knobs>): void {
		const knobs = { ...this.knobs, ...patch };
		const phase = Math.min(knobs.phase, knobs.interval - 1);
		this.#knobs = { ...knobs, phase };
		this.view.widen(knobs.range * SECOND);
		this.view.moveTo(BEGIN + knobs.at * SECOND);
		this.view.layer = knobs.layer;
	}

	/** Loses the scrape of a moment, or finds it again. */
	toggleScrape(at: Timestamp): void {
		const { lost } = this.#knobs;
		const scrape = scrapesOf(this.#knobs).find((one) => BEGIN + one.at * SECOND === at);
		if (!scrape) return;
		const others = lost.filter((number) => number !== scrape.number);
		this.set({
			lost: scrape.isLost ? others : [...others, scrape.number].sort((a, b) => a - b)
		});
	}
}
