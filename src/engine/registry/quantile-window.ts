import { SECOND, type Duration, type Timestamp } from '#engine/model';
import { TDigest } from './tdigest.ts';

/**
 * Quantiles over the last `maxAgeSeconds`: a ring of digests that all take every observation and are emptied in turn,
 * so that the one in use has seen between (n-1)/n and all of the window. Without an age one digest takes all for ever.
 *
 * As in prom-client the ring starts as one digest in every place. It then takes each observation once for each place,
 * which weighs them all alike and leaves the quantiles as they are.
 */
export class QuantileWindow {
	readonly #now: () => Timestamp;
	readonly #ring: TDigest[];
	readonly #turn: Duration;
	#current = 0;
	#turnedAt: Timestamp;

	constructor(now: () => Timestamp, maxAgeSeconds?: number, ageBuckets?: number) {
		this.#now = now;
		this.#ring = new Array<TDigest>(ageBuckets || 1).fill(new TDigest());
		this.#turn = maxAgeSeconds && ageBuckets ? (maxAgeSeconds * SECOND) / ageBuckets : Infinity;
		this.#turnedAt = now();
	}

	get isEmpty(): boolean {
		return this.#digest().size === 0;
	}

	push(value: number): void {
		this.#digest();
		for (const digest of this.#ring) digest.push(value);
	}

	percentile(quantile: number): number | undefined {
		return this.#digest().percentile(quantile);
	}

	compress(): void {
		for (const digest of this.#ring) digest.compress();
	}

	reset(): void {
		for (const digest of this.#ring) digest.reset();
	}

	/** The digest in use now, after the ring has turned as far as time has gone. */
	#digest(): TDigest {
		let age = this.#now() - this.#turnedAt;
		if (age > this.#turn * (this.#ring.length + 1)) age -= this.#skip(age);
		while (age > this.#turn) {
			this.#ring[this.#current] = new TDigest();
			this.#current = (this.#current + 1) % this.#ring.length;
			age -= this.#turn;
			this.#turnedAt += this.#turn;
		}
		return this.#ring[this.#current] as TDigest;
	}

	/** After a long silence one round empties the ring; the rounds before it need not be made. */
	#skip(age: Duration): Duration {
		const turns = Math.ceil(age / this.#turn) - 1 - this.#ring.length;
		this.#current = (this.#current + turns) % this.#ring.length;
		this.#turnedAt += turns * this.#turn;
		return turns * this.#turn;
	}
}
