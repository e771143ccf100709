import type { Rule } from './mistake.ts';

/**
 * What to do about errors of which nothing more is known than their text, by the texts of messages.ts. There is one for each of them,
 * the last ones for what is left.
 */
const FALLBACKS: readonly (readonly [RegExp, string])[] = [
	[
		/^no expression found/,
		'Write the name of a metric, such as `up`; what follows # is a comment.'
	],
	[/^unclosed left/, 'Close the bracket at the end of what belongs into it.'],
	[/^unexpected right/, 'Take the bracket away, or open one before it.'],
	[/^unexpected left brace/, 'One { is enough; it is closed before the next one opens.'],
	[/^unexpected left bracket/, 'One [ is enough; it is closed by ] before the next one opens.'],
	[
		/inside braces$/,
		'Close the braces with }, after conditions such as `job="shop"` with commas between them.'
	],
	[
		/inside braces/,
		'Between braces stand conditions such as `job="shop"`, with commas between them and texts in quotes.'
	],
	[
		/duration expression|expected ':'$|unexpected colon|bad number or duration/,
		'A duration is a number and a unit, as in `[5m]`; a subquery has a colon, as in `[1h:1m]`.'
	],
	[
		/^unknown unit|not a valid duration|duration|^divi|^modulo/,
		'A duration is a number greater than 0 and a unit of ms, s, m, h, d, w and y, as in `5m`.'
	],
	[/ in (?:subquery|offset)/, 'Here stands a duration, such as `5m`.'],
	[
		/ in @|@ modifier|^@/,
		'After a selector and its range stands one @ with seconds since 1970, `start()` or `end()`.'
	],
	[/^offset/, 'offset stands once, right after a selector and its range: `x[5m] offset 1h`.'],
	[/^unterminated/, 'Close the quote; both are of the same kind and in one line.'],
	[/escape/, 'A backslash in quotes is written twice, or once in a text between backticks.'],
	[/invalid UTF-8/, 'Take the character away that can not be read.'],
	[
		/ in label matching/,
		'A condition is a label, one of =, !=, =~ and !~, and a text in quotes; commas stand between conditions.'
	],
	[
		/ in grouping opts|for grouping/,
		'Labels to group by stand in parentheses with commas between them: `by (job, instance)`.'
	],
	[
		/^error parsing regexp|invalid regular|^missing|^invalid|regular expressions in one query/,
		'Check the regular expression: brackets are closed, and what stands for itself has \\\\ before it.'
	],
	[/^error parsing number|bad number/, 'Numbers are written like 1234.5, 1e6 or 0x1f.'],
	[/^trailing commas/, 'Take the last comma away.'],
	[
		/^expected type range vector/,
		'Add a range such as `[5m]` after the selector, or `[5m:]` after an expression.'
	],
	[/^expected type string/, 'Put the text into quotes.'],
	[/^expected type scalar/, 'Write a number here, or make one of a single series with `scalar()`.'],
	[
		/^expected type instant vector/,
		'Write a selector here, or make a series of a number with `vector()`.'
	],
	[/argument|aggregate expression/, 'Look up in the reference what stands in the parentheses.'],
	[/label selectors only/, 'The second argument of info() is conditions alone: `{version=~".+"}`.'],
	[/^bool modifier/, 'Leave bool out: only comparisons such as == and > have it.'],
	[
		/must not occur in ON and GROUP/,
		'Leave the label out of group_left or group_right: the labels in on() are kept anyway.'
	],
	[
		/^binary expression|^unary expression/,
		'Operators take numbers and instant vectors: no texts, and ranges only within a function such as `rate(x[5m])`.'
	],
	[
		/^vector matching only|^filling in missing series only/,
		'Leave the matching out: with a number on one side every series meets that number.'
	],
	[
		/set operat|no grouping allowed|for set operators/,
		'and, or and unless compare whole series: they take vectors on both sides, with on or ignoring and nothing else.'
	],
	[
		/^subquery is only/,
		'What a subquery looks at has one value at each moment: leave out the inner range or put a function around it.'
	],
	[
		/metric name must not be set twice/,
		'Keep one of the two names, the one before the braces or the one in them.'
	],
	[
		/at least one non-empty matcher/,
		'Name a metric, or give a label a value that is not empty: `{job="shop"}` or `{job=~".+"}`.'
	],
	[
		/^ranges only/,
		'A range stands right after a selector; that of an expression has a colon: `[5m:]`.'
	],
	[/modifiers allowed before range/, 'The range comes first: `x[5m] offset 1h`.'],
	[/anchored|smoothed/, 'One of anchored and smoothed stands after a selector and its range.'],
	[/nested more than/, 'Write a flatter query, or record parts of it with a rule.'],
	[/^expected type/, 'Look up in the reference what stands here.'],
	[/^unknown function/, 'Look up in the reference what the function is called.'],
	[/^comparisons between scalars/, 'Write bool after the comparison: `1 == bool 1`.'],
	[/ modifier /, 'Take the modifier away, or put it right after a selector and its range.'],
	[
		/^unexpected end of input/,
		'The query breaks off: after an operator a metric, a number or an expression follows.'
	],
	[
		/^unexpected (?:identifier|metric identifier|number|duration|string|"\("|"\{"|<aggr)/,
		'Two expressions stand side by side: an operator such as + or == is missing before this one, or one of them is too much.'
	],
	[
		/^unexpected ","/,
		'A comma separates arguments and conditions; two expressions are put together by `or`.'
	],
	[
		/^unexpected character/,
		'The character has no meaning here: take it away, or put the text that it belongs to into quotes.'
	],
	[/^unexpected/, 'Something is missing before this place, or this is too much.']
];

/** What to do about an error of a kind; undefined for a text that no query is refused with. */
export function fallback(message: string): string | undefined {
	return FALLBACKS.find(([pattern]) => pattern.test(message))?.[1];
}

/** A selector that would take everything. */
export const emptySelector: Rule = ({ query, message }) => {
	if (!message.endsWith('at least one non-empty matcher')) return undefined;
	const label = /([a-zA-Z_]\w*)\s*(?:=~|!=|=|!~)/.exec(query)?.[1] ?? 'job';
	return {
		say: 'A selector names a metric, or has a condition that an empty label does not satisfy',
		instead: `{${label}=~".+"}`,
		more: 'That one takes all series with the label.'
	};
};
