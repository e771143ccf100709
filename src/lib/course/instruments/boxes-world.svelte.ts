import type { SourceFiles } from '#engine/sim';
import { LabGone } from '$lib/state/lab-gone.ts';
import type { LabState } from '$lib/state/lab.svelte.ts';
import { countOf, readHistogram, type ExposedHistogram } from './boxes.ts';

/** What runs behind the figure: a world in which requests are rare, and code with one histogram without labels. */
interface BoxesProgram {
	/** The text of its YAML. */
	readonly world: string;
	readonly seed: number;
	readonly files: SourceFiles;
	/** The instance that is looked at. */
	readonly instance: string;
	/** What its /metrics says before the first request: there is something to see before anything runs. */
	readonly page: string;
	/** How many requests are played. */
	readonly most: number;
}

/** So many scrapes without a request, and there will be none. */
const MOST_SCRAPES = 1_000;

/** Wall time between two requests that are played, ms. */
const PAUSE = 700;

/**
 * A world that is lived through from one request to the next: scrape by scrape, until the page counts one more. It has a lab
 * of its own, which is opened for the first request.
 */
export class BoxesWorld {
	readonly #program: BoxesProgram;
	readonly #open: () => LabState;
	readonly #first: ExposedHistogram;
	#lab: LabState | undefined;
	/** What is asked of the world waits for what was asked before. */
	#turn: Promise<void> = Promise.resolve();
	/** Plays are numbered: a later one, or a pause, ends the one before. */
	#play = 0;
	#isClosed = false;
	/** The page as it is, and as it was before the last request. */
	now: ExposedHistogram;
	before: ExposedHistogram;
	isPlaying = $state(false);
	/** Why nothing more comes, when it does not. */
	failure = $state('');

	/** `open` starts a lab in a thread of its own. Throws when the program's first page has no histogram. */
	constructor(program: BoxesProgram, open: () => LabState) {
		const first = readHistogram(program.page);
		if (!first) throw new Error('the first page has no histogram');
		this.#program = program;
		this.#open = open;
		this.#first = first;
		this.now = $state.raw(first);
		this.before = $state.raw(first);
	}

	get count(): number {
		return countOf(this.now);
	}

	get isOver(): boolean {
		return this.count >= this.#program.most;
	}

	/** Lets the next request come. */
	next(): Promise<void> {
		return this.#inTurn(() => this.#next());
	}

	/** Goes back to the beginning, where nobody has come yet. */
	again(): Promise<void> {
		this.pause();
		return this.#inTurn(async () => {
			this.#end();
			this.failure = '';
			this.now = this.before = this.#first;
		});
	}

	/** Lets one request after the other come. */
	async play(): Promise<void> {
		if (this.isPlaying) return;
		const play = ++this.#play;
		this.isPlaying = true;
		try {
			while (play === this.#play && !this.isOver && !this.failure) {
				await this.next();
				await new Promise((resolve) => setTimeout(resolve, PAUSE));
			}
		} finally {
			if (play === this.#play) this.isPlaying = false;
		}
	}

	pause(): void {
		this.#play++;
		this.isPlaying = false;
	}

	/** For good: what still waits for its turn asks for nothing, and opens no lab. */
	close(): void {
		this.#isClosed = true;
		this.pause();
		this.#end();
	}

	#inTurn(run: () => Promise<void>): Promise<void> {
		// Whoever asked before hears how that failed; who asks now is not to hear it as well.
		return (this.#turn = this.#turn.catch(() => {}).then(run));
	}

	#end(): void {
		this.#lab?.close();
		this.#lab = undefined;
	}

	async #next(): Promise<void> {
		if (this.#isClosed || this.isOver) return;
		try {
			const lab = this.#lab ?? (await this.#begin());
			for (let scrapes = 0; scrapes < MOST_SCRAPES; scrapes++) {
				await lab.step();
				const found = readHistogram((await lab.metricsPage(this.#program.instance)) ?? '');
				if (!found || countOf(found) === this.count) continue;
				this.before = this.now;
				this.now = found;
				return;
			}
			this.failure = 'No further request comes.';
		} catch (error) {
			if (!(error instanceof LabGone)) throw error;
			// Whoever left the page has closed the lab, and wants to hear of nothing.
			if (this.#lab) this.failure = `The world stopped: ${error.message}.`;
		}
	}

	async #begin(): Promise<LabState> {
		const { world, seed, files } = this.#program;
		// It is known before it has begun, so that whoever closes this meanwhile closes it as well.
		const lab = (this.#lab = this.#open());
		await lab.begin({ world, seed, files, speed: 0 });
		return lab;
	}
}
