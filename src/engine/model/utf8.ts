/** Whether a code point is a surrogate that has lost its pair: no UTF-8 text contains one. */
export function isSurrogate(code: number): boolean {
	return code >= 0xd800 && code <= 0xdfff;
}

/** How many bytes the text takes as UTF-8. */
export function utf8Length(text: string): number {
	let bytes = 0;
	for (const character of text) {
		const code = character.codePointAt(0) as number;
		bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	}
	return bytes;
}
