import type { Span } from '#engine/model';
import type { NumberLiteral } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { parseDurationLiteral } from './duration.ts';
import { messages } from './messages.ts';
import { parseNumber } from './number-literal.ts';

/** Passes over `+` or `-`. */
export function parseSign(cursor: Cursor): 1 | -1 {
	const sign = cursor.peek() === '-' ? -1 : 1;
	cursor.take();
	return sign;
}

/** A number or duration token. */
export function parseNumberLiteral(cursor: Cursor): NumberLiteral {
	const { value, span, isDuration } = parseNumberToken(cursor);
	return { kind: 'number', span, value, isDuration };
}

/** The value of a number or duration token, a duration in seconds; what is malformed is reported and worth 0. */
export function parseNumberToken(cursor: Cursor): {
	value: number;
	span: Span;
	isDuration: boolean;
} {
	const isDuration = cursor.peek() === 'duration';
	const span = cursor.span();
	const text = cursor.text();
	cursor.take();
	const value = isDuration ? durationValue(cursor, text, span) : numberValue(cursor, text, span);
	return { value, span, isDuration };
}

function durationValue(cursor: Cursor, text: string, span: Span): number {
	const outcome = parseDurationLiteral(text);
	if ('seconds' in outcome) return outcome.seconds;
	cursor.report(outcome.error, span);
	return 0;
}

function numberValue(cursor: Cursor, text: string, span: Span): number {
	const outcome = parseNumber(text);
	if ('value' in outcome) return outcome.value;
	cursor.report(messages.malformedNumber(text, outcome.error), span);
	return 0;
}
