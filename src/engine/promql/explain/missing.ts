import {
	ABSENT,
	METRIC_NAME,
	STALE,
	formatDuration,
	formatMatcher,
	labelValue,
	matcherTest,
	parseFloatGo,
	quote,
	regexTest,
	type Labels,
	type Matcher,
	type Querier,
	type SeriesColumns,
	type ValueTest,
	type Timestamp
} from '#engine/model';
import type { Missing } from './detail.ts';
import { isAlike, nearestTexts } from './edit-distance.ts';
import { nearestValues } from './nearest-values.ts';

/** All of time, as far as a store can tell. */
const EVER = 2 ** 53;

const SHOWN = 5;

/** The stretch of time a selector looked at: from < time <= to. */
export interface LookedAt {
	readonly from: Timestamp;
	readonly to: Timestamp;
}

/** Why the matchers find no sample in a stretch of time, and what is there instead. */
export function explainMissing(
	matchers: readonly Matcher[],
	{ from, to }: LookedAt,
	querier: Querier
): Missing {
	if (querier.series(matchers, from + 1, to).length > 0) return ended(matchers, from, to, querier);
	if (querier.series(matchers, -EVER, EVER).length > 0) {
		return outsideOfTime(matchers, from, to, querier);
	}
	const all = querier.series([], -EVER, EVER);
	if (all.length === 0) {
		return { about: 'metric', reason: 'There are no series at all yet.', nearest: [] };
	}
	const names = matchers.filter(({ name }) => name === METRIC_NAME);
	const named = all.filter(allMatch(names));
	if (named.length === 0) return unknownMetric(names, all);
	const others = matchers.filter(({ name }) => name !== METRIC_NAME);
	const alone = others.find((matcher) => !named.some(allMatch([matcher])));
	return alone ? unknownValue(alone, named) : combination(others, named);
}

function allMatch(matchers: readonly Matcher[]): (labels: Labels) => boolean {
	const tests = matchers.map((matcher) => ({ name: matcher.name, test: matcherTest(matcher) }));
	return (labels) => tests.every(({ name, test }) => test(labelValue(labels, name)));
}

/** There are rows, but no sample was in force at any step. */
function ended(
	matchers: readonly Matcher[],
	from: Timestamp,
	to: Timestamp,
	querier: Querier
): Missing {
	const ends = querier.select(matchers, from + 1, to).map(staleSince);
	const count = ends.length === 1 ? 'The series' : `Each of the ${ends.length} series`;
	if (ends.some((end) => end === undefined)) {
		const reason = `${count} has no sample at any of the steps asked for.`;
		return { about: 'time', reason, nearest: [] };
	}
	const last = Math.max(...ends.map((end) => end ?? NaN));
	const reason = `${count} ended, the last ${formatDuration(to - last)} before the end of what was looked at: a staleness marker is there, written when a scrape no longer had it.`;
	return { about: 'time', reason, nearest: [] };
}

/** When a series ended for good, as far as the rows go; undefined when its last row that is not a hole is a sample. */
function staleSince({ times, marks, start, end }: SeriesColumns): Timestamp | undefined {
	let row = end - 1;
	while (row >= start && marks?.[row] === ABSENT) row--;
	return row >= start && marks?.[row] === STALE ? times[row] : undefined;
}

function outsideOfTime(
	matchers: readonly Matcher[],
	from: Timestamp,
	to: Timestamp,
	querier: Querier
): Missing {
	const window = formatDuration(to - from);
	const before = querier.select(matchers, -EVER, from);
	if (before.length > 0) {
		const last = Math.max(...before.map(({ times, end }) => times[end - 1] as number));
		const reason = `There are such series, but no sample in the ${window} looked at: the last one was ${formatDuration(to - last)} before its end.`;
		return { about: 'time', reason, nearest: [] };
	}
	const after = querier.select(matchers, to + 1, EVER);
	const first = Math.min(...after.map(({ times, start }) => times[start] as number));
	const reason = `There are such series, but no sample in the ${window} looked at: the first one came ${formatDuration(first - to)} after its end.`;
	return { about: 'time', reason, nearest: [] };
}

