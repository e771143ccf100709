import { compareText, labelPairs, labelValue, METRIC_NAME, type Labels } from '#engine/model';
import type { ChartSeries } from './series.ts';

/** What a chart says once, and what it says for each series. */
export interface Distinguished {
	/** Labels that all sets share, value included. */
	readonly common: Labels;
	/** Names of the labels that differ, or that some sets lack; `__name__` first. */
	readonly names: readonly string[];
	/** For each set the values of those labels, such as `GET · 200`; empty where nothing differs. */
	readonly short: readonly string[];
}

// Stands for a label that this series lacks and another has.
const LACKING = '–';

/** Splits label sets into what they share and what tells them apart. */
export function distinguishingLabels(sets: readonly Labels[]): Distinguished {
	const names = [...new Set(sets.flatMap(labelNames))];
	const differing = names.filter((name) => !isShared(name, sets)).sort(compareNames);
	const [first = []] = sets;
	return {
		common: [...labelPairs(first)].filter(([name]) => !differing.includes(name)).flat(),
		names: differing,
		short: sets.map((set) => differing.map((name) => labelValue(set, name) || LACKING).join(' · '))
	};
}

/**
 * A label for each series, by key: what tells it apart from the others of its role. Beside the truth a series that is alone
 * is what was measured; with nothing beside it, it is called by its name or metric.
 */
export function seriesLabels(series: readonly ChartSeries[]): ReadonlyMap<string, string> {
	const truth = series.filter(isTruth);
	const seen = series.filter((one) => !isTruth(one));
	return new Map([
		...nameGroup(truth, (one, short) => [one.name || 'truth', short].filter(Boolean).join(' ')),
		...nameGroup(seen, (one, short) => short || loneName(one, truth.length > 0))
	]);
}

function nameGroup(
	group: readonly ChartSeries[],
	write: (series: ChartSeries, short: string) => string
): [string, string][] {
	const { short } = distinguishingLabels(group.map((one) => one.labels));
	return group.map((one, i) => [one.key, write(one, short[i] ?? '')]);
}

function loneName(series: ChartSeries, besideTruth: boolean): string {
	if (series.name) return series.name;
	return besideTruth ? 'measured' : labelValue(series.labels, METRIC_NAME) || 'value';
}

function isTruth(series: ChartSeries): boolean {
	return series.role === 'truth';
}

function labelNames(set: Labels): string[] {
	return [...labelPairs(set)].map(([name]) => name);
}

function isShared(name: string, sets: readonly Labels[]): boolean {
	const value = labelValue(sets[0] ?? [], name);
	return value !== '' && sets.every((set) => labelValue(set, name) === value);
}

function compareNames(a: string, b: string): number {
	if (a === METRIC_NAME) return -1;
	if (b === METRIC_NAME) return 1;
	return compareText(a, b);
}
