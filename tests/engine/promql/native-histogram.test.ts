import { describe, expect, it } from 'vitest';
import { compact, formatHistogramLiteral, parseFloatGo } from '#engine/model';
import { nativeFraction } from '../../../src/engine/promql/native-fraction.ts';
import { nativeQuantile } from '../../../src/engine/promql/native-quantile.ts';
import { trimHistogram, type Trim } from '../../../src/engine/promql/native-trim.ts';
import { nativeVariance } from '../../../src/engine/promql/native-variance.ts';
import { histogram, readCases } from '../model/histogram/read-cases.ts';

const CASES = readCases(new URL('native-histogram-cases.txt', import.meta.url));

function casesOf(name: string): string[][] {
	return CASES.filter(([operation]) => operation === name).map(([, ...columns]) => columns);
}

function number(text: string | undefined): number {
	return parseFloatGo(text ?? '') as number;
}

describe('what Prometheus makes of a native histogram', () => {
	it.each(casesOf('quantile'))('quantile of %s for %s: %s, %s', (text, phi, expected, effect) => {
		let seen = '-';
		const found = nativeQuantile(number(phi), histogram(text ?? ''), (nan) => (seen = nan));
		expect([found, seen]).toEqual([number(expected), effect]);
	});

	it.each(casesOf('fraction'))(
		'fraction of %s between %s and %s: %s, %s',
		(text, lower, upper, expected, effect) => {
			let seen = '-';
			const found = nativeFraction(
				number(lower),
				number(upper),
				histogram(text ?? ''),
				() => (seen = 'NaN')
			);
			expect([found, seen]).toEqual([number(expected), effect]);
		}
	);

	it.each(casesOf('variance'))('variance of %s: %s', (text, expected) =>
		expect(nativeVariance(histogram(text ?? ''))).toBe(number(expected))
	);

	it.each(casesOf('trim'))('%s, what is %s %s: %s', (text, keep, at, expected) => {
		const trimmed = trimHistogram(histogram(text ?? ''), keep as Trim, number(at));
		expect(formatHistogramLiteral(compact(trimmed))).toBe(expected);
	});
});
