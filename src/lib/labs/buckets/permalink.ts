import { tidyEdges } from './edges.ts';
import { LIMITS, limited, MODES, START, type Knobs } from './knobs.ts';
import type { Traffic } from './traffic.ts';

/** What a link said: the knobs, and in words what of it could not be used. */
export interface ReadLink {
	readonly knobs: Knobs;
	readonly problems: readonly string[];
}

/** The knobs as the part of an address after `#`: only what differs from the opening state, so that short links stay short. */
export function writeLink(knobs: Knobs): string {
	const parts = new URLSearchParams();
	for (const [name, write] of Object.entries(WRITERS)) {
		const text = write(knobs);
		if (text !== write(START)) parts.set(name, text);
	}
	return parts.toString().replaceAll('%2C', ',');
}

const WRITERS: Readonly<Record<string, (knobs: Knobs) => string>> = {
	mode: ({ mode }) => mode,
	traffic: ({ traffic: { shape, median, spread, slowShare, slowMedian, cliffShare } }) =>
		[shape, median, spread, slowShare, slowMedian, cliffShare].join(','),
	seed: ({ seed }) => String(seed),
	round: ({ round }) => String(round),
	edges: ({ edges }) => edges.join(','),
	q: ({ q }) => String(q),
	slo: ({ objective }) => String(objective),
	schema: ({ schema }) => String(schema),
	n: ({ requests }) => String(requests),
	slow: ({ slowShare }) => String(slowShare),
	endpoints: ({ endpoints }) => String(endpoints),
	instances: ({ instances }) => String(instances),
	client: ({ client }) => client
};

/** Reads what `writeLink` wrote, or somebody typed. What cannot be read keeps its opening value, and is told. */
export function readLink(text: string): ReadLink {
	const parts = new URLSearchParams(text.replace(/^#/, ''));
	const problems: string[] = [];
	let knobs = START;
	for (const [name, value] of parts) {
		const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
		const patch = read?.(value);
		if (patch) knobs = { ...knobs, ...patch };
		else problems.push(problemOf(name, value, read !== undefined));
	}
	return { knobs, problems };
}

function problemOf(name: string, value: string, isKnown: boolean): string {
	return isKnown
		? `The link’s ${name} cannot be “${value}”; the lab’s own is shown.`
		: `The link sets “${name}”, which is no knob of this lab.`;
}

type Patch = Partial<Knobs> | undefined;

const READERS: Readonly<Record<string, (text: string) => Patch>> = {
	mode: (text) => {
		const mode = MODES.find(({ value }) => value === text);
		return mode && { mode: mode.value };
	},
	traffic: readTraffic,
	seed: (text) => whole(text, LIMITS.seed, (seed) => ({ seed })),
	round: (text) => whole(text, LIMITS.round, (round) => ({ round })),
	edges: (text) => {
		const numbers = text.split(',').map(toNumber);
		const edges = tidyEdges(numbers);
		return edges.length > 0 && edges.length === numbers.length ? { edges } : undefined;
	},
	q: (text) => within(text, LIMITS.q, (q) => ({ q })),
	slo: (text) => within(text, LIMITS.objective, (objective) => ({ objective })),
	schema: (text) => whole(text, LIMITS.schema, (schema) => ({ schema })),
	n: (text) => whole(text, LIMITS.requests, (requests) => ({ requests })),
	slow: (text) => within(text, LIMITS.slowShare, (slowShare) => ({ slowShare })),
	endpoints: (text) => whole(text, LIMITS.endpoints, (endpoints) => ({ endpoints })),
	instances: (text) => whole(text, LIMITS.instances, (instances) => ({ instances })),
	client: (client) => (client === 'python' || client === 'typescript' ? { client } : undefined)
};

function readTraffic(text: string): Patch {
	const [shape, ...numbers] = text.split(',');
	const [median = NaN, spread = NaN, slowShare = NaN, slowMedian = NaN, cliffShare = NaN] =
		numbers.map(toNumber);
	if (shape !== 'lognormal' && shape !== 'uniform') return undefined;
	const traffic: Traffic = { shape, median, spread, slowShare, slowMedian, cliffShare };
	const isUsable =
		isIn(median, LIMITS.median) &&
		isIn(spread, shape === 'uniform' ? { min: 0, max: 0.99 } : LIMITS.spread) &&
		isIn(slowShare, LIMITS.trafficShare) &&
		isIn(slowMedian, LIMITS.median) &&
		isIn(cliffShare, LIMITS.trafficShare);
	return isUsable && numbers.length === 5 ? { traffic } : undefined;
}

type Limit = { readonly min: number; readonly max: number };

function isIn(value: number, limit: Limit): boolean {
	return limited(value, limit) === value;
}

function toNumber(text: string): number {
	return text.trim() === '' ? NaN : Number(text);
}

function within(text: string, limit: Limit, patch: (value: number) => Patch): Patch {
	const value = toNumber(text);
	return isIn(value, limit) ? patch(value) : undefined;
}

function whole(text: string, limit: Limit, patch: (value: number) => Patch): Patch {
	return Number.isInteger(toNumber(text)) ? within(text, limit, patch) : undefined;
}
