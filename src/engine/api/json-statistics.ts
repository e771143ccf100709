import { number } from './json-map.ts';
import { jsonArray, jsonObject } from './json-text.ts';
import type { PerStep, QuerySamples, QueryStatistics } from './statistics/query-statistics.ts';

/** The `stats` of a query (util/stats, BuiltinStats). */
export function statisticsObject({ timings, samples }: QueryStatistics): string {
	const times = Object.entries(timings).map(([name, seconds]) => [name, number(seconds)] as const);
	return jsonObject([
		['timings', jsonObject(times)],
		...(samples ? [['samples', samplesObject(samples)] as const] : [])
	]);
}

function samplesObject(samples: QuerySamples): string {
	const { totalQueryableSamples, samplesRead, peakSamples, perStep } = samples;
	return jsonObject([
		...stepFields('totalQueryableSamplesPerStep', perStep, perStep?.totalQueryableSamples),
		['totalQueryableSamples', String(totalQueryableSamples)],
		...stepFields('samplesReadPerStep', perStep, perStep?.samplesRead),
		['samplesRead', String(samplesRead)],
		['peakSamples', String(peakSamples)]
	]);
}

function stepFields(
	name: string,
	perStep: PerStep | undefined,
	counts: readonly number[] | undefined
): [string, string][] {
	if (!perStep || !counts || counts.length === 0) return [];
	const points = counts.map((count, i) => `[${(perStep.times[i] as number) / 1000},${count}]`);
	return [[name, jsonArray(points)]];
}
