import { SECOND, type Duration } from '#engine/model';
import type { CodeLanguage, LabStart } from '#workers/protocol';
import { START, type Knobs } from './knobs.ts';
import { configText } from './limits.ts';
import { programText } from './program.ts';
import { HEAD_SPAN } from './server.ts';
import { worldText } from './world-text.ts';

/** Virtual seconds a second that the lab begins with. */
export const SPEED = 60;

/** What a world lives through before it is shown, when it is not the one that everybody begins with. */
const SHORT_START: Duration = 30 * SECOND;

export interface BeginningInput {
	/** The text of lessons/worlds/cardinality/world.yaml. */
	readonly world: string;
	readonly knobs: Knobs;
	readonly language: CodeLanguage;
	readonly program: { readonly file: string; readonly text: string };
	/** What the world that everybody begins with lives through before it is shown. */
	readonly headStart: Duration;
	/** Virtual seconds a second. */
	readonly speed: number;
}

/** How a world is begun with these knobs and this program. */
export interface Beginning {
	readonly start: LabStart;
	/** Whether what was lived through when the page was built is the history of this world, program and configuration. */
	readonly isFirst: boolean;
}

export function beginningOf({
	world: plain,
	knobs,
	language,
	program,
	headStart,
	speed
}: BeginningInput): Beginning {
	const world = worldText(plain, knobs);
	const config = configText(knobs, knobs);
	const isProgram = language === 'typescript' && program.text === programText(START, 'typescript');
	const isWorld = world === plain && knobs.seed === START.seed;
	const isFirst = isProgram && isWorld && config === configText(START, START);
	return {
		isFirst,
		start: {
			world,
			config,
			seed: knobs.seed,
			files: { [program.file]: program.text },
			retention: HEAD_SPAN,
			headStart: isFirst ? headStart : SHORT_START,
			speed
		}
	};
}
