import type { Problem } from '#engine/model';
import type { TextLanguage } from './highlight.ts';
import type { PythonSource } from './python-source.ts';

/** An editor on the page, whichever it is. */
export interface CodeView {
	/** Replaces the text as one step that undo takes back. */
	setText(text: string): void;
	setProblems(problems: readonly Problem[]): void;
	/** Puts the cursor there, brings it into view and focuses the editor. 1-based. */
	goTo(line: number, column: number): void;
	focus(): void;
	dispose(): void;
}

export interface CodeViewOptions extends PythonSource {
	readonly parent: HTMLElement;
	readonly text: string;
	readonly language: TextLanguage;
	/** What screen readers call it. */
	readonly label: string;
	readonly onChange: (text: string) => void;
	/** Ctrl-Enter or Cmd-Enter. */
	readonly onRun: () => void;
	/** Escape, when it closes nothing in the editor itself. True: something else came of it, and Tab goes on indenting. */
	readonly onEscape: () => boolean;
	/** Whether Tab leaves the editor now instead of indenting. */
	readonly onTabLeaves: (leaves: boolean) => void;
}

/** Tells listeners when the page turns light or dark; the editor that is no part of CSS then asks for its colours again. */
export type ThemeListener = (themeChanged: () => void) => void;
