import { formatDuration } from '#engine/model';
import type { Expr } from '../ast.ts';
import { FEATURE_FLAGS } from '../feature-flags.ts';
import type { Features } from '../features.ts';
import { advise } from '../hints/advise.ts';
import { fallback } from '../hints/fallbacks.ts';
import { offsetOfPosition, type ParseError } from '../parse-error.ts';
import { print } from '../print.ts';
import type { Detail, MatchDetail } from './detail.ts';

/** The part of a query that an error came of. */
export interface FailedPart {
	readonly expr: Expr;
	readonly detail?: Detail;
}

/**
 * What can be done about an error of a query, in a sentence or two; undefined when the error says it all. Code in it stands between
 * backticks. Of what can not be read it tells from the text of the query what was probably meant; there is always something to say then.
 * `failed` is the part that the error came of, known when the query could be evaluated: advice on vector matching needs it.
 */
export function hintFor(message: string, query = '', failed?: FailedPart): string | undefined {
	const unread = parseErrorIn(message, query);
	const said = unread && query !== '' ? advise(query, unread) : undefined;
	return said ?? adviceOn(message, failed) ?? (unread && fallback(unread.message));
}

/** As Prometheus words it, after whatever an HTTP API puts before it. */
const PARSE_ERROR = /(?:^|[ :"])(?:(\d+):(\d+)|unknown position): parse error: (.*)$/s;

function parseErrorIn(message: string, query: string): ParseError | undefined {
	const found = PARSE_ERROR.exec(message);
	if (!found) return undefined;
	const [, line = '1', column = '1', text = ''] = found;
	const from = offsetOfPosition(query, Number(line), Number(column));
	return { message: text, span: { from, to: from } };
}

function adviceOn(message: string, failed?: FailedPart): string | undefined {
	for (const [pattern, advise] of ADVICE) {
		const found = pattern.exec(message);
		if (found) return advise(found, failed);
	}
	return undefined;
}

type Advise = (found: RegExpExecArray, failed: FailedPart | undefined) => string | undefined;

/** By the texts that messages.ts and match-vectors.ts have. */
const ADVICE: readonly (readonly [RegExp, Advise])[] = [
	[
		/expected type range vector in call to function "(\w+)", got instant vector/,
		([, func]) =>
			`${func}() looks at a stretch of time: add a range such as [5m] after the selector, or [5m:] after an expression that is no selector.`
	],
	[
		/expected type instant vector in .*, got range vector/,
		() =>
			'There is one value of each series here, not those of a stretch of time: leave out the range in brackets, or put a function of ranges such as rate() around it.'
	],
	[
		/^invalid expression type "range vector" for range query/,
		() =>
			'A graph needs one value for each step. Ask for the range vector at one moment, as an instant query, or put a function of ranges such as rate() around it.'
	],
	[/function "\w+" is not enabled$/, () => enable('experimentalFunctions')],
	[/must be enabled with --enable-feature=/, () => enable('experimentalFunctions')],
	[/binop fill modifiers are experimental/, () => enable('binopFillModifiers')],
	[
		/(anchored|smoothed) modifier is experimental and not enabled/,
		() => enable('extendedRangeSelectors')
	],
	[/^query processing would load too many samples/, (_, failed) => coarserStep(failed?.detail)],
	[/many-to-one matching must be explicit/, (_, failed) => groupModifier('left', failed)],
	[
		/on the (left|right) hand-side of the operation: .*many-to-many matching not allowed/s,
		([, side], failed) => duplicateSide(side as Side, failed)
	]
];

function enable(feature: keyof Features): string {
	const flag = FEATURE_FLAGS.find((known) => known.feature === feature)?.flag;
	return `It is experimental, here as in Prometheus: switch it on with --enable-feature=${flag}.`;
}

function coarserStep(detail: Detail | undefined): string {
	const refused = detail?.kind === 'subquery' ? detail.refused : undefined;
	return refused
		? `A coarser step of the subquery needs fewer samples: ${formatDuration(refused.betterStep)} would do.`
		: 'Ask for fewer series, a shorter time, or a coarser step.';
}

type Side = 'left' | 'right';

/** Several series on one side, which an operator without a modifier does not put up with. */
function groupModifier(many: Side, failed: FailedPart | undefined): string {
	const one = many === 'left' ? 'right' : 'left';
	const written = withModifier(many, failed);
	return `Several series of the ${many} side meet the same one of the ${one} side. If that is what you mean, write group_${many}${written ? `: ${written}` : ' after on(…) or ignoring(…)'}`;
}

/** Longer queries are not written out again. */
const WRITTEN_LENGTH = 200;

function withModifier(many: Side, failed: FailedPart | undefined): string | undefined {
	const expr = failed?.expr;
	if (expr?.kind !== 'binary' || !expr.matching) return undefined;
	const cardinality = many === 'left' ? 'many-to-one' : 'one-to-many';
	const text = print({ ...expr, matching: { ...expr.matching, cardinality } });
	return text.length <= WRITTEN_LENGTH ? text : undefined;
}

/** The side that is to have one series of each kind has several. */
function duplicateSide(side: Side, failed: FailedPart | undefined): string {
	const expr = failed?.expr;
	const isGrouped = expr?.kind === 'binary' && expr.matching?.cardinality !== 'one-to-one';
	if (!isGrouped && failed?.detail?.kind === 'match' && !severalOnBoth(failed.detail)) {
		return groupModifier(side, failed);
	}
	return `Several series of the ${side} side have the same labels to compare. Compare more labels, or put these series together first, as with sum by (…).`;
}

function severalOnBoth({ groups }: MatchDetail): boolean {
	return groups.items.some(({ left, right }) => left.total > 1 && right.total > 1);
}
