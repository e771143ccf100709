import { randomExponential, randomLogNormal, randomUniform } from 'd3-random';
import type { Duration } from '#engine/model';
import type { RandomSource } from './random.ts';

/** How long a piece of work takes, as plain data. All durations in milliseconds, all shares and weights plain numbers. */
export type LatencyModel =
	| { readonly kind: 'constant'; readonly value: Duration }
	| { readonly kind: 'uniform'; readonly min: Duration; readonly max: Duration }
	| { readonly kind: 'exponential'; readonly mean: Duration }
	/** Half of the work takes at most `median`; about 95 % lies within a factor of exp(2 sigma) of it. */
	| { readonly kind: 'lognormal'; readonly median: Duration; readonly sigma: number }
	/** Each piece of work follows one of the modes, chosen by weight: a cache and the database behind it. */
	| { readonly kind: 'bimodal'; readonly modes: readonly LatencyMode[] }
	/** A share (0 to 1) of the work hangs for exactly `hang`, as behind a timeout; the rest follows `base`. */
	| {
			readonly kind: 'timeout-cliff';
			readonly base: LatencyModel;
			readonly share: number;
			readonly hang: Duration;
	  };

export interface LatencyMode {
	readonly weight: number;
	readonly model: LatencyModel;
}

/** Draws one duration in milliseconds, never negative. */
export type LatencySampler = () => Duration;

/** A sampler of the model that draws from the given source alone. */
export function latencySampler(model: LatencyModel, random: RandomSource): LatencySampler {
	switch (model.kind) {
		case 'constant':
			return () => model.value;
		case 'uniform':
			return randomUniform.source(random)(model.min, model.max);
		case 'exponential':
			return randomExponential.source(random)(1 / model.mean);
		case 'lognormal':
			return randomLogNormal.source(random)(Math.log(model.median), model.sigma);
		case 'bimodal':
			return mixtureSampler(model.modes, random);
		case 'timeout-cliff': {
			const base = latencySampler(model.base, random.fork('base'));
			return () => (random() < model.share ? model.hang : base());
		}
	}
}

function mixtureSampler(modes: readonly LatencyMode[], random: RandomSource): LatencySampler {
	const choose = weightedIndex(
		modes.map((mode) => mode.weight),
		random
	);
	const samplers = modes.map((mode, i) => latencySampler(mode.model, random.fork(`mode ${i}`)));
	return () => (samplers[choose()] as LatencySampler)();
}

/** Draws the index of a weight with a chance in proportion to it. Throws when no weight is positive. */
export function weightedIndex(weights: readonly number[], random: RandomSource): () => number {
	let sum = 0;
	const upTo = weights.map((weight) => (sum += weight));
	if (!(sum > 0) || weights.some((weight) => weight < 0)) {
		throw new Error(
			`weights must not be negative, and one must be positive: ${weights.join(', ')}`
		);
	}
	const last = weights.findLastIndex((weight) => weight > 0);
	return () => {
		const at = random() * sum;
		let i = 0;
		while (i < last && at >= (upTo[i] as number)) i++;
		return i;
	};
}
