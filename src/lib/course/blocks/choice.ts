import { createContext } from 'svelte';

/** What a learner may choose at a step. */
export interface ChoiceOption {
	readonly id: string;
	readonly text: string;
	readonly correct: boolean;
	/** Why it is right or wrong; said when it has been chosen. */
	readonly why: string;
	/** Of a prediction: how steep the line will be, times what it was before. */
	readonly slope: number;
}

/** What options ask of the step that they belong to. */
export interface Choice {
	readonly step: string;
	/** Radio buttons that are sent together, or buttons that are pressed once. */
	readonly kind: 'radios' | 'buttons';
	readonly chosen: string | undefined;
	/** The reasons are on show, and nothing can be chosen any more. */
	readonly isSettled: boolean;
	/** Whether the reason of this option is on show. */
	readonly saysWhy: (option: ChoiceOption) => boolean;
	readonly choose: (option: ChoiceOption) => void;
}

export const [getChoice, setChoice] = createContext<Choice>();
