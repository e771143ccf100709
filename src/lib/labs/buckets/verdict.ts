import type { Crowd } from './crowd.ts';
import { trueQuantile, countUpTo } from './crowd.ts';
import { classicQuantile, classicShare, observe, type ClassicBuckets } from './classic.ts';
import type { Edges } from './edges.ts';

/** A number that is said, what it is in truth, and how far off it is, relatively. */
export interface Reading {
	readonly q: number;
	readonly said: number;
	readonly truth: number;
	readonly error: number;
}

/** The quantiles that a ledger tells. */
export const TOLD_QUANTILES = [0.5, 0.95, 0.99] as const;

/** p50, p95 and p99 as the buckets have them, beside the truth. */
export function readings(buckets: ClassicBuckets, sorted: Float64Array): Reading[] {
	return TOLD_QUANTILES.map((q) =>
		reading(q, classicQuantile(q, buckets), trueQuantile(q, sorted))
	);
}

export function reading(q: number, said: number, truth: number): Reading {
	return { q, said, truth, error: said / truth - 1 };
}

/** The largest error of some readings, without its sign. */
export function worstError(all: readonly Reading[]): number {
	return Math.max(...all.map(({ error }) => Math.abs(error)));
}

/** What the budget mode asks: so few edges, and no quantile further off than this. */
export const BUDGET = { edges: 8, error: 0.1 } as const;

/** One kind of traffic of the budget, and how the edges do on it. */
export interface BudgetRow {
	readonly label: string;
	readonly readings: readonly Reading[];
	readonly worst: number;
}

/** How edges do on each kind of traffic. */
export function budgetRows(
	edges: Edges,
	crowds: readonly { readonly label: string; readonly sorted: Float64Array }[]
): BudgetRow[] {
	return crowds.map(({ label, sorted }) => {
		const all = readings(observe(sorted, edges), sorted);
		return { label, readings: all, worst: worstError(all) };
	});
}

/** Whether the edges are few enough and good enough on all kinds of traffic. */
export function isWithinBudget(edges: Edges, rows: readonly BudgetRow[]): boolean {
	return edges.length <= BUDGET.edges && rows.every(({ worst }) => worst <= BUDGET.error);
}

/** Whether a promise, q of the requests within the objective, is kept: in truth, by the quantile, and by the share. */
export interface PromiseVerdict {
	/** The share of requests that truly took at most the objective. */
	readonly trueShare: number;
	/** The same share as histogram_fraction() has it; exact if there is an edge at the objective. */
	readonly saidShare: number;
	readonly isKept: boolean;
	/** What an alert on the estimated quantile would say. */
	readonly isKeptByQuantile: boolean;
	readonly isKeptByShare: boolean;
	readonly hasEdge: boolean;
	/** Apdex with the objective as T and four times as much as F, in truth and by the buckets. */
	readonly trueApdex: number;
	readonly saidApdex: number;
}

/** A request may take so many times the objective and is still half a success. */
export const TOLERABLE = 4;

/** The three needles of the promise. `estimate` is what histogram_quantile(q, …) says. */
export function promiseVerdict(
	{
		q,
		objective,
		edges
	}: { readonly q: number; readonly objective: number; readonly edges: Edges },
	sorted: Float64Array,
	buckets: ClassicBuckets
): PromiseVerdict {
	const trueShare = countUpTo(sorted, objective) / sorted.length;
	const saidShare = classicShare(objective, buckets);
	return {
		trueShare,
		saidShare,
		isKept: trueShare >= q,
		isKeptByQuantile: classicQuantile(q, buckets) <= objective,
		isKeptByShare: saidShare >= q,
		hasEdge: edges.includes(objective),
		trueApdex: (trueShare + countUpTo(sorted, TOLERABLE * objective) / sorted.length) / 2,
		saidApdex: (saidShare + classicShare(TOLERABLE * objective, buckets)) / 2
	};
}

/** Four ways to say the fleet's quantile. */
export interface FleetVerdict {
	readonly average: number;
	readonly highest: number;
	readonly truth: number;
	/** How often the average of the instances' quantiles has the truth in it. */
	readonly ratio: number;
}

/** Averages and maxima of the instances' exact quantiles, as Summaries have them, against the quantile of all requests. */
export function fleetVerdict(q: number, { all, instances }: Crowd): FleetVerdict {
	// An instance without requests has no quantile, and avg() leaves it out once it is gone.
	const each = instances
		.filter(({ length }) => length > 0)
		.map((sorted) => trueQuantile(q, sorted));
	const average = each.reduce((sum, one) => sum + one, 0) / each.length;
	const truth = trueQuantile(q, all);
	return { average, highest: Math.max(...each), truth, ratio: average / truth };
}
