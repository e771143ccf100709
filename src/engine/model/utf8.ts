/**
 * Prometheus' strings are bytes, ours are UTF-16. They mean the same as long as the bytes are UTF-8; a byte that is not part
 * of any character is kept as a surrogate without its pair, U+DC80 to U+DCFF, as Python's `surrogateescape` does.
 */

/** Whether a code point is a surrogate that has lost its pair: no UTF-8 text contains one. */
export function isSurrogate(code: number): boolean {
	return code >= 0xd800 && code <= 0xdfff;
}

/** Whether a code point that has been read whole stands for a byte that is not UTF-8. */
export function isStrayByte(code: number): boolean {
	return code >= 0xdc80 && code <= 0xdcff;
}

/** Whether the text is UTF-8 throughout. */
export function isValidUtf8(text: string): boolean {
	return !/\p{Surrogate}/u.test(text);
}

/** Whether a text can name a label: any UTF-8 can but the empty text (common/model, UTF8Validation). */
export function isValidLabelName(name: string): boolean {
	return name !== '' && isValidUtf8(name);
}

/** How many bytes the text takes as UTF-8. */
export function utf8Length(text: string): number {
	let bytes = 0;
	for (const character of text) {
		const code = character.codePointAt(0) as number;
		bytes += code < 0x80 || isStrayByte(code) ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	}
	return bytes;
}

/** The text that the bytes are; those that are not UTF-8 become stray bytes. */
export function decodeUtf8(bytes: Uint8Array): string {
	let text = '';
	for (let i = 0; i < bytes.length;) {
		const width = characterWidth(bytes, i);
		text += String.fromCodePoint(
			width === 0 ? 0xdc00 + (bytes[i] as number) : characterAt(bytes, i, width)
		);
		i += Math.max(1, width);
	}
	return text;
}

/** How many bytes the character at an offset has; 0 if there is none (Go's unicode/utf8, DecodeRune). */
function characterWidth(bytes: Uint8Array, at: number): number {
	const lead = bytes[at] as number;
	if (lead < 0x80) return 1;
	if (lead < 0xc2 || lead > 0xf4) return 0;
	const width = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
	const [least, most] = SECOND_BYTES.get(lead) ?? [0x80, 0xbf];
	const second = bytes[at + 1] ?? 0;
	if (second < least || second > most) return 0;
	for (let i = at + 2; i < at + width; i++) if (((bytes[i] ?? 0) & 0xc0) !== 0x80) return 0;
	return width;
}

/** After these the second byte has less choice: no detours, no surrogates, nothing above U+10FFFF. */
const SECOND_BYTES: ReadonlyMap<number, readonly [least: number, most: number]> = new Map([
	[0xe0, [0xa0, 0xbf]],
	[0xed, [0x80, 0x9f]],
	[0xf0, [0x90, 0xbf]],
	[0xf4, [0x80, 0x8f]]
]);

function characterAt(bytes: Uint8Array, at: number, width: number): number {
	const lead = bytes[at] as number;
	if (width === 1) return lead;
	let code = lead & (0xff >> (width + 1));
	for (let i = 1; i < width; i++) code = (code << 6) | ((bytes[at + i] as number) & 0x3f);
	return code;
}
