import { highWord, lowWord } from './float-bits.ts';
import type { ReducedAngle } from './trigonometric.ts';

/** 4/π to 19 words of 64 bits after the point. */
const FOUR_BY_PI = BigInt(
	'0x1' +
		'45f306dc9c882a53f84eafa3ea69bb81b6c52b3278872083fca2c757bd778ac3' +
		'6e48dc74849ba5c00c925dd413a32439fc3bd63962534e7dd1046bea5d768909' +
		'd338e04d68befc827323ac7306a673e93908bf177bf250763ff12fffbc0b301f' +
		'de5e2316b414da3eda6cfd9e4f96136e9e8c7ecd3cbfd45aea4f758fd7cbe2f6' +
		'7a0e73ef14a525d4d7f6bf623f1aba10ac06608df8f6d757'
);
const FRACTION_BITS = 19 * 64;

/**
 * Takes a huge angle apart, after Payne and Hanek (math/trig_reduce.go): of its product with 4/π only the bits around the point are
 * worked out, because whole turns do not matter.
 */
export function reduceHuge(angle: number): ReducedAngle {
	const high = highWord(angle);
	const mantissa = (BigInt((high & 0xfffff) | 0x100000) << 32n) | BigInt(lowWord(angle));
	const eighths = timesFourByPi(mantissa, (high >>> 20) - 1023 - 52);
	const octant = Number(eighths >> 125n);
	const rest = fractionOfEighths(eighths);
	return octant % 2 === 1
		? { octant: (octant + 1) % 8, rest: (rest - 1) * (Math.PI / 4) }
		: { octant, rest: rest * (Math.PI / 4) };
}

/** mantissa · 2^exponent · 4/π modulo 8, in units of 2^-125; cut off there, as Go's integers of 128 bits are. */
function timesFourByPi(mantissa: bigint, exponent: number): bigint {
	// The three words of 4/π whose products with the mantissa reach these bits.
	const first = FRACTION_BITS + 64 - 192 - (exponent + 61);
	const window = BigInt.asUintN(192, FOUR_BY_PI >> BigInt(first));
	const upper = (window >> 64n) * mantissa;
	const lower = (BigInt.asUintN(64, window) * mantissa) >> 64n;
	return BigInt.asUintN(128, upper + lower);
}

/**
 * The part after the point, cut off at 53 bits. Where the first 13 bits are zeros, Go fills up with bits three places too far
 * left; so does this.
 */
function fractionOfEighths(eighths: bigint): number {
	const bits = BigInt.asUintN(64, eighths >> 61n);
	const skipped = 65 - bits.toString(2).length;
	const filled =
		BigInt.asUintN(64, bits << BigInt(skipped)) |
		(BigInt.asUintN(64, eighths) >> BigInt(64 - skipped));
	return (2 ** 52 + Number(filled >> 12n)) * 2 ** (-skipped - 52);
}
