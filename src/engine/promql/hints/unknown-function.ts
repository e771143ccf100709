import { AGGREGATORS } from '../aggregators.ts';
import { keywordsOf } from '../function-reference/keywords.ts';
import { functionTable } from '../functions.ts';
import { isAlike, nearestTexts } from '../explain/edit-distance.ts';
import { callFrom } from './bare-text.ts';
import { isReadable } from './mend.ts';
import { put, type Advice, type Mistake, type Rule } from './mistake.ts';

/** What a call with an unknown name may have been meant as. */
export const unknownFunction: Rule = (mistake) => {
	const [, name] = /^unknown function with name "([^"]+)"$/.exec(mistake.message) ?? [];
	if (name === undefined) return undefined;
	return (
		quantileMeant(mistake, name) ??
		distinctMeant(mistake, name) ??
		otherForm(name) ??
		otherWord(mistake, name) ??
		nearest(mistake, name) ??
		noFunction(mistake, name)
	);
};

/** The names of all functions and aggregators. */
const NAMES: readonly string[] = [...functionTable.keys(), ...Object.keys(AGGREGATORS)];

/** `p95(x)`, `percentile(95, x)`, `median(x)`. */
function quantileMeant({ query, bare, from }: Mistake, name: string): Advice | undefined {
	const [, digits] = /^(?:p|perc|percentile|quantile)_?(\d{1,4})$/i.exec(name) ?? [];
	if (!digits && !/^(?:percentiles?|perc|median|med|quantil)$/i.test(name)) return undefined;
	const texts = callFrom(bare, from)?.args.map((arg) => query.slice(arg.from, arg.to)) ?? [];
	const number = texts.find((text) => /^\d+(?:\.\d+)?%?$/.test(text));
	const share = /^med/i.test(name) ? 0.5 : shareOf(digits ?? number ?? '95', digits !== undefined);
	const arg = texts.find((text) => text !== number) ?? 'x';
	const forms = [
		{
			about: 'over time',
			text: `quantile_over_time(${share}, ${arg})`,
			like: `quantile_over_time(${share}, x[5m])`
		},
		{
			about: 'of a histogram',
			text: bucketQuantile(share, arg),
			like: bucketQuantile(share, 'x_bucket')
		},
		{
			about: 'over several series',
			text: `quantile(${share}, ${arg})`,
			like: `quantile(${share}, x)`
		}
	];
	const isOfBuckets = /_bucket\b/.test(arg);
	const fits = forms.find(
		({ about, text }) => isReadable(text) && (isOfBuckets || about !== 'of a histogram')
	);
	const span = callFrom(bare, from)?.span;
	const others = forms
		.filter((form) => form !== fits)
		.map(({ about, like }) => `${about} it is \`${like}\``);
	return {
		say: `PromQL calls it a quantile, and ${share} is the part of 1 below it`,
		...(span && fits && { edits: [put(span.from, span.to, fits.text)], instead: fits.text }),
		more: `${others.join(', and ').replace(/^o/, 'O')}.`
	};
}

