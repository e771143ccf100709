import { quote } from '#engine/model';
import { openBrackets, operandBefore } from './bare-text.ts';
import { put, rest, type Advice, type Mistake, type Rule } from './mistake.ts';

const COMPARISONS = 'Values are compared with ==, !=, <, <=, > and >=';

/** Comparisons as other languages write them, by how they are written here. */
const SIGNS: Readonly<Record<string, string>> = {
	'=': '==',
	'===': '==',
	'!==': '!=',
	'<>': '!=',
	'=!': '!=',
	'=>': '>=',
	'=<': '<=',
	'> =': '>=',
	'< =': '<=',
	'! =': '!=',
	'= =': '=='
};

/** A comparison sign of another language. */
export const comparisonSign: Rule = (mistake) => {
	const { bare, from, message } = mistake;
	if (!/^unexpected (?:"="|<op:[=<>!~]+>|character after '[!=]')/.test(message)) return undefined;
	const [before = ''] = /(?:[=!<>~]+|[<>!=]\s+)$/.exec(bare.slice(0, from)) ?? [];
	const [after = ''] = /^[=!<>~]+/.exec(rest(mistake)) ?? [];
	const start = from - before.length;
	const sign = (before + after).replace(/\s+/, ' ');
	if (/~/.test(sign)) return regexOutside(mistake);
	if (isLabelCondition(mistake)) return labelsInBraces(mistake);
	if (sign === '=' && isUsualLabel(mistake)) return labelAlone(mistake);
	const meant = SIGNS[sign];
	if (meant === undefined) return undefined;
	return {
		say: COMPARISONS,
		edits: [put(start, from + after.length, meant)],
		instead: meant,
		...(sign === '=' && { more: 'A single = compares labels, between braces.' })
	};
};

/** Labels that nearly every metric has, and no metric is called. */
const USUAL_LABEL =
	/(?:^|[^\w:])(le|quantile|job|instance|status|code|method|path|route|handler)\s*$/;

function isUsualLabel({ bare, from }: Mistake): boolean {
	return USUAL_LABEL.test(bare.slice(0, from));
}

/** `le=0.5`. */
function labelAlone({ query, from }: Mistake): Advice | undefined {
	const [, label = ''] = USUAL_LABEL.exec(query.slice(0, from)) ?? [];
	const [written = '', value = ''] = /^=\s*([\w.+-]+)/.exec(query.slice(from)) ?? [];
	const start = query.slice(0, from).trimEnd().length - label.length;
	const instead = `{${label}=${quote(value)}}`;
	return {
		say: `${label} is a label. Its value is a text in quotes, and the condition stands in braces`,
		...(query.slice(0, start).trim() === '' &&
			value !== '' && { edits: [put(start, from + written.length, instead)] }),
		instead
	};
}

function regexOutside({ query, bare, from }: Mistake): Advice {
	const value = /^[=!~]+\s*("[^"]*"|'[^']*')/.exec(query.slice(from))?.[1];
	const label = /(\w+)\s*$/.exec(bare.slice(0, from))?.[1] ?? 'status';
	return {
		say: 'Regular expressions are for labels, between braces',
		instead: `{${label}=~${value ?? '"5.."'}}`
	};
}

