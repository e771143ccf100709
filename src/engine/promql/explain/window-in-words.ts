import { DAY, formatDuration, formatLabels } from '#engine/model';
import type { WindowRate } from '../window-rate.ts';
import type { LastTwo, LostSeries, WindowDetail } from './detail.ts';
import type { Wording } from './in-words.ts';
import { windowInterval } from './window-interval.ts';

/** What happens to one window of a range vector, in sentences. */
export function windowInWords(detail: WindowDetail, wording: Wording): string[] {
	const { rate, lastTwo, reason, lost } = detail;
	const lines = [windowLine(detail, wording)];
	if (rate) lines.push(...Object.values(rateInWords(detail, rate, wording)).flat());
	if (lastTwo) lines.push(lastTwoLine(detail, lastTwo, wording));
	if (reason) lines.push(reason);
	else if (!rate && !lastTwo) lines.push(...resultLine(detail, wording));
	if (lost) lines.push(lostLine(detail.func, lost));
	return lines;
}

/** How the rate, increase or delta of one window comes about, in sentences, by what they are about. */
export interface RateInWords {
	readonly increase: string;
	/** How the bounds of the window are met. */
	readonly bounds: readonly string[];
	readonly division: string;
}

/** The steps of a rate, increase or delta in sentences, for a view that shows them one at a time. */
export function rateInWords(detail: WindowDetail, rate: WindowRate, wording: Wording): RateInWords {
	const bounds =
		rate.method === 'extrapolated'
			? [startLine(rate, wording), endLine(rate, wording)]
			: [boundsLine(rate, wording)];
	return {
		increase: increaseLine(detail, rate, wording),
		bounds,
		division: divisionLine(detail, rate, wording)
	};
}

function lostLine(func: string, { series, of, tooFew }: LostSeries): string {
	const { items, total } = series;
	const names = items.map(formatLabels).join(', ');
	const more = total > items.length ? ` and ${total - items.length} others` : '';
	const why =
		tooFew === 0
			? ''
			: `: ${tooFew < total ? tooFew : total === 1 ? 'it' : 'each'} ${tooFew > 1 && tooFew < total ? 'have' : 'has'} only one sample in the window, and ${func}() needs two`;
	return `${total} of the ${of} series ${total === 1 ? 'gives' : 'give'} nothing${why}. ${total === 1 ? 'It is' : 'They are'} ${names}${more}.`;
}

function windowLine(detail: WindowDetail, { time }: Wording): string {
	const { labels, samples, windowStart, windowEnd } = detail;
	const count = `${samples.total} ${samples.total === 1 ? 'sample' : 'samples'}`;
	const range = windowEnd - windowStart;
	const window =
		range < DAY
			? `the window of ${formatDuration(range)} ${windowInterval(detail, time)}`
			: windowInterval(detail, time);
	return `${formatLabels(labels)}: ${count} in ${window}.`;
}

function resultLine({ func, result }: WindowDetail, { number }: Wording): string[] {
	return result && !result.histogram ? [`${func}() of them = ${number(result.value)}.`] : [];
}

function increaseLine(detail: WindowDetail, rate: WindowRate, wording: Wording): string {
	const { number, seconds } = wording;
	const isDelta = detail.func === 'delta';
	const change = `${isDelta ? 'The value changes' : 'It rises'} by ${number(rate.increase)} ${stretchInWords(rate)}, ${seconds(rate.sampled)}`;
	return isDelta ? `${change}.` : `${change}; ${resetsInWords(detail, rate, wording)}.`;
}

function stretchInWords({ method, began }: WindowRate): string {
	if (method !== 'extrapolated') return 'between the bounds of the window';
	return began === undefined
		? 'from first to last sample'
		: 'from its beginning to the last sample';
}

function resetsInWords({ samples }: WindowDetail, { resets }: WindowRate, { time }: Wording) {
	if (resets.length === 0) return 'no reset';
	// Rows count from the first sample of the window, and of a long window only the newest samples are listed.
	const hidden = samples.total - samples.items.length;
	const places = resets.slice(0, 3).map((row) => {
		const sample = samples.items[row - hidden];
		return sample ? time(sample.time) : `sample ${row + 1}`;
	});
	const more = resets.length > places.length ? ' and others' : '';
	return `${resets.length === 1 ? 'reset' : `${resets.length} resets`} before ${places.join(', ')}${more}, made up for`;
}

function startLine(rate: WindowRate, { seconds, time }: Wording): string {
	const { gapToStart, toStart, averageDistance, startLimit, began } = rate;
	const gap = `From the window's start to the first sample it is ${seconds(gapToStart)}`;
	switch (startLimit) {
		case 'none':
			return `${gap}: ${acrossAll(gapToStart)}.`;
		case 'series begins':
			return `${gap}, more than 1.1 times the ${seconds(averageDistance)} between samples: the series is taken to begin there, and half a distance is extrapolated, ${seconds(toStart)}.`;
		case 'counter was zero':
			return `${gap}: extrapolated over ${seconds(toStart)} only, because further back the counter would have been below zero.`;
		case 'counter began':
			return `${gap}: not extrapolated, because the counter began to count at ${time(began ?? NaN)}, from zero.`;
	}
}

function endLine(rate: WindowRate, { seconds }: Wording): string {
	const { gapToEnd, toEnd, averageDistance, endLimit } = rate;
	const gap = `From the last sample to the window's end it is ${seconds(gapToEnd)}`;
	return endLimit === 'none'
		? `${gap}: ${acrossAll(gapToEnd)}.`
		: `${gap}, more than 1.1 times the ${seconds(averageDistance)} between samples: the series is taken to end there, and half a distance is extrapolated, ${seconds(toEnd)}.`;
}

function acrossAll(gap: number): string {
	return gap === 0 ? 'nothing to extrapolate' : 'extrapolated over all of it';
}

function boundsLine({ method, bounds }: WindowRate, { number }: Wording): string {
	const how =
		method === 'anchored'
			? 'the last sample at or before each bound'
			: 'a straight line between the samples around each bound';
	if (!bounds) return `The bounds are met by ${how}.`;
	return `The bounds are met by ${how}: ${number(bounds.left)} at the start, ${number(bounds.right)} at the end.`;
}

function divisionLine(detail: WindowDetail, rate: WindowRate, { number, seconds }: Wording) {
	const { func, windowStart, windowEnd } = detail;
	const { increase, sampled, toStart, toEnd, result, histogram } = rate;
	const isScaled = rate.method === 'extrapolated';
	const scale = isScaled
		? ` × (${[toStart, sampled, toEnd].map((length) => seconds(length)).join(' + ')}) / ${seconds(sampled)}`
		: '';
	const division = func === 'rate' ? ` / ${seconds((windowEnd - windowStart) / 1000)}` : '';
	const of = histogram ? ' of the count' : '';
	const formula = scale || division ? `${number(increase)}${scale}${division} = ` : '';
	return `${func}()${of} = ${formula}${number(result)}.`;
}

function lastTwoLine({ func }: WindowDetail, last: LastTwo, { number, seconds }: Wording): string {
	const between = `The last two samples are ${seconds(last.seconds)} apart and differ by ${number(last.difference)}`;
	const reset = last.isReset ? ': the counter was reset, so its whole value counts' : '';
	if (func === 'idelta') return `${between}.`;
	return `${between}${reset}; irate() = ${number(last.difference)} / ${seconds(last.seconds)} = ${number(last.difference / last.seconds)}.`;
}
