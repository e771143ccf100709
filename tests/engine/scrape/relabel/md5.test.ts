import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashMod } from '../../../../src/engine/scrape/relabel/hash-mod.ts';
import { md5 } from '../../../../src/engine/scrape/relabel/md5.ts';

function check(text: string, digest: string): void {
	expect(Buffer.from(md5(new TextEncoder().encode(text))).toString('hex')).toBe(digest);
}

test('the digests are those of RFC 1321', () => {
	check('', 'd41d8cd98f00b204e9800998ecf8427e');
	check('a', '0cc175b9c0f1b6a831c399e269772661');
	check('abc', '900150983cd24fb0d6963f7d28e17f72');
	check('message digest', 'f96b697d7cb7938d525a2f31aaf161d0');
	check('abcdefghijklmnopqrstuvwxyz', 'c3fcd3d76192e4007dfb496cca67e13b');
	check('1234567890'.repeat(8), '57edf4a22be3c955ac49da2e2107b67a');
});

test('the digests are those of Node, at every length around a block and beyond', () => {
	const bytes = fc.uint8Array({ maxLength: 300 });
	fc.assert(
		fc.property(bytes, (data) => {
			expect(Buffer.from(md5(data))).toEqual(createHash('md5').update(data).digest());
		})
	);
	for (let length = 50; length < 70; length++) {
		const data = new Uint8Array(length).fill(length);
		expect(Buffer.from(md5(data))).toEqual(createHash('md5').update(data).digest());
	}
});

test('a shard comes of the last eight bytes', () => {
	// The digest of the empty text ends in e9800998ecf8427e.
	expect(hashMod('', 2 ** 32)).toBe(String(0xecf8427e));
	expect(hashMod('', 1)).toBe('0');
	expect(hashMod('é', 1000)).not.toBe(hashMod('e', 1000));
});

test('a byte that is not UTF-8 is hashed as it is', () => {
	const digest = createHash('md5').update(Uint8Array.of(0x61, 0x80)).digest();
	expect(hashMod('a\udc80', 1_000_003)).toBe(String(digest.readBigUInt64BE(8) % 1_000_003n));
});
