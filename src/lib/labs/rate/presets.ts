import { START, type Knobs } from './knobs.ts';
import { writeLink } from './permalink.ts';

/** A state of the lab that surprises, and what to try from there. */
export interface Preset {
	readonly id: string;
	readonly label: string;
	readonly knobs: Knobs;
	/** True of the scenario, wherever the window stands and however long it is: a preset is known by its scenario alone. */
	readonly says: string;
	readonly attempt: string;
}

export const PRESETS: readonly Preset[] = [
	{
		id: 'why',
		label: 'Why 1.33?',
		knobs: START,
		says: 'One event happened, and increase() over a minute makes 1.33 of it. Four samples span 45 of the 60 seconds; what is missing is taken to be like them.',
		attempt: 'Make one event read as 2: set the range to 30 s and move the window.'
	},
	{
		id: 'lost',
		label: 'Lost scrapes',
		knobs: {
			...START,
			traffic: 'steady',
			before: 0,
			lost: [4, 8, 12, 16, 20],
			range: 30,
			at: 110,
			layer: 1
		},
		says: 'Every fourth scrape is lost. A window of two intervals then holds one sample about half of the time, and one sample has no rate.',
		attempt: 'Find the shortest range that has a value all of the time.'
	},
	{
		id: 'crash',
		label: 'Crash loop',
		knobs: {
			...START,
			traffic: 'steady',
			before: 0,
			restartAt: 10,
			restartEvery: 15,
			range: 60,
			at: 200,
			layer: 3
		},
		says: 'The program dies every 15 s, in step with the scrapes: each after the first sees the same 50. No sample is lower than the one before, so no reset shows.',
		attempt: 'Let it die every 20 s instead, and move the phase of the scrapes.'
	},
	{
		id: 'born',
		label: 'Born at 1',
		knobs: { ...START, before: 0, isBorn: true, range: 60, at: 140, layer: 2 },
		says: 'The series did not exist before its first event, so its first sample is 1 already. Nothing rises, and the event is never seen.',
		attempt: 'Untick “no series while it would be 0”: the 0 before the event is what rate() needs.'
	}
];

/** The preset whose scenario this is, wherever the window stands. */
export function presetOf(knobs: Knobs): Preset | undefined {
	return PRESETS.find((preset) => {
		const { range, at, layer } = preset.knobs;
		return writeLink({ ...knobs, range, at, layer }) === writeLink(preset.knobs);
	});
}
