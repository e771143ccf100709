/** The tokens of both formats, and the names that Prometheus gives them in its messages (model/textparse/promparse.go). */
export type Token = number;

export const INVALID: Token = -1;
export const EOF: Token = 0;
export const LINEBREAK: Token = 1;
export const HELP: Token = 2;
export const TYPE: Token = 3;
export const UNIT: Token = 4;
export const EOF_WORD: Token = 5;
export const TEXT: Token = 6;
export const COMMENT: Token = 7;
export const METRIC_NAME: Token = 8;
export const QUOTED: Token = 9;
export const BRACE_OPEN: Token = 10;
export const BRACE_CLOSE: Token = 11;
export const LABEL_NAME: Token = 12;
export const LABEL_VALUE: Token = 13;
export const COMMA: Token = 14;
export const EQUAL: Token = 15;
export const TIMESTAMP: Token = 16;
export const VALUE: Token = 17;

const NAMES: readonly string[] = [
	'EOF',
	'LINEBREAK',
	'HELP',
	'TYPE',
	'UNIT',
	'EOFWORD',
	'TEXT',
	'COMMENT',
	'MNAME',
	'QSTRING',
	'BOPEN',
	'BCLOSE',
	'LNAME',
	'LVALUE',
	'COMMA',
	'EQUAL',
	'TIMESTAMP',
	'VALUE'
];

export function tokenName(token: Token): string {
	return token === INVALID ? 'INVALID' : (NAMES[token] as string);
}

/** What a lexer expects next. Each format moves between them in its own way. */
export type LexerState = number;

export const IN_INIT: LexerState = 0;
export const IN_COMMENT: LexerState = 1;
export const IN_META_NAME: LexerState = 2;
export const IN_META_TEXT: LexerState = 3;
export const IN_LABELS: LexerState = 4;
export const IN_LABEL_VALUE: LexerState = 5;
export const IN_VALUE: LexerState = 6;
export const IN_TIMESTAMP: LexerState = 7;
export const IN_EXEMPLAR: LexerState = 8;
export const IN_EXEMPLAR_VALUE: LexerState = 9;
export const IN_EXEMPLAR_TIMESTAMP: LexerState = 10;
