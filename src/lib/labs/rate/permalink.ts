import type { Layer } from '$lib/xray/rate/layers.ts';
import { DURATION, LIMITS, START, type Knobs } from './knobs.ts';

/** What a link said: the knobs, and in words what of it could not be used. */
export interface ReadLink {
	readonly knobs: Knobs;
	readonly problems: readonly string[];
}

const NUMBERS = {
	event: 'eventAt',
	rate: 'perSecond',
	before: 'before',
	interval: 'interval',
	phase: 'phase',
	restart: 'restartAt',
	again: 'restartEvery',
	range: 'range',
	at: 'at'
} as const satisfies Record<string, keyof typeof LIMITS>;

/** The knobs as the part of an address after `#`: only what differs from the opening state, so that short links stay short. */
export function writeLink(knobs: Knobs): string {
	const parts = new URLSearchParams();
	const [own, opening] = [textsOf(knobs), textsOf(START)];
	for (const [name, text] of Object.entries(own)) {
		if (text !== opening[name]) parts.set(name, text);
	}
	return parts.toString().replaceAll('%2C', ',');
}

function textsOf(knobs: Knobs): Readonly<Record<string, string>> {
	const numbers = Object.entries(NUMBERS).map(([name, knob]) => [name, String(knobs[knob])]);
	return {
		traffic: knobs.traffic,
		born: knobs.isBorn ? 'yes' : 'no',
		lost: knobs.lost.join(','),
		layer: String(knobs.layer),
		...Object.fromEntries(numbers)
	};
}

/** Reads what `writeLink` wrote, or somebody typed. What cannot be read keeps its opening value, and is told. */
export function readLink(text: string): ReadLink {
	const problems: string[] = [];
	let knobs = START;
	for (const [name, value] of new URLSearchParams(text.replace(/^#/, ''))) {
		const patch = patchOf(name, value);
		if (patch) knobs = { ...knobs, ...patch };
		else problems.push(problemOf(name, value));
	}
	return { knobs, problems };
}

function patchOf(name: string, value: string): Partial<Knobs> | undefined {
	if (Object.hasOwn(NUMBERS, name))
		return numberPatch(NUMBERS[name as keyof typeof NUMBERS], value);
	switch (name) {
		case 'traffic':
			return value === 'once' || value === 'steady' ? { traffic: value } : undefined;
		case 'born':
			return value === 'yes' || value === 'no' ? { isBorn: value === 'yes' } : undefined;
		case 'lost': {
			const lost = readLost(value);
			return lost && { lost };
		}
		case 'layer':
			return /^[1-5]$/.test(value) ? { layer: Number(value) as Layer } : undefined;
		default:
			return undefined;
	}
}

function numberPatch(knob: keyof typeof LIMITS, text: string): Partial<Knobs> | undefined {
	const { min, max } = LIMITS[knob];
	const value = /^\d+$/.test(text) ? Number(text) : NaN;
	return value >= min && value <= max ? { [knob]: value } : undefined;
}

/** Numbers of scrapes between commas or blanks, in order and each once; undefined when something else is there. */
export function readLost(text: string): readonly number[] | undefined {
	const parts = text.split(/[\s,]+/).filter((part) => part !== '');
	const numbers = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : NaN));
	const most = DURATION / LIMITS.interval.min + 1;
	if (numbers.some((one) => !(one >= 1 && one <= most))) return undefined;
	return [...new Set(numbers)].sort((a, b) => a - b);
}

function problemOf(name: string, value: string): string {
	const isKnown = Object.hasOwn(textsOf(START), name);
	return isKnown
		? `The link’s ${name} cannot be “${value}”; the lab’s own is shown.`
		: `The link sets “${name}”, which is no knob of this lab.`;
}
