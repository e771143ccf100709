import type { Labels } from './labels.ts';
import { xxhash64 } from './xxhash.ts';

/**
 * The hash of a label set, as Prometheus computes it in its default build (model/labels/labels_stringlabels.go, Labels.Hash): XXH64 of
 * all names and values in order, each as UTF-8 with its length in front.
 */
export function labelsHash(labels: Labels): bigint {
	const bytes: number[] = [];
	for (const text of labels) {
		const encoded = utf8Bytes(text);
		pushSize(bytes, encoded.length);
		for (const byte of encoded) bytes.push(byte);
	}
	return xxhash64(Uint8Array.from(bytes));
}

/** A size below 255 is one byte; a greater one is 255 and three bytes, the lowest first. */
function pushSize(bytes: number[], size: number): void {
	if (size < 255) bytes.push(size);
	else bytes.push(255, size & 0xff, (size >> 8) & 0xff, (size >> 16) & 0xff);
}

/** The text as UTF-8, where U+DC80 … U+DCFF without their other half stand for the bytes 0x80 … 0xFF that are no UTF-8. */
function utf8Bytes(text: string): readonly number[] | Uint8Array {
	if (!LONE_BYTE.test(text)) return encoder.encode(text);
	const bytes: number[] = [];
	for (const character of text) {
		const code = character.codePointAt(0) as number;
		if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00);
		else bytes.push(...encoder.encode(character));
	}
	return bytes;
}

const LONE_BYTE = /[\udc80-\udcff]/u;
const encoder = new TextEncoder();
