import type { Problem } from '#engine/model';
import type { EditedFile } from './edited-file.svelte.ts';
import { nounOf } from './problems.ts';

/** What a file says of itself when this or that has come of it. */
interface Words {
	readonly applying: string;
	readonly refused: string;
	readonly edited: string;
	readonly taken: string;
	readonly takenWithProblems: string;
	readonly inForce: string;
	/** Before there is a world. */
	readonly waiting: string;
}

/** What a file's words depend on besides the file. */
export interface Surroundings {
	/** Of the file, and of those that are put in force with it. */
	readonly problems: readonly Problem[];
	/** Whether there is a world. */
	readonly isReady: boolean;
	/** The language of the program that is in service in place of the one that the file belongs to. */
	readonly instead?: string | undefined;
}

const WORDS: Readonly<Record<'code' | 'config', Words>> = {
	code: {
		applying: 'Deploying…',
		refused: 'Nothing was deployed; the previous version keeps running.',
		edited: 'Edited. Run deploys it.',
		taken: 'Deployed. The counters begin again at 0.',
		takenWithProblems: 'Deployed, but it goes wrong.',
		inForce: 'This code is in service.',
		waiting: 'The code of the shop.'
	},
	config: {
		applying: 'Reloading…',
		refused: 'Nothing was changed; the previous configuration stays in force.',
		edited: 'Edited. Reload applies it.',
		taken: 'Reloaded. Targets are scraped by it from now on.',
		takenWithProblems: 'Reloaded.',
		inForce: 'Targets are scraped by this configuration.',
		waiting: 'How Prometheus scrapes the shop.'
	}
};

/** How things stand with a file. */
export interface FileState {
	readonly words: string;
	/** What is to be seen below, as a sentence calls it: `the 2 problems`. */
	readonly see?: string;
}

export function stateOf(
	kind: keyof typeof WORDS,
	file: Pick<EditedFile, 'isApplying' | 'outcome' | 'isEdited' | 'isAsTried'>,
	{ problems, isReady, instead }: Surroundings
): FileState {
	const words = WORDS[kind];
	if (file.isApplying) return { words: words.applying };
	if (file.outcome === 'refused' && file.isAsTried)
		return { words: words.refused, see: nameOf(problems) };
	if (instead && isReady) {
		return { words: `The program in ${instead} is in service. Run deploys this one in its place.` };
	}
	if (file.isEdited) return { words: words.edited };
	if (file.outcome === 'taken') {
		return problems.length > 0
			? { words: words.takenWithProblems, see: nameOf(problems) }
			: { words: words.taken };
	}
	return { words: isReady ? words.inForce : words.waiting };
}

function nameOf(problems: readonly Problem[]): string {
	const count = problems.length > 1 ? `${problems.length} ` : '';
	return `the ${count}${nounOf(problems)}`;
}
