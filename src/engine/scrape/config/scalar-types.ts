import { isValidLabelName, parseDuration, quote, type Duration } from '#engine/model';
import { regexError } from '../relabel/rule-regex.ts';
import { relabelAction, type RelabelAction } from '../relabel/rule.ts';
import { parseByteSize } from './byte-size.ts';
import type { NameValidationScheme } from './config.ts';
import { derivedType, scalarType, type Type } from './decode.ts';

/** Any scalar is a text, whatever it looks like; `name` is what Go calls the type. */
export function textType(name: string): Type<string> {
	return scalarType(name, '', ({ tag, value }, text) => (tag === '!!binary' ? `${value}` : text));
}

export const TEXT: Type<string> = textType('string');

export const BOOLEAN: Type<boolean> = scalarType('bool', false, ({ value }) =>
	typeof value === 'boolean' ? value : undefined
);

/** A whole number that is not negative. Go cuts decimals off, and takes a negative one for its two's complement. */
export function unsignedType(name: 'uint' | 'uint64'): Type<number> {
	return scalarType(name, 0, ({ value }) => {
		if (typeof value === 'bigint') return value >= 0n ? Number(value) : undefined;
		if (typeof value !== 'number' || !(value <= 2 ** 64)) return undefined;
		if (value >= 0) return value < 2 ** 64 ? Math.trunc(value) : 2 ** 63;
		const whole = value > -(2 ** 63) ? BigInt(Math.trunc(value)) : 2n ** 63n;
		return Number(BigInt.asUintN(64, whole));
	});
}

export const UNSIGNED: Type<number> = unsignedType('uint');

export const FLOAT: Type<number> = scalarType('float64', 0, ({ value }) =>
	typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined
);

/** `1m30s`, in milliseconds. */
export const DURATION: Type<Duration> = derivedType<string, Duration>(TEXT, 0, (text) => {
	try {
		return { value: parseDuration(text) };
	} catch (error) {
		return { error: (error as Error).message };
	}
});

/** `15MB`, in bytes. */
export const BYTE_SIZE: Type<number> = derivedType(textType('units.Base2Bytes'), 0, parseByteSize);

export const LABEL_NAME: Type<string> = derivedType<string, string>(TEXT, '', (name) =>
	isValidLabelName(name) ? { value: name } : { error: `${quote(name)} is not a valid label name` }
);

/** The text of a regular expression, without anchors; null is the empty expression. */
export const REGEX: Type<string | null> = derivedType<string, string | null>(TEXT, '', (text) => {
	const error = regexError(text);
	return error === undefined ? { value: text } : { error };
});

/** Empty where null is written, which the checks of the rule refuse. */
export const RELABEL_ACTION: Type<RelabelAction | ''> = derivedType<string, RelabelAction | ''>(
	TEXT,
	'',
	(text) => {
		const value = relabelAction(text);
		return value ? { value } : { error: `unknown relabel action ${quote(text)}` };
	}
);

/** Empty where none is set. */
export const VALIDATION_SCHEME: Type<NameValidationScheme | ''> = derivedType<
	string,
	NameValidationScheme | ''
>(TEXT, '', (text) =>
	text === '' || text === 'legacy' || text === 'utf8'
		? { value: text }
		: { error: `unrecognized ValidationScheme: ${quote(text)}` }
);
