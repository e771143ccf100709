import type { Token } from './highlight.ts';

const QUOTED = /^(?:"(?:[^"\\]|\\.)*"?|'[^']*'?)/;
/** What stands before a colon; the colon ends it only with room behind. */
const KEY = /^[^\s#:,[\]{}'"][^#:,[\]{}]*(?=:(?:\s|$))/;
const NUMBER = /^[-+]?\d[\d._]*(?=\s*(?:[,\]}]|\s#|$))/;
/** Text without quotes: it has room inside, but none before a remark, and colons with something behind. */
const PLAIN = /^(?=\S)(?:[^\s,[\]{}:]|:(?=\S)| +(?=[^\s#,[\]{}:]))+/;
/** The dash of a list, or of the line between two documents. */
const DASH = /^(?:---|-)(?=\s|$)/;
const REST = /^(?:\s+|.)/su;

/**
 * The token at the head of the rest of a line of YAML: values have the ink of literals, keys none. Lines are read one by one, so
 * text that goes over several has the ink that its lines would have alone. `rest` is not empty.
 */
export function nextYamlToken(rest: string): Token {
	if (rest.startsWith('#')) return { kind: 'comment', text: rest };
	const structure = DASH.exec(rest) ?? KEY.exec(rest);
	if (structure) return { kind: 'plain', text: structure[0] };
	const quoted = QUOTED.exec(rest);
	if (quoted) return { kind: 'string', text: quoted[0] };
	const number = NUMBER.exec(rest);
	if (number) return { kind: 'number', text: number[0] };
	const plain = PLAIN.exec(rest);
	if (plain) return { kind: 'string', text: plain[0] };
	return { kind: 'plain', text: REST.exec(rest)?.[0] ?? rest };
}