function isLabelCondition(mistake: Mistake): boolean {
	return /^=\s*["'`]/.test(rest(mistake));
}

/** `status="500"`, `http_requests_total(status="500")`. */
function labelsInBraces({ query, bare, from }: Mistake): Advice | undefined {
	const say = 'Conditions on labels stand in braces after the name of the metric';
	const [condition = '', label = ''] = conditionAround(query, from) ?? [];
	const around = openBrackets(bare, from).at(-1);
	const instead = `{${condition}}`;
	if (around?.sign === '(' && /\w\s*$/.test(bare.slice(0, around.at))) {
		const close = bare.indexOf(')', from);
		if (close < 0) return { say, instead };
		return {
			say,
			edits: [put(around.at, around.at + 1, '{'), put(close, close + 1, '}')],
			instead
		};
	}
	const start = bare.slice(0, from).trimEnd().length - label.length;
	return bare.slice(0, start).trim() === ''
		? { say, edits: [put(start, start + condition.length, instead)], instead }
		: { say, instead };
}

function conditionAround(query: string, equals: number): [string, string] | undefined {
	const [, label = '', space = ''] = /(\w*)(\s*)$/.exec(query.slice(0, equals)) ?? [];
	const [value] = /^=\s*(?:"[^"]*"|'[^']*'|`[^`]*`)/.exec(query.slice(equals)) ?? [];
	return value === undefined ? undefined : [label + space + value, label];
}

const LOGIC: Readonly<Record<string, string>> = { '&': 'and', '|': 'or' };

const LOGIC_MEANS: Readonly<Record<string, string>> = {
	and: 'It keeps the series of the left side that the right side has, too, by their labels.',
	or: 'It adds the series of the right side that the left side has not, by their labels.'
};

/** `&&`, `||`, `!up`, `a ? b : c`. */
export const logic: Rule = (mistake) => {
	const { query, bare, from, message } = mistake;
	if (/^unexpected character: '[&|]'/.test(message)) {
		const sign = bare.charAt(from);
		const word = LOGIC[sign] as string;
		const [signs = ''] = /^[&|]+/.exec(rest(mistake)) ?? [];
		return {
			say: `${signs} is written ${word}`,
			edits: [put(from, from + signs.length, apart(word, query, from, from + signs.length))],
			instead: `up ${word} up`,
			more: LOGIC_MEANS[word]
		};
	}
	if (/^unexpected character: '\?'/.test(message)) {
		return {
			say: 'There is no ? and :, but a comparison with bool gives 1 and 0',
			instead: 'up == bool 1'
		};
	}
	if (message === 'unexpected <op:*>' && bare.charAt(from - 1) === '*') {
		return { say: 'A power is written ^', edits: [put(from - 1, from + 1, '^')], instead: 'x ^ 2' };
	}
	return /^unexpected character after '!'/.test(message) ? negation(rest(mistake)) : undefined;
};

/** The word with spaces where there are none around its place. */
function apart(word: string, query: string, from: number, to: number): string {
	const before = /\s$/.test(query.slice(0, from)) ? '' : ' ';
	const after = /^\s/.test(query.slice(to)) ? '' : ' ';
	return before + word + after;
}

/** There is no not: it is a comparison turned round, or unless. */
export function negation(text: string): Advice {
	const [, name = 'up'] = /^(?:!|not\b)\s*([a-zA-Z_:][\w:]*)\s*$/i.exec(text) ?? [];
	return {
		say: 'There is no not: compare with the opposite',
		instead: `${name} == 0`,
		more: `\`a unless b\` leaves out the series that b has, and \`absent(${name})\` tells that there is none.`
	};
}

/** Operands that are no numbers. */
export const operands: Rule = (mistake) => {
	const { query, bare, from, message } = mistake;
	if (message === 'comparisons between scalars must use BOOL modifier') return boolMissing(mistake);
	if (!/^(?:binary expression must contain only|unary expression only allowed)/.test(message)) {
		return undefined;
	}
	const [text = ''] = /^(?:"[^"]*"|'[^']*'|`[^`]*`)/.exec(query.slice(from)) ?? [];
	if (text !== '') return textAsOperand(mistake, text);
	if (/^[^\s[]*(?:\{[^}]*\})?\s*\[/.test(rest(mistake)) || bare.includes('[')) {
		return {
			say: 'Operators take one value of each series: leave out the range in brackets, or put a function of ranges around it',
			instead: 'rate(x[5m])'
		};
	}
	return undefined;
};

function boolMissing({ bare, from }: Mistake): Advice {
	const [sign = ''] = /^[=!<>]+/.exec(bare.slice(from)) ?? [];
	const end = from + sign.length;
	return {
		say: 'Two numbers are compared with bool, which gives 1 or 0',
		...(sign && { edits: [put(end, end, ' bool')] }),
		instead: '1 == bool 1'
	};
}

function textAsOperand({ query, bare, from }: Mistake, text: string): Advice {
	const value = text.slice(1, -1).trim();
	const isCompared = /(?:[=!]=|[<>]=?)\s*$/.test(bare.slice(0, from));
	if (/^[-+]?(?:\d+\.?\d*|\.\d+)$/.test(value) && isCompared) {
		return {
			say: 'The value of a sample is a number, without quotes',
			edits: [put(from, from + text.length, value)],
			instead: value,
			more: 'Labels are compared in braces, with quotes.'
		};
	}
	const label = /([a-zA-Z_]\w*)\s*(==|!=)\s*$/.exec(query.slice(0, from));
	if (label) {
		return {
			say: 'Values are numbers; a label is compared in braces',
			instead: `{${label[1]}${label[2] === '!=' ? '!=' : '='}${text}}`
		};
	}
	return {
		say: 'Operators take numbers, not texts; the labels of a series are put together by label_join()',
		instead: 'label_join(up, "address", "/", "job", "instance")'
	};
}

/** `x > 1,000` and `x > 5%`. */
export const numberSigns: Rule = ({ bare, from, message }) => {
	if (!message.startsWith('unexpected ')) return undefined;
	const [number] = /(?<![\w.])\d{1,3}$/.exec(bare.slice(0, from)) ?? [];
	const [groups] = /^(?:,\d{3}(?!\d))+/.exec(bare.slice(from)) ?? [];
	if (number && groups) {
		const plain = groups.replaceAll(',', '');
		return {
			say: 'Numbers are written without commas, or with _ between digits',
			edits: [put(from, from + groups.length, plain)],
			instead: number + plain
		};
	}
	const percent = /(\d+(?:\.\d+)?)(\s*%)\s*$/.exec(bare.slice(0, from));
	if (!percent) return undefined;
	const [, count = '', sign = ''] = percent;
	const share = String(Number((Number(count) / 100).toPrecision(12)));
	const at = percent.index;
	return {
		say: 'There is no percent sign: % is the remainder of a division. Of a ratio it is the share of 1',
		edits: [put(at, at + count.length + sign.length, share)],
		instead: share,
		more: `If the metric counts in percent, write ${count}.`
	};
};

/** Something after an operator is missing, or an operator has nothing before it. */
export const operandMissing: Rule = (mistake) => {
	const { bare, from, message } = mistake;
	const [, operator] =
		/(?:^|[^\w:])(and|or|unless|atan2|bool)\s*$/i.exec(bare.slice(0, from)) ??
		/([-+*/%^]|[=!<>]=|[<>])\s*$/.exec(bare.slice(0, from)) ??
		[];
	if (message === 'unexpected end of input' || message === 'unexpected ")"') {
		if (operator)
			return { say: `After ${operator} something is missing: a metric, a number or an expression` };
	}
	const [, sign] = /^unexpected <op:(.+)>$/.exec(message) ?? [];
	if (!sign) return undefined;
	return operandBefore(bare, from) && !operator
		? undefined
		: { say: `Before ${sign} something is missing: a metric, a number or an expression` };
};
