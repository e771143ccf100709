import { bucketBound } from '#engine/model';
import type { BucketLab } from './bucket-lab.svelte.ts';
import { bucketsOfSketch, columnShares, fitToBuckets, overlap, quantileOfSketch } from './guess.ts';
import { minuteOf, risesAt, SEEN, secondModeSeenAt } from './incident.ts';
import type { Mode } from './knobs.ts';
import { BUDGET, TOLERABLE, worstError } from './verdict.ts';
import { duration, errorText, percent, quantileName } from './words.ts';

/** How a task stands, in sentences made of its numbers. */
export interface Verdict {
	/** In a few words, beside a mark that says whether it is good. */
	readonly title: string;
	readonly isGood: boolean;
	readonly sentences: readonly string[];
}

/** What a learner is asked to do in a mode, in one sentence. */
export function taskOf({
	mode,
	q,
	objective
}: Pick<BucketLab, 'mode' | 'q' | 'objective'>): string {
	const name = quantileName(q);
	return {
		promise: `The promise is ${percent(q, 0)} of requests within ${duration(objective)}: make the buckets tell whether it is kept.`,
		guess: `Sketch requests that could have filled these boxes, then reveal the true ones.`,
		budget: `With at most ${BUDGET.edges} edges, keep p50, p95 and p99 within ${percent(BUDGET.error, 0)} on three kinds of traffic at once.`,
		fleet: `At 0.5 % for B the average of two ${name} is more than ten times too high. Find a share at which it is much too low.`,
		native: `Bring the error of p99 under 1 % with as few buckets in use as you can.`,
		heatmap: `See from which minute on the boxes show the second mode, and from which ${name} tells of it.`
	}[mode];
}

/** How the task of the present mode stands. */
export function verdictOf(lab: BucketLab): Verdict {
	return VERDICTS[lab.mode](lab);
}

const VERDICTS: Readonly<Record<Mode, (lab: BucketLab) => Verdict>> = {
	promise: promiseWords,
	guess: guessWords,
	budget: budgetWords,
	fleet: fleetWords,
	native: nativeWords,
	heatmap: heatmapWords
};

function promiseWords({ promise, estimate, objective, q }: BucketLab): Verdict {
	const { trueShare, saidShare, isKept, isKeptByQuantile, isKeptByShare, hasEdge } = promise;
	const limit = duration(objective);
	const state = (kept: boolean) => (kept ? 'kept' : 'missed');
	const isRight = isKept === isKeptByQuantile;
	return {
		title: `${isKept ? 'Kept' : 'Missed'}, and reported as ${state(isKeptByQuantile)}`,
		isGood: isRight && hasEdge,
		sentences: [
			`In truth ${percent(trueShare)} of requests took at most ${limit}: the promise is ${state(isKept)}.`,
			`The estimated ${quantileName(q)} is ${duration(estimate.value)}: an alert on it says ${state(isKeptByQuantile)}.`,
			hasEdge
				? `There is an edge at ${limit}, so the share of its bucket, ${percent(saidShare)}, is exact: ${state(isKeptByShare)}, whatever the other edges are.`
				: `There is no edge at ${limit}: the buckets can only guess the share, ${percent(saidShare)}.`,
			`Apdex with ${limit} and ${duration(TOLERABLE * objective)}: ${promise.saidApdex.toFixed(3)} by the buckets, ${promise.trueApdex.toFixed(3)} in truth.`
		]
	};
}

function guessWords({ guess, crowd, buckets, q, truth, estimate }: BucketLab): Verdict {
	if (guess.isEmpty && !guess.isRevealed) {
		return {
			title: 'Nothing is sketched yet',
			isGood: false,
			sentences: ['Draw over the boxes, or choose a column and press the up arrow.']
		};
	}
	const sketched = bucketsOfSketch(guess.sketch, buckets.bounds);
	const fit = `Your sketch fills the boxes as they are filled to ${percent(fitToBuckets(sketched, buckets), 0)}.`;
	if (!guess.isRevealed) {
		const said = `It would read as a ${quantileName(q)} of ${duration(quantileOfSketch(q, sketched))}; the boxes read as ${duration(estimate.value)}.`;
		return { title: 'Hidden', isGood: false, sentences: [fit, said] };
	}
	const score = overlap(guess.sketch, columnShares(crowd.all));
	const scored = Number.isNaN(score) ? [] : [fit, `It overlaps the truth by ${percent(score, 0)}.`];
	return {
		title: Number.isNaN(score) ? 'Revealed' : `Overlap ${percent(score, 0)}`,
		isGood: score >= 0.7,
		sentences: [
			...scored,
			`The true ${quantileName(q)} is ${duration(truth)}. Many shapes fill the same boxes, and each has its own quantiles.`
		]
	};
}

