import type { RandomSource } from './random.ts';

/**
 * Draws ranks from 1 to count with chances in proportion to rank^-exponent: few ranks do most, many do little.
 * An exponent of 0 draws evenly.
 *
 * Rejection-inversion after Hörmann and Derflinger (1996): exact, no table, about one trial per draw.
 * The hat is the integral of x^-exponent over a unit around each rank.
 */
export function zipfSampler(count: number, exponent: number, random: RandomSource): () => number {
	if (!(count >= 1) || !(exponent >= 0)) {
		throw new Error(`zipf needs count >= 1 and exponent >= 0: ${count}, ${exponent}`);
	}
	const { integral, inverse } = hat(exponent);
	const lowest = integral(1.5) - 1;
	const highest = integral(count + 0.5);
	const sure = 2 - inverse(integral(2.5) - Math.pow(2, -exponent));
	return () => {
		for (;;) {
			const u = highest + random() * (lowest - highest);
			const x = inverse(u);
			const rank = Math.min(count, Math.max(1, Math.round(x)));
			if (rank - x <= sure || u >= integral(rank + 0.5) - Math.pow(rank, -exponent)) return rank;
		}
	};
}

interface Hat {
	readonly integral: (x: number) => number;
	readonly inverse: (area: number) => number;
}

function hat(exponent: number): Hat {
	if (exponent === 1) return { integral: Math.log, inverse: Math.exp };
	const power = 1 - exponent;
	return {
		integral: (x) => (Math.pow(x, power) - 1) / power,
		// Rounding can push the base a little below 0 at the far end of a steep population.
		inverse: (area) => Math.pow(Math.max(0, area * power + 1), 1 / power)
	};
}
