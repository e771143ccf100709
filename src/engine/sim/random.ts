/**
 * A seeded source of numbers in [0, 1), usable wherever d3-random takes a source.
 *
 * `fork` gives a stream of its own for a named purpose. It depends on the seed and the names alone, not on how many
 * numbers were drawn before, so a new consumer never shifts what another one sees. The same name gives the same stream.
 */
export interface RandomSource {
	(): number;
	fork(name: string): RandomSource;
}

/** The root of all chance in a world: one seed, one history. */
export function createRandom(seed: number): RandomSource {
	return streamOf(String(seed));
}

function streamOf(key: string): RandomSource {
	const next = sfc32(hash128(key));
	return Object.assign(next, { fork: (name: string) => streamOf(`${key}\u0000${name}`) });
}

type State128 = readonly [number, number, number, number];

/** Chris Doty-Humphrey's small fast counter generator (PractRand): 128 bits of state, period of at least 2^32. */
function sfc32([a, b, c, counter]: State128): () => number {
	const next = () => {
		const sum = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + sum) | 0;
		return (sum >>> 0) / 4294967296;
	};
	// The generator's author runs it twelve rounds before its first use, so that similar seeds part ways.
	for (let round = 0; round < 12; round++) next();
	return next;
}

/** Four murmur-like 32-bit hashes of a text (cyrb128, public domain). */
function hash128(text: string): State128 {
	let a = 1779033703;
	let b = 3144134277;
	let c = 1013904242;
	let d = 2773480762;
	for (let i = 0; i < text.length; i++) {
		const unit = text.charCodeAt(i);
		a = b ^ Math.imul(a ^ unit, 597399067);
		b = c ^ Math.imul(b ^ unit, 2869860233);
		c = d ^ Math.imul(c ^ unit, 951274213);
		d = a ^ Math.imul(d ^ unit, 2716044179);
	}
	a = Math.imul(c ^ (a >>> 18), 597399067);
	b = Math.imul(d ^ (b >>> 22), 2869860233);
	c = Math.imul(a ^ (c >>> 17), 951274213);
	d = Math.imul(b ^ (d >>> 19), 2716044179);
	return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a];
}
