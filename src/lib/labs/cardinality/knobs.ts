import type { Choice, ExtraLabel, MetricKind } from './choice.ts';
import { DEFAULT_LIMITS, type Limits, type Relabel } from './limits.ts';

/** Everything of the lab that can be set, and that a link carries. */
export interface Knobs extends Limits, Required<Choice> {
	readonly seed: number;
	/** Requests a second of the whole crowd. */
	readonly rate: number;
	/** User k comes k^-exponent times as often as user 1; 0 is everybody alike. */
	readonly exponent: number;
	/** Bytes of page that an instance writes in a virtual second. */
	readonly pageRate: number;
	/** How often each instance is restarted in a virtual hour, as a deployment does it. */
	readonly restarts: number;
	/** Of the server that is imagined, bytes. */
	readonly memoryLimit: number;
	/** How often a dashboard asks its panels, wall seconds. */
	readonly refresh: number;
}

/** The surprising state that the lab opens in: a label for each user. */
export const START: Knobs = {
	...DEFAULT_LIMITS,
	label: 'user_id',
	kind: 'counter',
	edges: 8,
	valueLength: 0,
	seed: 1,
	rate: 50,
	exponent: 1.07,
	pageRate: 1_000_000,
	restarts: 0,
	memoryLimit: 512 * 2 ** 20,
	refresh: 1
};

interface Option<Value> {
	readonly value: Value;
	readonly label: string;
}

const MIB = 2 ** 20;
const many = (values: readonly number[], unit = ''): readonly Option<number>[] =>
	values.map((value) => ({ value, label: `${value.toLocaleString('en')}${unit}` }));
const limits = (values: readonly number[]): readonly Option<number>[] => [
	{ value: 0, label: 'none' },
	...many(values)
];

/** What the knobs with a few settings offer. */
export const OPTIONS = {
	instances: many([1, 2, 3, 5]),
	interval: many([5, 15, 30, 60], ' s'),
	timeout: many([1, 2, 5, 10, 15], ' s'),
	sampleLimit: limits([1000, 5000, 20_000, 50_000]),
	labelValueLengthLimit: limits([4, 32]),
	bodySizeLimit: [
		{ value: 0, label: 'none' },
		{ value: 1_000_000, label: '1 MB' },
		{ value: 10_000_000, label: '10 MB' }
	],
	memoryLimit: [
		{ value: 128 * MIB, label: '128 MiB' },
		{ value: 512 * MIB, label: '512 MiB' },
		{ value: 2048 * MIB, label: '2 GiB' }
	],
	restarts: limits([2, 6, 12]),
	exponent: [
		{ value: 0, label: 'all alike' },
		{ value: 1.07, label: '1.07' },
		{ value: 1.5, label: '1.5' },
		{ value: 2, label: '2' }
	],
	pageRate: [
		{ value: 200_000, label: '0.2 MB/s' },
		{ value: 1_000_000, label: '1 MB/s' },
		{ value: 10_000_000, label: '10 MB/s' }
	],
	valueLength: [{ value: 0, label: 'as it is' }, ...many([16, 36, 128])],
	edges: many([4, 8, 16, 32]),
	refresh: many([0.25, 1, 5], ' s'),
	relabel: [
		{ value: 'none', label: 'none' },
		{ value: 'labeldrop', label: 'labeldrop' },
		{ value: 'drop', label: 'drop' }
	] satisfies readonly Option<Relabel>[]
} as const;

/** A crowd of so many requests a second at the least and the most. */
export const RATE = { min: 1, max: 200 } as const;
export const MOST_SEED = 2 ** 31 - 1;

/** Knobs that the world is made from: with another of these it begins anew. */
const OF_WORLD = ['seed', 'instances', 'exponent', 'pageRate', 'restarts'] as const;
/** Knobs that the program is written from. */
const OF_PROGRAM = ['label', 'kind', 'edges', 'valueLength'] as const;

/** What has to be done when knobs are turned: nothing that runs is touched, code is deployed, or the world begins anew. */
export function consequence(before: Knobs, after: Knobs): 'none' | 'deploy' | 'begin' {
	const differs = (name: keyof Knobs) => before[name] !== after[name];
	if (OF_WORLD.some(differs)) return 'begin';
	return OF_PROGRAM.some(differs) ? 'deploy' : 'none';
}

/** Knobs with a change, such as Prometheus takes them: it waits no longer than until the next scrape. */
export function turned(knobs: Knobs, change: Partial<Knobs>): Knobs {
	const next = { ...knobs, ...change };
	return { ...next, timeout: Math.min(next.timeout, next.interval) };
}

/** Settings that make the point of a lesson. */
export interface Preset {
	readonly id: string;
	readonly title: string;
	/** What to look for. */
	readonly look: string;
	readonly knobs: Partial<Knobs>;
}

const shop = (label: ExtraLabel, kind: MetricKind, rest: Partial<Knobs> = {}) => ({
	label,
	kind,
	...rest
});

/** Named after the lessons that they belong to. */
export const PRESETS: readonly Preset[] = [
	{
		id: 'C2',
		title: 'The multiplication table',
		look: 'Switch the map to the worst case: the product of the ledger, and how little of it is occupied. Then open the histogram: each child is ten series and more.',
		knobs: shop('plan', 'histogram', { instances: 3 })
	},
	{
		id: 'C3',
		title: 'The user_id bomb',
		look: 'Let it run at 240×: the scrape line meets its timeout first. Then set sample_limit, and say before what will be left.',
		knobs: shop('user_id', 'histogram', { rate: 200 })
	},
	{
		id: 'C4',
		title: 'Paths are user input',
		look: 'The raw path is a label: every product has series of its own, and anybody can ask for more.',
		knobs: shop('path', 'counter', { rate: 100 })
	},
	{
		id: 'C6',
		title: 'The bomb with a slow fuse',
		look: 'Few series live at any moment, but each restart leaves its old ones in the head. Switch the map to all ever seen.',
		knobs: shop('pod', 'histogram', { instances: 5, restarts: 6 })
	},
	{
		id: 'F4',
		title: 'Defuse without a deploy',
		look: 'labeldrop makes lines equal, and each of them still counts towards sample_limit. Take the limit away: of equal lines only the first is stored, and the rates are wrong. drop loses the metric.',
		knobs: shop('user_id', 'counter', { sampleLimit: 1000, relabel: 'labeldrop' })
	}
];

/** All knobs as a lesson has them, with a seed of one's own; undefined where no lesson has this id. */
export function settingsOf(id: string, seed: number): Knobs | undefined {
	const preset = PRESETS.find((one) => one.id === id);
	return preset && turned(START, { ...preset.knobs, seed });
}
