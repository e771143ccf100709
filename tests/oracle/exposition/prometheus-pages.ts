import { spawnSync } from 'node:child_process';
import { compareText, decodeUtf8, isValidUtf8 } from '#engine/model';

/** A page as a target answered it. */
export interface Page {
	readonly contentType: string;
	readonly body: Uint8Array;
}

/** Everything that a parser found in a page, as one text for each line of it, so that two readings compare as texts. */
export interface Reading {
	/** What the parser says of a page that it refuses. There is nothing else then. */
	readonly error?: string;
	/** Labels, bits of the value, timestamp and exemplar of each sample, in the order of the page. */
	readonly samples: readonly string[];
	/** What the page says of each family, by name. */
	readonly metadata: readonly string[];
}

/** What Prometheus' own parser finds in the pages (tests/oracle/exposition.go). */
export function readWithPrometheus(program: string, pages: readonly Page[]): Reading[] {
	const input = pages.map(({ contentType, body }) =>
		JSON.stringify({ contentType, body: Buffer.from(body).toString('base64') })
	);
	const { stdout, status } = spawnSync(program, ['exposition'], {
		input: `${input.join('\n')}\n`,
		encoding: 'utf8',
		maxBuffer: 1 << 30
	});
	if (status !== 0) throw new Error(`the Go program has ended with status ${status}`);
	const lines = stdout.trimEnd().split('\n');
	if (lines.length !== pages.length) throw new Error('the Go program has not answered every page');
	return lines.map((line) => fromWire(JSON.parse(line) as WirePage));
}

interface WirePage {
	readonly error?: string;
	readonly samples?: readonly WireSample[];
	readonly metadata?: readonly WireFact[];
}

/** Texts are bytes in base64; a value is its bits in hexadecimal, a timestamp milliseconds. */
interface WireSample {
	readonly labels: readonly string[];
	readonly value: string;
	readonly timestamp?: string;
	readonly exemplar?: Omit<WireSample, 'exemplar'>;
}

interface WireFact {
	readonly kind: 'type' | 'help' | 'unit';
	readonly name: string;
	readonly text: string;
}

/** One sample in a text. Values are told apart by their bits, timestamps as the floats that they are here. */
export function sampleText(
	labels: readonly string[],
	bits: string,
	timestamp: number | undefined,
	exemplar?: string
): string {
	const time = timestamp === undefined ? '' : ` @${timestamp}`;
	return `${JSON.stringify(inOrder(labels))} ${bits}${time}${exemplar === undefined ? '' : ` # ${exemplar}`}`;
}

/** Names that are no UTF-8 have no order that matters: whoever stores a series refuses it for them. */
function inOrder(labels: readonly string[]): readonly string[] {
	return labels.every(isValidUtf8) ? labels : [...labels].sort(compareText);
}

/** One family in a text. */
export function familyText(
	name: string,
	{ type, help, unit }: Record<WireFact['kind'], string>
): string {
	return JSON.stringify([name, type, help, unit]);
}

function fromWire({ error, samples = [], metadata = [] }: WirePage): Reading {
	if (error !== undefined) return { error, samples: [], metadata: [] };
	return { samples: samples.map(textOf), metadata: familiesOf(metadata) };
}

function textOf({ labels, value, timestamp, exemplar }: WireSample): string {
	return sampleText(
		labels.map(decode),
		value,
		timestamp === undefined ? undefined : Number(timestamp),
		exemplar && textOf(exemplar)
	);
}

function familiesOf(facts: readonly WireFact[]): string[] {
	const families = new Map<string, Record<WireFact['kind'], string>>();
	for (const { kind, name, text } of facts) {
		const known = families.get(decode(name)) ?? { type: 'unknown', help: '', unit: '' };
		families.set(decode(name), { ...known, [kind]: decode(text) });
	}
	return [...families].map(([name, family]) => familyText(name, family));
}

function decode(base64: string): string {
	return decodeUtf8(Buffer.from(base64, 'base64'));
}
