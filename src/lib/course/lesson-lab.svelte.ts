import type { Duration, Timestamp } from '#engine/model';
import type { Unit } from '$lib/charts/numbers.ts';
import { QueryPanel } from '$lib/state/query-panel.svelte.ts';
import type { LabState } from '$lib/state/lab.svelte.ts';
import type { Lesson, Scene, SourceFiles } from './lesson.ts';
import { readOff } from './reading.ts';
import type { Prediction } from './storyline.ts';
import { SHOWN_SEED } from './trials.ts';

/** A chart that the prose asks for. */
export interface ChartSpec {
	readonly id: string;
	readonly title: string;
	readonly query: string;
	readonly unit: Unit;
	/** The step after which it shows; of several, with blanks between them, any. */
	readonly after?: string;
}

/** Whose code the world on show runs; `learner config` is the code of the beginning, scraped by the learner's `prometheus.yml`. */
export type Author = 'nobody' | Lesson['shows'] | 'learner' | 'learner config';

/** What came of beginning a world: `refused` is code that does not load, and a world that was `overtaken` is another one by now. */
export type Begun = 'loaded' | 'refused' | 'overtaken';

/** Virtual time between two pictures while the world plays, ms, and the wall time they take at least. */
const STRIDE: Duration = 5_000;
const BREATH = 40;

/** The world of a lesson, as its charts show it: begun with some code, then played to the end of the lesson's stretch. */
export class LessonLab {
	readonly lab: LabState;
	readonly panels: readonly (ChartSpec & { readonly panel: QueryPanel })[];
	/** Of the learner's instance, as last scraped. */
	metrics = $state.raw('');
	author = $state<Author>('nobody');
	isPlaying = $state(false);
	readonly #lesson: Pick<Lesson, 'world' | 'run'>;
	/** What the learner asks. */
	readonly #queries: QueryPanel[] = [];
	/** What instruments ask with every picture. */
	readonly #watchers = new Set<() => Promise<void>>();
	/** Plays are numbered: a later one, or a pause, ends the one before. */
	#play = 0;
	/** So are begins: whoever began the world before must not take a later one for its own. */
	#begin = 0;

	constructor(lab: LabState, lesson: Pick<Lesson, 'world' | 'run'>, charts: readonly ChartSpec[]) {
		this.lab = lab;
		this.#lesson = lesson;
		this.panels = charts.map((chart) => ({ ...chart, panel: this.#panel(chart.query) }));
	}

	/** A query of the learner's, which is asked again with every picture. */
	addQuery(text: string): QueryPanel {
		const panel = this.#panel(text);
		this.#queries.push(panel);
		return panel;
	}

	/** Has something asked with every picture, for a figure that is no chart. The function that comes back ends that. */
	watch(ask: () => Promise<void>): () => void {
		this.#watchers.add(ask);
		return () => this.#watchers.delete(ask);
	}

	get isOver(): boolean {
		return this.lab.start > 0 && this.lab.now >= this.end;
	}

	/** The end of what is played. */
	get end(): Timestamp {
		return this.lab.start + this.#lesson.run.to;
	}

	/** What a prediction of a number was about, as it came out; undefined until all has been played, and of other predictions. */
	read({ chart, from, to, reads }: Prediction): number | undefined {
		const result = this.panels.find(({ id }) => id === chart)?.panel.result;
		if (!reads || !result || !this.isOver) return undefined;
		return readOff(result, reads, [this.lab.start + from, this.lab.start + to]);
	}

	/** Starts the world with this code, or another one in its place, and stops where its story begins. */
	async begin(files: SourceFiles, author: Author, instead: Scene = {}): Promise<Begun> {
		const begin = ++this.#begin;
		this.pause();
		// Until its charts are those of the new world, nothing may be read off them.
		this.author = 'nobody';
		const { world, run } = this.#lesson;
		const isLoaded = await this.lab.begin({
			world: instead.world ?? world,
			config: instead.config,
			seed: SHOWN_SEED,
			files,
			speed: 0,
			headStart: run.from
		});
		if (begin === this.#begin) await this.#show();
		if (begin !== this.#begin) return 'overtaken';
		this.author = author;
		return isLoaded ? 'loaded' : 'refused';
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

	#panel(text: string): QueryPanel {
		const panel = new QueryPanel(this.lab, 0, text);
		panel.range = this.#lesson.run.to;
		return panel;
	}

	/** Lets the snapshot arrive that belongs to the present moment, then asks for it. */
	async #show(): Promise<void> {
		await new Promise((resolve) => setTimeout(resolve, BREATH));
		const panels = [...this.panels.map(({ panel }) => panel), ...this.#queries];
		const watchers = [...this.#watchers].map((ask) => ask());
		await Promise.all([...panels.map((panel) => panel.refresh()), ...watchers]);
		const instance = this.lab.instances[0]?.name;
		this.metrics = (instance && (await this.lab.metricsPage(instance))) ?? '';
	}
}
