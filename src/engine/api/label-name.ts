/**
 * The label that a path such as /label/NAME/values means. A name that would not survive in a path is sent as `U__`, with
 * `_` doubled and other characters as `_hex_` (common/model, UnescapeName); what is not written so is taken literally.
 */
export function labelNameFromPath(name: string): string {
	if (!name.startsWith('U__')) return name;
	const escaped = name.slice('U__'.length);
	if (!/^(?:[^_]|__|_[0-9a-fA-F]{1,6}_)*$/u.test(escaped)) return name;
	return unescapeRunes(escaped) ?? name;
}

function unescapeRunes(escaped: string): string | undefined {
	let isValid = true;
	const text = escaped.replace(/__|_([0-9a-fA-F]+)_/g, (_, hex: string | undefined) => {
		if (hex === undefined) return '_';
		const rune = parseInt(hex, 16);
		if (rune > 0x10ffff || (rune >= 0xd800 && rune <= 0xdfff)) isValid = false;
		return isValid ? String.fromCodePoint(rune) : '';
	});
	return isValid ? text : undefined;
}

/** Since Prometheus 3 a label name is any text but the empty one, as long as UTF-8 can write it. */
export function isLabelName(name: string): boolean {
	return name !== '' && !/\p{Surrogate}/u.test(name);
}
