import { KIND_OPTIONS, LABEL_OPTIONS } from './choice.ts';
import { MOST_SEED, OPTIONS, RATE, START, turned, type Knobs } from './knobs.ts';

/** What a link said: the knobs, and in words what of it could not be used. */
export interface ReadLink {
	readonly knobs: Knobs;
	readonly problems: readonly string[];
}

type Reader = (text: string) => Partial<Knobs> | undefined;

/** Each knob under the name that a link has for it. */
const READERS: Readonly<Record<string, Reader>> = {
	label: (text) => {
		if (text === 'log') return { label: 'log' };
		const label = LABEL_OPTIONS.find(({ value }) => value === text)?.value;
		return label && { label };
	},
	kind: (text) => {
		const kind = KIND_OPTIONS.find(({ value }) => value === text)?.value;
		return kind && { kind };
	},
	relabel: (text) => {
		const relabel = OPTIONS.relabel.find(({ value }) => value === text)?.value;
		return relabel && { relabel };
	},
	rate: within('rate', RATE.min, RATE.max),
	seed: within('seed', 0, MOST_SEED),
	edges: oneOf('edges'),
	valueLength: oneOf('valueLength'),
	instances: oneOf('instances'),
	interval: oneOf('interval'),
	timeout: oneOf('timeout'),
	sampleLimit: within('sampleLimit', 0, 1_000_000),
	labelValueLengthLimit: within('labelValueLengthLimit', 0, 1000),
	bodySizeLimit: within('bodySizeLimit', 0, 100_000_000),
	memoryLimit: oneOf('memoryLimit'),
	restarts: oneOf('restarts'),
	exponent: oneOf('exponent'),
	pageRate: oneOf('pageRate'),
	refresh: oneOf('refresh')
};

type NumberKnob = Exclude<keyof typeof OPTIONS, 'relabel'>;

function oneOf(name: NumberKnob): Reader {
	return (text) => {
		const found = OPTIONS[name].find(({ value }) => String(value) === text);
		return found && { [name]: found.value };
	};
}

function within(name: keyof Knobs, min: number, max: number): Reader {
	return (text) => {
		const value = text.trim() === '' ? NaN : Number(text);
		return Number.isInteger(value) && value >= min && value <= max ? { [name]: value } : undefined;
	};
}

/** The knobs as the part of an address after `#`: only what differs from the opening state. */
export function writeLink(knobs: Knobs): string {
	const parts = new URLSearchParams();
	for (const name of Object.keys(READERS) as (keyof Knobs)[]) {
		if (knobs[name] !== START[name]) parts.set(name, String(knobs[name]));
	}
	return parts.toString();
}

/** Reads what `writeLink` wrote, or somebody typed. What cannot be read keeps its opening value, and is told. */
export function readLink(text: string): ReadLink {
	const problems: string[] = [];
	let change: Partial<Knobs> = {};
	for (const [name, value] of new URLSearchParams(text.replace(/^#/, ''))) {
		const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
		const patch = read?.(value);
		if (patch) change = { ...change, ...patch };
		else problems.push(problemOf(name, value, read !== undefined));
	}
	return { knobs: turned(START, change), problems };
}

function problemOf(name: string, value: string, isKnown: boolean): string {
	return isKnown
		? `The link’s ${name} cannot be “${value}”; the lab’s own is used.`
		: `The link sets “${name}”, which is no knob of this lab.`;
}