function bucketQuantile(share: number, arg: string): string {
	const buckets = /[([]/.test(arg) ? arg : `rate(${arg}[5m])`;
	return `histogram_quantile(${share}, sum by (le) (${buckets}))`;
}

/** 95 of a hundred are 0.95, 999 in a name are 0.999, and 0.9 is a share already. */
function shareOf(written: string, isInName: boolean): number {
	const value = Number.parseFloat(written);
	if (value <= 1) return value;
	if (isInName) return Number(`0.${written}`);
	return value <= 100 ? Number((value / 100).toPrecision(10)) : 0.95;
}

/** `count_distinct(instance)`. */
function distinctMeant({ query, bare, from }: Mistake, name: string): Advice | undefined {
	if (!/^(?:count_?distinct|distinct_?count|distinct|unique|uniq)$/i.test(name)) return undefined;
	const [arg] = callFrom(bare, from)?.args ?? [];
	const label = arg ? query.slice(arg.from, arg.to) : '';
	return countDistinct(/^[a-z_]\w*$/i.test(label) ? label : 'instance');
}

/** How the values of a label are counted. */
export function countDistinct(label: string): Advice {
	return {
		say: 'How many values a label has is counted in two steps, first a group for each value',
		instead: `count(count by (${label}) (up))`
	};
}

/** What is an operator or another form here, by what it is called as a function elsewhere. */
const FORMS: readonly (readonly [RegExp, Advice])[] = [
	[/^(?:pow|power)$/i, { say: 'A power is an operator', instead: 'x ^ 2' }],
	[/^mod(?:ulo)?$/i, { say: 'The remainder of a division is an operator', instead: 'x % 60' }],
	[
		/^(?:now|today|current_?time(?:stamp)?)$/i,
		{ say: 'The moment of the query in seconds is', instead: 'time()' }
	],
	[
		/^not$/i,
		{
			say: 'There is no not: compare with the opposite, or leave series out',
			instead: 'a unless b'
		}
	],
	[
		/^(?:if|iff|case|when)$/i,
		{ say: 'There is no if: a comparison keeps the series for which it holds', instead: 'up == 0' }
	],
	[
		/^(?:coalesce|ifnull|nvl|default|or_else)$/i,
		{ say: 'What stands in for missing series follows after or', instead: 'x or vector(0)' }
	],
	[
		/^(?:replace|regexp?_?replace|substr(?:ing)?|split|upper|lower|trim)$/i,
		{
			say: 'The text of a label is changed with',
			instead: 'label_replace(up, "host", "$1", "instance", "(.*):.*")'
		}
	],
	[
		/^(?:concat|join)$/i,
		{
			say: 'Labels are put together with',
			instead: 'label_join(up, "address", "/", "job", "instance")'
		}
	],
	[
		/^(?:label_values|query_result|label_names|metrics)$/i,
		{
			say: 'This is a function of Grafana, for its variables. A query that lists the values of a label is',
			instead: 'group by (instance) (up)'
		}
	],
	[
		/^(?:group_?by|groupby)$/i,
		{ say: 'Groups are made by an aggregation', instead: 'sum by (instance) (up)' }
	],
	[
		/^(?:where|filter|select)$/i,
		{ say: 'Conditions on labels stand in braces', instead: 'up{job="shop"}' }
	]
];

function otherForm(name: string): Advice | undefined {
	return FORMS.find(([pattern]) => pattern.test(name))?.[1];
}

/** What people call functions elsewhere, the most likely meaning first. Other words are those of the reference. */
const WORDS: readonly (readonly [RegExp, readonly string[]])[] = [
	[/^(?:average|averag|avrg|mean|arithmetic_?mean|avg_?by)$/i, ['avg', 'avg_over_time']],
	[/^(?:moving|rolling|running)_?(?:average|avg|mean)$|^(?:sma|movavg|mavg)$/i, ['avg_over_time']],
	[/^(?:total|sum_?all|add|sum_?of|plus|totals)$/i, ['sum', 'sum_over_time', 'increase']],
	[
		/^(?:length|len|size|cardinality|cnt|num|number|how_?many|count_?all)$/i,
		['count', 'count_over_time']
	],
	[/^(?:maximum|highest|largest|peak|greatest)$/i, ['max', 'max_over_time']],
	[/^(?:minimum|lowest|smallest|least)$/i, ['min', 'min_over_time']],
	[/^(?:std|stdev|std_?dev|standard_?deviation|sd|sigma)$/i, ['stddev', 'stddev_over_time']],
	[/^(?:var|variance)$/i, ['stdvar', 'stdvar_over_time']],
	[/^(?:top|top_?n|head|limit|first_?n)$/i, ['topk', 'limitk']],
	[/^(?:bottom|bottom_?n|tail)$/i, ['bottomk']],
	[
		/^(?:per_?second|per_?sec|speed|qps|rps|throughput|(?:non_?negative_?)?derivative)$/i,
		['rate', 'deriv']
	],
	[/^(?:diff|difference|growth|count_?events)$/i, ['increase', 'delta']],
	[/^(?:order|order_?by|orderby|rank|desc)$/i, ['sort', 'sort_desc']],
	[/^(?:last|latest|newest)$/i, ['last_over_time']],
	[/^(?:first|oldest|earliest)$/i, ['first_over_time']],
	[/^log$/i, ['ln', 'log10', 'log2']],
	[/^(?:exists|is_?null|isnull|missing|is_?absent)$/i, ['absent', 'absent_over_time']]
];

function otherWord(mistake: Mistake, name: string): Advice | undefined {
	const found = WORDS.find(([pattern]) => pattern.test(name))?.[1] ?? wordsOfReference(name);
	return (
		found && meantAs(mistake, found, found.length === 1 ? 'PromQL calls it' : 'In PromQL it is')
	);
}

function wordsOfReference(name: string): string[] | undefined {
	const word = name.toLowerCase().replaceAll('_', ' ');
	if (NAMES.includes(name.toLowerCase()) || word.length < 3) return undefined;
	const found = NAMES.filter((known) =>
		[keywordsOf(known), keywordsOf(known).replaceAll('_', ' ')].some((words) =>
			` ${words} `.includes(` ${word} `)
		)
	);
	return found.length > 0 ? found.slice(0, 3) : undefined;
}

/** Names that are much like the one that was written. */
function nearest(mistake: Mistake, name: string): Advice | undefined {
	const found = nearestNames(name);
	return found.length > 0 ? meantAs(mistake, found, ASKED) : undefined;
}

const ASKED = 'Did you mean';

/** At most this many names are offered. */
const OFFERED = 3;

/** Functions and aggregators much like a name: the same in other letters, then what it begins, then what differs least. */
function nearestNames(name: string): string[] {
	const plain = plainly(name);
	const same = NAMES.filter((known) => plainly(known) === plain);
	if (same.length > 0) return same;
	const begun = name.length < 2 ? [] : NAMES.filter((known) => plainly(known).startsWith(plain));
	const shortest = begun.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, OFFERED);
	const alike = nearestTexts(name, NAMES, OFFERED + 2).filter((known) => isAlike(name, known));
	return [...new Set([...shortest, ...alike])].slice(0, OFFERED);
}

/** `sumOverTime` and `Sum_Over_Time` are `sum_over_time`. */
function plainly(name: string): string {
	return name.replaceAll('_', '').toLowerCase();
}

/** The names that may be meant; the query with the first of them that takes what is in the parentheses. */
function meantAs({ query, bare, from }: Mistake, names: readonly string[], lead: string): Advice {
	const call = callFrom(bare, from);
	const [head = ''] = /^\w+/.exec(bare.slice(from)) ?? [];
	// A name that is only alike is not given up for another because of what stands in the parentheses.
	const candidates = lead === ASKED ? names.slice(0, 1) : names;
	const fits =
		call &&
		candidates.find((name) => isReadable(name + query.slice(from + head.length, call.span.to)));
	const listed = list(
		names.map((name) =>
			name.endsWith('_over_time') && names.length > 1 ? `${name}() over time` : `${name}()`
		)
	);
	const asked = lead === ASKED ? `${lead} ${listed}?` : `${lead} ${listed}`;
	if (!fits) return { say: asked };
	return {
		say: asked,
		edits: [put(from, from + head.length, fits)],
		instead: fits + query.slice(from + head.length, call.span.to)
	};
}

function list(items: readonly string[]): string {
	return items.length < 2
		? items.join('')
		: `${items.slice(0, -1).join(', ')}${/\s/.test(items.join('')) ? ',' : ''} or ${items.at(-1)}`;
}

/** `http_requests_total()`: a metric is no function. */
function noFunction({ query, bare, from }: Mistake, name: string): Advice {
	const call = callFrom(bare, from);
	const inside = call ? query.slice(call.open + 1, call.span.to - 1).trim() : undefined;
	if (inside === '' && call) {
		return {
			say: `There is no function ${name}; a metric is written without parentheses`,
			edits: [put(call.open, call.span.to, '')],
			instead: name
		};
	}
	return { say: `There is no function ${name}. The reference lists all there are` };
}
