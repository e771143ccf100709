/**
 * XXH64 with seed 0 (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md), which is what Prometheus hashes labels with
 * (github.com/cespare/xxhash). In 64-bit integers: it is asked for once for each series, and short texts.
 */
export function xxhash64(bytes: Uint8Array): bigint {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const { length } = bytes;
	let at = 0;
	let hash = PRIME_5;
	if (length >= 32) {
		const lanes = [wrap(PRIME_1 + PRIME_2), PRIME_2, 0n, wrap(-PRIME_1)];
		for (; at + 32 <= length; at += 32) {
			for (let lane = 0; lane < 4; lane++) {
				const input = view.getBigUint64(at + 8 * lane, true);
				lanes[lane] = round(lanes[lane] as bigint, input);
			}
		}
		hash = mergeLanes(lanes as [bigint, bigint, bigint, bigint]);
	}
	hash = wrap(hash + BigInt(length));
	for (; at + 8 <= length; at += 8) {
		hash ^= round(0n, view.getBigUint64(at, true));
		hash = wrap(rotate(hash, 27n) * PRIME_1 + PRIME_4);
	}
	if (at + 4 <= length) {
		hash ^= wrap(BigInt(view.getUint32(at, true)) * PRIME_1);
		hash = wrap(rotate(hash, 23n) * PRIME_2 + PRIME_3);
		at += 4;
	}
	for (; at < length; at++) {
		hash ^= wrap(BigInt(view.getUint8(at)) * PRIME_5);
		hash = wrap(rotate(hash, 11n) * PRIME_1);
	}
	return avalanche(hash);
}

const PRIME_1 = 11400714785074694791n;
const PRIME_2 = 14029467366897019727n;
const PRIME_3 = 1609587929392839161n;
const PRIME_4 = 9650029242287828579n;
const PRIME_5 = 2870177450012600261n;

function wrap(value: bigint): bigint {
	return BigInt.asUintN(64, value);
}

function rotate(value: bigint, bits: bigint): bigint {
	return wrap(value << bits) | (value >> (64n - bits));
}

function round(accumulator: bigint, input: bigint): bigint {
	return wrap(rotate(wrap(accumulator + input * PRIME_2), 31n) * PRIME_1);
}

function mergeLanes(lanes: readonly [bigint, bigint, bigint, bigint]): bigint {
	const [a, b, c, d] = lanes;
	let hash = wrap(rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n));
	for (const lane of lanes) hash = wrap((hash ^ round(0n, lane)) * PRIME_1 + PRIME_4);
	return hash;
}

function avalanche(hash: bigint): bigint {
	hash = wrap((hash ^ (hash >> 33n)) * PRIME_2);
	hash = wrap((hash ^ (hash >> 29n)) * PRIME_3);
	return hash ^ (hash >> 32n);
}
