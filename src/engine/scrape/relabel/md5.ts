/** The amounts of rotation: four for each of the four rounds, taken in turn. */
const ROTATIONS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

/** |sin(i + 1)| as 32-bit fractions. They need to be right to a bit in 2^32 only, which every sine is. */
const SINES = Int32Array.from({ length: 64 }, (_, i) =>
	Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32)
);

const BLOCK = 64;
const LENGTH_BYTES = 8;

/** The MD5 digest of the bytes: 16 bytes (RFC 1321). It spreads labels over shards here; it protects nothing. */
export function md5(bytes: Uint8Array): Uint8Array {
	const message = padded(bytes);
	const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
	for (let at = 0; at < message.byteLength; at += BLOCK) addBlock(state, message, at);
	const digest = new DataView(new ArrayBuffer(16));
	state.forEach((word, i) => digest.setInt32(i * 4, word, true));
	return new Uint8Array(digest.buffer);
}

/** The bytes, a one bit, zeros up to whole blocks, and the length in bits. */
function padded(bytes: Uint8Array): DataView {
	const blocks = Math.ceil((bytes.length + 1 + LENGTH_BYTES) / BLOCK);
	const message = new Uint8Array(blocks * BLOCK);
	message.set(bytes);
	message[bytes.length] = 0x80;
	const view = new DataView(message.buffer);
	view.setBigUint64(message.length - LENGTH_BYTES, BigInt(bytes.length) * 8n, true);
	return view;
}

function addBlock(state: Int32Array, message: DataView, at: number): void {
	let [a, b, c, d] = state as unknown as [number, number, number, number];
	for (let i = 0; i < 64; i++) {
		const round = i >> 4;
		const word = message.getInt32(at + 4 * wordOf(round, i), true);
		const sum = (a + mixed(round, b, c, d) + (SINES[i] as number) + word) | 0;
		const turn = ROTATIONS[round * 4 + (i & 3)] as number;
		[a, d, c, b] = [d, c, b, (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0];
	}
	[a, b, c, d].forEach((word, i) => (state[i] = (state[i] as number) + word));
}

/** Which of the sixteen words of the block a step reads. */
function wordOf(round: number, i: number): number {
	if (round === 0) return i & 15;
	if (round === 1) return (5 * i + 1) & 15;
	return round === 2 ? (3 * i + 5) & 15 : (7 * i) & 15;
}

function mixed(round: number, b: number, c: number, d: number): number {
	if (round === 0) return (b & c) | (~b & d);
	if (round === 1) return (d & b) | (~d & c);
	return round === 2 ? b ^ c ^ d : c ^ (b | ~d);
}