function budgetWords({ budget, isWithinBudget, edges }: BucketLab): Verdict {
	const worst = worstError(budget.flatMap(({ readings }) => readings));
	const many =
		edges.length > BUDGET.edges ? [`${edges.length} edges are more than ${BUDGET.edges}.`] : [];
	return {
		title: isWithinBudget ? 'Within the budget' : 'Over the budget',
		isGood: isWithinBudget,
		sentences: [
			...many,
			...budget.map(
				({ label, readings }) =>
					`${label}: ${readings.map(({ q, error }) => `${quantileName(q)} ${errorText(error)}`).join(', ')}.`
			),
			`The largest error is ${percent(worst)}.`
		]
	};
}

/** From this ratio on, an average is too low beyond doubt. */
const FAR_TOO_LOW = 0.6;

function fleetWords({ fleet, knobs, q, estimate }: BucketLab): Verdict {
	const { average, truth, highest, ratio } = fleet;
	const name = quantileName(q);
	return {
		title: `The average is ${times(ratio)} the truth`,
		isGood: ratio <= FAR_TOO_LOW,
		sentences: [
			`With ${percent(knobs.slowShare)} of the requests on B, avg(${name}) is ${duration(average)} and the true ${name} ${duration(truth)}: ${times(ratio)}.`,
			`max(${name}) is ${duration(highest)}; the summed buckets say ${duration(estimate.value)}.`,
			'The two averaged numbers hardly change with the share: no formula can make the truth of them.'
		]
	};
}

function times(ratio: number): string {
	return `${ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2)} times`;
}

function nativeWords({ schema, native, nativeReadings, nativeCost, cost }: BucketLab): Verdict {
	const p99 = nativeReadings.find(({ q }) => q === 0.99);
	const error = Math.abs(p99?.error ?? NaN);
	const wider = bucketBound(1, schema, []) - 1;
	return {
		title: `p99 is off by ${percent(error, 2)}`,
		isGood: error <= 0.01,
		sentences: [
			`Schema ${schema}: ${native.positive.indexes.length.toLocaleString('en')} buckets in use, each ${percent(wider, wider < 0.01 ? 2 : 1)} wider than the one before.`,
			`One series for each child, ${nativeCost.series.toLocaleString('en')} in all; the classic edges take ${cost.series.toLocaleString('en')}.`,
			'Native histograms have to be switched on with scrape_native_histograms, and the Python client cannot expose them yet: these are the engine’s own.'
		]
	};
}

function heatmapWords({ incident, q }: BucketLab): Verdict {
	const name = quantileName(q);
	const seen = secondModeSeenAt(incident);
	const told = risesAt(incident.estimates);
	const real = risesAt(incident.truths);
	const minute = (column: number | undefined) =>
		column === undefined ? 'not in this half hour' : `from minute ${minuteOf(column)} on`;
	return {
		title: lead(seen, told),
		isGood: seen !== undefined && (told === undefined || seen < told),
		sentences: [
			seen === undefined
				? 'The second mode falls into boxes that were in use before: these edges do not tell the two apart.'
				: `The boxes above the usual ones have ${percent(SEEN)} of the requests ${minute(seen)}.`,
			`The estimated ${name} has doubled ${minute(told)}; the true one ${minute(real)}.`
		]
	};
}

/** How much earlier the boxes show an incident than the quantile tells of it; columns. */
function lead(seen: number | undefined, told: number | undefined): string {
	if (seen === undefined) return 'These boxes do not show it';
	if (told === undefined) return 'Seen in the boxes alone';
	if (seen === told) return 'Seen in both at once';
	const minutes = Math.abs(minuteOf(told) - minuteOf(seen));
	return `${minutes} minutes ${seen < told ? 'earlier' : 'later'} in the boxes`;
}
