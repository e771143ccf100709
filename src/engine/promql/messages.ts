import { quote } from '#engine/model';
import type { ValueType } from './ast.ts';
import { describeCharacter, quoteCharacter } from './strings.ts';

/** What the documentation calls a type. */
function typeName(type: ValueType): string {
	if (type === 'vector') return 'instant vector';
	return type === 'matrix' ? 'range vector' : type;
}

/**
 * Every text that a query can be refused with, in Prometheus' own words (promql/parser: lex.go, generated_parser.y,
 * parse.go; promql/durations.go). The last group is ours: limits on what one query may ask for.
 */
export const messages = {
	unclosedParenthesis: 'unclosed left parenthesis',
	unclosedBracket: 'unclosed left bracket',
	unexpectedRightParenthesis: "unexpected right parenthesis ')'",
	unexpectedRightBracket: (sign: string) => `unexpected right bracket '${sign}'`,
	unexpectedLeftBracket: "unexpected left bracket '['",
	unexpectedLeftBrace: "unexpected left brace '{'",
	unexpectedColon: "unexpected colon ':'",
	unexpectedCharacter: (character: string | undefined) =>
		`unexpected character: ${quoteCharacter(character)}`,
	characterAfter: (sign: string, character: string | undefined) =>
		`unexpected character after '${sign}': ${quoteCharacter(character)}`,
	characterAfterInBraces: (sign: string, character: string | undefined) =>
		`unexpected character after '${sign}' inside braces: ${quoteCharacter(character)}`,
	characterInBraces: (character: string | undefined) =>
		`unexpected character inside braces: ${quoteCharacter(character)}`,
	characterInBrackets: (character: string) =>
		`unexpected character: ${quoteCharacter(character)}, expected ':'`,
	characterInDuration: (character: string) =>
		`unexpected character in duration expression: ${quoteCharacter(character)}`,
	endInBraces: 'unexpected end of input inside braces',
	endInDuration: 'unexpected end of input in duration expression',
	colonBeforeDuration: 'unexpected colon before duration in duration expression',
	repeatedColonInDuration: 'unexpected repeated colon in duration expression',
	badNumber: (text: string) => `bad number or duration syntax: ${quote(text)}`,
	unterminatedString: 'unterminated quoted string',
	unterminatedRawString: 'unterminated raw string',
	invalidUtf8: 'invalid UTF-8 rune',
	escapeNotTerminated: 'escape sequence not terminated',
	unknownEscape: (letter: string) => `unknown escape sequence ${describeCharacter(letter)}`,
	illegalInEscape: (character: string) =>
		`illegal character ${describeCharacter(character)} in escape sequence`,
	escapeNotUnicode: 'escape sequence is an invalid Unicode code point',

	noExpression: 'no expression found in input',
	unexpected: (token: string, context: string, expected: string) =>
		`unexpected ${token}${context && ` in ${context}`}${expected && `, expected ${expected}`}`,
	malformedNumber: (text: string, reason: string) =>
		`error parsing number: strconv.ParseFloat: parsing ${quote(text)}: ${reason}`,
	trailingComma: 'trailing commas not allowed in function call args',
	unknownFunction: (name: string) => `unknown function with name ${quote(name)}`,
	aggregatorNotEnabled: (op: string) =>
		`${op}() is experimental and must be enabled with --enable-feature=promql-experimental-functions`,
	fillNotEnabled: 'binop fill modifiers are experimental and not enabled',
	extensionNotEnabled: (word: string) => `${word} modifier is experimental and not enabled`,
	extensionMisplaced: (word: string) => `${word} modifier not implemented`,
	extensionOfSubquery: (word: string) => `${word} modifier is not supported for subqueries`,
	extensionsTogether: 'anchored and smoothed modifiers cannot be used together',
	functionNotEnabled: (name: string) => `function ${quote(name)} is not enabled`,
	noAggregationArguments: 'no arguments for aggregate expression provided',
	aggregationArguments: (expected: number, got: number) =>
		`wrong number of arguments for aggregate expression provided, expected ${expected}, got ${got}`,
	invalidGroupingLabel: (name: string) => `invalid label name for grouping: ${quote(name)}`,
	rangeWithoutSelector: 'ranges only allowed for vector selectors',
	offsetBeforeRange: 'no offset modifiers allowed before range',
	atBeforeRange: 'no @ modifiers allowed before range',
	offsetMisplaced:
		'offset modifier must be preceded by an instant vector selector or range vector selector or a subquery',
	offsetTwice: 'offset may not be set multiple times',
	atMisplaced:
		'@ modifier must be preceded by an instant vector selector or range vector selector or a subquery',
	atTwice: '@ <timestamp> may not be set multiple times',
	atOutOfBounds: (seconds: string) => `timestamp out of bounds for @ modifier: ${seconds}`,
	durationNotPositive: 'duration must be greater than 0',
	durationOutOfRange: 'duration out of range',
	durationExpressionOutOfRange: 'duration is out of range',
	durationNotFinite: 'duration is NaN or infinite',
	divisionByZero: 'division by zero',
	moduloByZero: 'modulo by zero',

	wrongType: (expected: ValueType, context: string, got: ValueType) =>
		`expected type ${typeName(expected)} in ${context}, got ${typeName(got)}`,
	wrongArgumentType: (expected: ValueType, name: string, got: ValueType) =>
		`expected type ${typeName(expected)} in call to function ${quote(name)}, got ${typeName(got)}`,
	argumentCount: (expected: number, name: string, got: number) =>
		`expected ${expected} argument(s) in call to ${quote(name)}, got ${got}`,
	tooFewArguments: (least: number, name: string, got: number) =>
		`expected at least ${least} argument(s) in call to ${quote(name)}, got ${got}`,
	tooManyArguments: (most: number, name: string, got: number) =>
		`expected at most ${most} argument(s) in call to ${quote(name)}, got ${got}`,
	infoNeedsLabels: 'expected label selectors only',
	infoGotName: 'expected label selectors only, got vector selector instead',
	boolMisplaced: 'bool modifier can only be used on comparison operators',
	boolMissing: 'comparisons between scalars must use BOOL modifier',
	labelInOnAndGroup: (label: string) =>
		`label ${quote(label)} must not occur in ON and GROUP clause at once`,
	operandType: 'binary expression must contain only scalar and instant vector types',
	matchingBetweenVectors: 'vector matching only allowed between instant vectors',
	fillBetweenVectors: 'filling in missing series only allowed between instant vectors',
	fillOfSetOperator: 'filling in missing series not allowed for set operators',
	groupingOfSetOperator: (op: string) => `no grouping allowed for ${quote(op)} operation`,
	setOperatorCardinality: 'set operations must always be many-to-many',
	setOperatorOnScalar: (op: string) =>
		`set operator ${quote(op)} not allowed in binary scalar expression`,
	unaryOperand: (got: ValueType) =>
		`unary expression only allowed on expressions of type scalar or instant vector, got ${quote(typeName(got))}`,
	subqueryOperand: (got: ValueType) =>
		`subquery is only allowed on instant vector, got ${got} instead`,
	nameTwice: (outside: string, inside: string) =>
		`metric name must not be set twice: ${quote(outside)} or ${quote(inside)}`,
	emptySelector: 'vector selector must contain at least one non-empty matcher',

	regexesTooLong: 'too many and too long regular expressions in one query',
	tooDeep: (levels: number) => `expression is nested more than ${levels} levels deep`
} as const;
