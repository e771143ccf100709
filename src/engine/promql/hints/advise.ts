import type { ParseError } from '../parse-error.ts';
import { bracketMistakes } from './bracket-mistakes.ts';
import { callMistakes, parenthesesMissing } from './call-mistakes.ts';
import { emptySelector } from './fallbacks.ts';
import { foreignText } from './foreign-text.ts';
import { groupingMistakes } from './grouping-mistakes.ts';
import { moment } from './moment.ts';
import { inSentences, mistakeIn } from './mend.ts';
import type { Advice, Mistake, Rule } from './mistake.ts';
import {
	comparisonSign,
	logic,
	numberSigns,
	operandMissing,
	operands
} from './operator-mistakes.ts';
import {
	bareDuration,
	durationMistakes,
	misplacedModifier,
	misplacedRange,
	rangeAfterModifier
} from './range-mistakes.ts';
import { otherLanguages } from './other-languages.ts';
import { selectorMistakes } from './selector-mistakes.ts';
import { strangeMetricName } from './strange-names.ts';
import { unknownFunction } from './unknown-function.ts';

/**
 * Advice on queries that can not be read. Each rule knows one kind of mistake by the error and by what stands at its place, and says what to do;
 * where it is certain what was meant it changes the text. The changes of all mistakes are made one after the other (`mend.ts`), and the query that
 * comes of it is shown only if the parser reads it: a hint never recommends what is refused again.
 *
 * Texts of another kind come first: nothing else that is said about them helps.
 */
const RULES: readonly Rule[] = [
	foreignText,
	otherLanguages,
	parenthesesMissing,
	unknownFunction,
	callMistakes,
	numberSigns,
	moment,
	bracketMistakes,
	selectorMistakes,
	durationMistakes,
	misplacedRange,
	rangeAfterModifier,
	misplacedModifier,
	bareDuration,
	groupingMistakes,
	comparisonSign,
	logic,
	strangeMetricName,
	operands,
	operandMissing,
	emptySelector
];

function firstAdvice(mistake: Mistake): Advice | undefined {
	for (const rule of RULES) {
		const advice = rule(mistake);
		if (advice) return advice;
	}
	return undefined;
}

/** Longer queries are not searched for what may be meant. */
export const LONGEST_READ = 2000;

/** What to do about an error of a query that could not be read, in a sentence or two; undefined when it is of no known kind. */
export function advise(query: string, error: ParseError): string | undefined {
	if (query.length > LONGEST_READ) return undefined;
	const mistake = mistakeIn(query, error);
	const advice = firstAdvice(mistake);
	return advice && inSentences(advice, mistake, firstAdvice);
}
