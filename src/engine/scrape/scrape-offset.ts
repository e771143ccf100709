import { labelsHash, type Duration, type Labels, type Timestamp } from '#engine/model';

/** Identifies a target: what it is labelled with before the labels that begin with `__` go, and where it is (scrape/target.go, hash). */
export function targetHash(labels: Labels, url: string): bigint {
	const digits = String(labelsHash(labels)).padStart(16, '0');
	return fnv1a(encoder.encode(digits + url));
}

/**
 * What tells the offsets of one Prometheus server from those of another (scrape/manager.go, setOffsetSeed).
 *
 * @param externalLabels as `{a="b"}`
 */
export function offsetSeed(hostname: string, externalLabels: string): bigint {
	return fnv1a(encoder.encode(hostname + externalLabels));
}

/**
 * When a target is scraped for the first time after now, in whole milliseconds: scrapes of a target take place where time modulo
 * interval is a constant, in nanoseconds, that follows from what the target is. So targets spread over the interval and
 * keep their place across restarts (scrape/target.go, offset).
 */
export function firstScrape(
	hash: bigint,
	seed: bigint,
	interval: Duration,
	now: Timestamp
): Timestamp {
	const phase = (hash ^ seed) % (BigInt(interval) * NANOSECONDS);
	const wholePhase = Number(phase / NANOSECONDS);
	const turn = Math.floor(now / interval) * interval + wholePhase;
	const isPast = turn < now || (turn === now && phase % NANOSECONDS === 0n);
	return isPast ? turn + interval : turn;
}

/** In a millisecond. */
const NANOSECONDS = 1_000_000n;

/** The 64-bit FNV-1a hash (Go's hash/fnv). */
function fnv1a(bytes: Uint8Array): bigint {
	let hash = 0xcbf29ce484222325n;
	for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
	return hash;
}

const encoder = new TextEncoder();
