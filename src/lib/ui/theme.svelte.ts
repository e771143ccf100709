import { MediaQuery } from 'svelte/reactivity';

/** What a reader can choose; `system` follows the device. */
export type ThemeChoice = 'system' | 'light' | 'dark';

export const THEME_CHOICES: readonly ThemeChoice[] = ['system', 'light', 'dark'];

// app.html reads the same key before the first paint.
const STORAGE_KEY = 'promenade.theme';

/** The theme: what the reader chose, kept across visits, and which of the two that makes. */
class Theme {
	#choice = $state<ThemeChoice>('system');
	readonly #systemIsDark = new MediaQuery('(prefers-color-scheme: dark)');

	get choice(): ThemeChoice {
		return this.#choice;
	}

	/** The theme in effect. Canvas drawings read it, to redraw when it changes; CSS needs only `color-scheme`. */
	get effective(): 'light' | 'dark' {
		if (this.#choice !== 'system') return this.#choice;
		return this.#systemIsDark.current ? 'dark' : 'light';
	}

	/** Takes over the choice of an earlier visit. Browser only, after hydration: prerendered pages say `system`. */
	restore(): void {
		const stored = read();
		if (stored) this.#choice = stored;
	}

	choose(choice: ThemeChoice): void {
		this.#choice = choice;
		if (choice === 'system') delete document.documentElement.dataset.theme;
		else document.documentElement.dataset.theme = choice;
		write(choice);
	}
}

function read(): ThemeChoice | undefined {
	try {
		const stored = localStorage.getItem(STORAGE_KEY);
		return THEME_CHOICES.find((choice) => choice === stored);
	} catch {
		// Storage may be forbidden (private windows, embeds); the theme then lasts as long as the page.
		return undefined;
	}
}

function write(choice: ThemeChoice): void {
	try {
		localStorage.setItem(STORAGE_KEY, choice);
	} catch {
		// As in read.
	}
}

/** The page's one theme. */
export const theme = new Theme();
