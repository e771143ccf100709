import type { Duration, Timestamp } from '#engine/model';
import type { Unit } from '$lib/charts/numbers.ts';
import { QueryPanel } from '$lib/state/query-panel.svelte.ts';
import type { LabState } from '$lib/state/lab.svelte.ts';
import type { Lesson, SourceFiles } from './lesson.ts';

/** A chart that the prose asks for. */
export interface ChartSpec {
	readonly id: string;
	readonly title: string;
	readonly query: string;
	readonly unit: Unit;
	/** The step after which it shows. */
	readonly after?: string;
}

/** Whose code the world on show runs. */
export type Author = 'nobody' | 'solution' | 'learner';

/** Virtual time between two pictures while the world plays, ms, and the wall time they take at least. */
const STRIDE: Duration = 5_000;
const BREATH = 40;

/** One seed: the same history on every screen, for whatever code. */
const SEED = 1;

/** The world of a lesson, as its charts show it: begun with some code, then played to the end of the lesson's stretch. */
export class LessonLab {
	readonly lab: LabState;
	readonly panels: readonly (ChartSpec & { readonly panel: QueryPanel })[];
	/** Of the learner's instance, as last scraped. */
	metrics = $state.raw('');
	author = $state<Author>('nobody');
	isPlaying = $state(false);
	readonly #lesson: Pick<Lesson, 'world' | 'run'>;
	/** Plays are numbered: a later one, or a pause, ends the one before. */
	#play = 0;

	constructor(lab: LabState, lesson: Pick<Lesson, 'world' | 'run'>, charts: readonly ChartSpec[]) {
		this.lab = lab;
		this.#lesson = lesson;
		this.panels = charts.map((chart, i) => {
			const panel = new QueryPanel(lab, i, chart.query);
			panel.range = lesson.run.to;
			return { ...chart, panel };
		});
	}

	get isOver(): boolean {
		return this.lab.start > 0 && this.lab.now >= this.end;
	}

	/** The end of what is played. */
	get end(): Timestamp {
		return this.lab.start + this.#lesson.run.to;
	}

	/** Starts the world with this code and stops where its story begins. False when the code does not load. */
	async begin(files: SourceFiles, author: Author): Promise<boolean> {
		this.pause();
		const { world, run } = this.#lesson;
		const isLoaded = await this.lab.begin({
			world,
			seed: SEED,
			files,
			speed: 0,
			headStart: run.from
		});
		this.author = author;
		await this.#show();
		return isLoaded;
	}

	/** Plays on to the end; `atOnce` without pictures on the way. */
	async play(atOnce: boolean): Promise<void> {
		const play = ++this.#play;
		this.isPlaying = true;
		// The page's copy of the clock lags behind, so the time that is left is counted here.
		let left = this.end - this.lab.now;
		while (play === this.#play && left > 0) {
			const stride = atOnce ? left : Math.min(STRIDE, left);
			await this.lab.skip(stride);
			left -= stride;
			await this.#show();
		}
		if (play === this.#play) this.isPlaying = false;
	}

	pause(): void {
		this.#play++;
		this.isPlaying = false;
	}

	close(): void {
		this.pause();
		this.lab.close();
	}

	/** Lets the snapshot arrive that belongs to the present moment, then asks for it. */
	async #show(): Promise<void> {
		await new Promise((resolve) => setTimeout(resolve, BREATH));
		await Promise.all(this.panels.map(({ panel }) => panel.refresh()));
		const instance = this.lab.instances[0]?.name;
		this.metrics = (instance && (await this.lab.metricsPage(instance))) ?? '';
	}
}
