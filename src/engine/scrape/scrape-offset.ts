import { labelsKey, type Duration, type Labels } from '#engine/model';

/**
 * Where in each interval a target is scraped: a moment t is its turn when t mod interval is this offset, in whole
 * milliseconds.
 *
 * It follows from what the target is, so targets spread over the interval and keep their place across restarts; the seed
 * tells several Prometheus servers apart (scrape/target.go, offset).
 */
export function scrapeOffset(
	labels: Labels,
	url: string,
	interval: Duration,
	seed: number
): Duration {
	const hash = fnv1a(`${labelsKey(labels)}\n${url}`) ^ BigInt(Math.trunc(seed));
	return Number(BigInt.asUintN(64, hash) % BigInt(interval));
}

/** The 64-bit FNV-1a hash of a text's UTF-16 units. */
function fnv1a(text: string): bigint {
	let hash = 0xcbf29ce484222325n;
	for (let i = 0; i < text.length; i++) {
		hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
	}
	return hash;
}
