/** A seed for one run of many: neighbouring seeds must not share runs. */
export function mixSeed(seed: number, run: number): number {
	return Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(run + 1, 0x85ebca6b);
}