function unknownMetric(names: readonly Matcher[], all: readonly Labels[]): Missing {
	const metrics = new Set(all.map((labels) => labelValue(labels, METRIC_NAME)));
	const [matcher] = names;
	const wanted = names.length === 1 && matcher?.type === '=' ? matcher.value : '';
	if (wanted === '') {
		const nearest = [...metrics].slice(0, SHOWN);
		const conditions = names.map(formatMatcher).join(', ');
		return { about: 'metric', nearest, reason: `No metric name satisfies ${conditions}.` };
	}
	const nearest = nearestTexts(wanted, metrics, SHOWN);
	const alike = nearest.filter((name) => isAlike(wanted, name));
	const reason = `There is no metric named ${wanted}.${suggestion('Nearest', alike.slice(0, 3))}`;
	return { about: 'metric', nearest, reason };
}

function suggestion(word: string, texts: readonly string[]): string {
	return texts.length === 0 ? '' : ` ${word}: ${texts.join(', ')}.`;
}

function unknownValue(matcher: Matcher, series: readonly Labels[]): Missing {
	const values = new Set(series.map((labels) => labelValue(labels, matcher.name)));
	values.delete('');
	if (values.size === 0) return unknownLabel(matcher, series);
	const condition = formatMatcher(matcher);
	const nearest = nearestValues(matcher.value, values, SHOWN);
	const shown = nearest.slice(0, 3).map(quote);
	switch (matcher.type) {
		case '=': {
			const twin = sameNumber(matcher.value, values);
			const reason =
				twin === undefined
					? `No series has the label value ${condition}.${suggestion('Nearest', shown)}`
					: `No series has the label value ${condition}: label values are texts, and it is written ${quote(twin)} here.`;
			return { about: 'value', nearest, reason };
		}
		case '=~':
			return { about: 'value', nearest, reason: unmatchedPattern(matcher, values, shown) };
		default: {
			const reason = `Every series is excluded by ${condition}.${suggestion('There is', shown)}`;
			return { about: 'value', nearest, reason };
		}
	}
}

function sameNumber(text: string, values: Iterable<string>): string | undefined {
	const number = parseFloatGo(text);
	if (number === undefined) return undefined;
	return [...values].find((value) => parseFloatGo(value) === number);
}

function unmatchedPattern(
	matcher: Matcher,
	values: ReadonlySet<string>,
	shown: readonly string[]
): string {
	const reason = `No series has a label value that matches ${formatMatcher(matcher)}.`;
	const inside = partTest(matcher.value);
	const partly = [...values].filter(inside).slice(0, 3).map(quote);
	if (partly.length === 0) return `${reason}${suggestion('There is', shown)}`;
	return `${reason} A pattern has to match the whole value; it matches a part of ${partly.join(', ')}.`;
}

/** Tests whether an expression matches a part of a text. One that ends within quoted text can not be put into another. */
function partTest(expression: string): ValueTest {
	try {
		return regexTest(`(?s:.*)(?:${expression})(?s:.*)`);
	} catch {
		return () => false;
	}
}

function unknownLabel(matcher: Matcher, series: readonly Labels[]): Missing {
	const names = new Set(series.flatMap((labels) => labels.filter((_, i) => i % 2 === 0)));
	names.delete(METRIC_NAME);
	const nearest = nearestTexts(matcher.name, names, SHOWN);
	const reason = `These series have no label ${matcher.name}.${suggestion('They have', nearest)}`;
	return { about: 'label', nearest, reason };
}

function combination(matchers: readonly Matcher[], series: readonly Labels[]): Missing {
	for (const [i, a] of matchers.entries()) {
		for (const b of matchers.slice(i + 1)) {
			const withFirst = series.filter(allMatch([a]));
			if (withFirst.some(allMatch([b]))) continue;
			const there = new Set(withFirst.map((labels) => labelValue(labels, b.name)));
			const nearest = nearestValues(b.value, there, SHOWN);
			const shown = nearest.slice(0, 3).map(quote);
			const reason = `Some series have ${formatMatcher(a)} and some ${formatMatcher(b)}, but none has both.${suggestion(`With the first, ${b.name} is`, shown)}`;
			return { about: 'combination', nearest, reason };
		}
	}
	const reason = 'Each condition is met by some series, but none meets all of them.';
	return { about: 'combination', nearest: [], reason };
}
