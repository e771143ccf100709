import { format } from 'd3';
import { formatDuration } from '#engine/model';
import { rateInWords, type WindowDetail, type WindowRate } from '#engine/promql';
import { formatTime } from '$lib/charts/time-axis.ts';
import { formatNumber, WORDING } from '$lib/charts/wording.ts';
import { isExtrapolated, productOf, termsOf, type Layer, type Terms } from './layers.ts';

/** A length of time as PromQL writes it, such as `5m` or `1m30s`. */
export { formatDuration as range };

/** A term of the formula as it is written out, and what it comes to. */
interface TermText {
	readonly text: string;
	readonly result: string;
}

const NOTHING: TermText = { text: '–', result: '' };

/** The formula with the live numbers, term by term in the order of the layers. */
export function formula(detail: WindowDetail | undefined): readonly TermText[] {
	const count = detail?.samples.total ?? 0;
	const samples = { text: count === 1 ? '1 sample' : `${count} samples`, result: '' };
	const terms = termsOf(detail);
	if (!terms) return [samples, NOTHING, NOTHING, NOTHING, NOTHING];
	const { first, last, difference, increase, sampled, range } = terms;
	return [
		samples,
		{
			text: `${formatNumber(last.value)} − ${formatNumber(first.value)}`,
			result: formatNumber(difference)
		},
		{ text: resetsTerm(terms), result: formatNumber(increase) },
		{
			text: `× ${formatNumber(stretchOf(terms))} ÷ ${formatNumber(sampled)} s`,
			result: formatNumber(productOf(terms, false))
		},
		{
			text: `÷ ${formatNumber(range)} s`,
			result: `${formatNumber(detail?.result?.value ?? NaN)}/s`
		}
	];
}

/** How much of the window, and of what is before and after it, the increase is made to stand for. */
function stretchOf({ sampled, toStart, toEnd }: Terms): number {
	return sampled + toStart + toEnd;
}

/** Of many resets only how many they are: the picture lifts each of them. */
const RESETS_WRITTEN = 2;

function resetsTerm({ resets, difference, increase }: Terms): string {
	if (resets.length === 0) return '+ 0';
	if (resets.length > RESETS_WRITTEN) {
		return `+ ${formatNumber(increase - difference)} in ${resets.length} resets`;
	}
	return resets.map(({ before }) => `+ ${formatNumber(before.value)}`).join(' ');
}

/** What a layer does to this window, in a few sentences. */
export function layerInWords(detail: WindowDetail | undefined, layer: Layer): readonly string[] {
	if (!detail) return ['No sample lies in this window, so there is nothing to compute.'];
	if (detail.reason) return [detail.reason];
	const terms = termsOf(detail);
	if (layer === 1 || !terms || !isExtrapolated(detail)) return samplesInWords(detail);
	const { increase, bounds, division } = rateInWords(detail, detail.rate, WORDING);
	if (layer === 2) return differenceInWords(terms);
	if (layer === 3) return resetsInWords(terms);
	return layer === 4 ? [thresholdInWords(detail.rate), ...bounds] : [increase, division];
}

function samplesInWords({ samples, windowStart, windowEnd }: WindowDetail): readonly string[] {
	const window = `${formatTime(windowStart)} to ${formatTime(windowEnd)}`;
	return [
		`${samples.total} samples from ${window}. The window is open at its left end: a sample that was taken at ${formatTime(windowStart)} sharp would not be in it.`
	];
}

function differenceInWords({ first, last, sampled }: Terms): readonly string[] {
	return [
		`The first sample, at ${formatTime(first.time)}, is ${formatNumber(first.value)}; the last one, at ${formatTime(last.time)}, is ${formatNumber(last.value)}. They are ${formatNumber(sampled)} s apart.`
	];
}

function resetsInWords({ resets }: Terms): readonly string[] {
	const [reset] = resets;
	if (!reset) return ['No sample is lower than the one before it: nothing is to be added.'];
	const { before, after } = reset;
	const fall = `from ${formatNumber(before.value)} at ${formatTime(before.time)} to ${formatNumber(after.value)} at ${formatTime(after.time)}`;
	const rule = 'A counter falls only when it begins again, from 0: what it had reached is added';
	return resets.length === 1
		? [`The counter falls ${fall}. ${rule}, ${formatNumber(before.value)}.`]
		: [`The counter falls ${resets.length} times, first ${fall}. ${rule}, each time.`];
}

function thresholdInWords({ averageDistance, threshold }: WindowRate): string {
	return `A gap shorter than the ruler at the top, 1.1 × ${formatNumber(averageDistance)} s = ${formatNumber(threshold)} s, is taken to go on as steeply.`;
}

/** The sentence that stands for the picture. */
export function pictureInWords(detail: WindowDetail | undefined, name: string): string {
	if (!detail) return `${name}: no sample in the window, and no result.`;
	const { samples, windowStart, windowEnd, result, reason } = detail;
	const count = samples.total === 1 ? '1 sample' : `${samples.total} samples`;
	const window = `from ${formatTime(windowStart)} to ${formatTime(windowEnd)}, ${formatDuration(windowEnd - windowStart)}`;
	const outcome = result
		? `rate ${formatNumber(result.value)} per second`
		: (reason ?? 'no result');
	return `${name}: ${count} in the window ${window}; ${outcome.replace(/\.$/, '')}.`;
}

/** How far a reading is from the truth, such as `+4.2 %`; empty where that says nothing. */
export function deviation(value: number, truth: number): string {
	if (truth === 0 || !Number.isFinite(value)) return '';
	const percent = (value / truth - 1) * 100;
	if (Math.abs(percent) < 0.05) return 'the same';
	return `${percent > 0 ? '+' : '−'}${format('.2~r')(Math.abs(percent))} %`;
}
