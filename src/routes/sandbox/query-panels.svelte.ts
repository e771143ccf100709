import type { Duration } from '#engine/model';
import { featuresOf } from '#engine/promql';
import { unlessGone, type LabState } from '$lib/state/lab.svelte.ts';
import { Persisted } from '$lib/state/persisted.svelte.ts';
import { QueryPanel, type PanelView } from '$lib/state/query-panel.svelte.ts';

interface SavedPanel {
	readonly text: string;
	readonly view: PanelView;
	readonly range: Duration;
	readonly showsTruth: boolean;
}

/** The queries asked of a world, and the parts of PromQL that they may use. Both outlive a visit. */
export class QueryPanels {
	all = $state.raw<readonly QueryPanel[]>([]);
	/** Experimental parts of PromQL that are switched on, by the names that Prometheus has for them. */
	flags = $state.raw<readonly string[]>([]);
	/** Whether an answer is still on its way. */
	readonly isLoading = $derived(this.all.some(({ isLoading }) => isLoading));

	readonly #lab: LabState;
	#saved: Persisted<readonly SavedPanel[]> | undefined;
	#savedFlags: Persisted<readonly string[]> | undefined;
	#last = 0;

	constructor(lab: LabState, texts: readonly string[]) {
		this.#lab = lab;
		this.all = texts.map((text) => this.#panelOf(text));
	}

	/** Takes up what an earlier visit left. */
	restore(): void {
		this.#saved = new Persisted('promenade.sandbox.queries', []);
		const saved = this.#saved.current;
		if (saved.length > 0) this.all = saved.map((panel) => this.#restored(panel));
		this.#savedFlags = new Persisted('promenade.sandbox.features', []);
		this.flags = this.#savedFlags.current;
		void this.#lab.setFeatures(featuresOf(this.flags));
	}

	add(text: string): QueryPanel {
		const panel = this.#panelOf(text);
		this.all = [...this.all, panel];
		this.save();
		this.#ask(panel);
		return panel;
	}

	/** A copy of a panel, right after it. */
	duplicate(panel: QueryPanel): void {
		const at = this.all.indexOf(panel) + 1;
		const copy = this.#restored(panel);
		this.all = [...this.all.slice(0, at), copy, ...this.all.slice(at)];
		this.save();
		this.#ask(copy);
	}

	remove(panel: QueryPanel): void {
		this.all = this.all.filter((one) => one !== panel);
		this.save();
	}

	/** Keeps the panels as they are now for the next visit. */
	save(): void {
		if (!this.#saved) return;
		this.#saved.current = this.all.map(({ text, view, range, showsTruth }) => ({
			text,
			view,
			range,
			showsTruth
		}));
	}

	/** Switches an experimental part of PromQL on or off, and asks every query again. */
	async switchFeature(flag: string, isOn: boolean): Promise<void> {
		const others = this.flags.filter((one) => one !== flag);
		this.flags = isOn ? [...others, flag] : others;
		if (this.#savedFlags) this.#savedFlags.current = this.flags;
		await unlessGone(() => this.#lab.setFeatures(featuresOf(this.flags)));
		if (this.#lab.status === 'running') await this.refresh();
	}

	/** Asks every query again. */
	async refresh(): Promise<void> {
		await Promise.all(this.all.map((panel) => panel.refresh()));
	}

	#ask(panel: QueryPanel): void {
		if (this.#lab.status === 'running') void panel.refresh();
	}

	#panelOf(text: string): QueryPanel {
		return new QueryPanel(this.#lab, ++this.#last, text);
	}

	#restored({ text, view, range, showsTruth }: SavedPanel): QueryPanel {
		const panel = this.#panelOf(text);
		panel.view = view;
		panel.range = range;
		panel.showsTruth = showsTruth;
		return panel;
	}
}
