import { isStrayByte } from '#engine/model';
import { md5 } from './md5.ts';

/**
 * Which of so many shards a text belongs to: the last 8 bytes of its MD5 digest as a big-endian number, modulo their count. Older
 * releases of Prometheus kept only these, and shards must not move.
 */
export function hashMod(text: string, modulus: number): string {
	const digest = md5(utf8Bytes(text));
	const hash = new DataView(digest.buffer).getBigUint64(8);
	return String(hash % BigInt(modulus));
}

const encoder = new TextEncoder();

/** The text as UTF-8, and what stands for a byte that is none as that byte. */
function utf8Bytes(text: string): Uint8Array {
	if (!/\p{Surrogate}/u.test(text)) return encoder.encode(text);
	return Uint8Array.from(
		[...text].flatMap((character) => {
			const code = character.codePointAt(0) as number;
			return isStrayByte(code) ? [code - 0xdc00] : [...encoder.encode(character)];
		})
	);
}
