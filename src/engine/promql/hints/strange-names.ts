import { quote } from '#engine/model';
import { put, rest, type Advice, type Mistake, type Rule } from './mistake.ts';

const SAY =
	'A metric name with other characters than letters, digits, _ and : stands in quotes, between braces';

/** `http.requests`, with or without braces after it. */
export const strangeMetricName: Rule = (mistake) => {
	const { query, bare, from, message } = mistake;
	if (/^binary expression must contain/.test(message)) return dashedName(mistake);
	if (!/^unexpected character: '[./]'/.test(message)) return undefined;
	const [before = ''] = /[a-zA-Z_:][\w:.-]*$/.exec(bare.slice(0, from)) ?? [];
	const [after = ''] = /^[\w:.-]+/.exec(rest(mistake)) ?? [];
	const name = before + after;
	if (before === '' || after.length < 2) return undefined;
	return quoted(query, from - before.length, name, bare.charAt(from + after.length));
};

/** `rate(http-requests-total[5m])`, where the last piece alone has the range. */
function dashedName({ query, bare, from }: Mistake): Advice | undefined {
	for (const { 0: name, index } of bare.matchAll(/[a-zA-Z_][\w:]*(?:-[a-zA-Z_][\w:]*)+/g)) {
		const end = index + name.length;
		if (index <= from && from < end) return quoted(query, index, name, bare.charAt(end));
	}
	return undefined;
}

/** How such a name is written, and as what it is mostly stored. */
function quoted(query: string, from: number, name: string, follower: string): Advice | undefined {
	const to = from + name.length;
	if (follower === '(') return undefined;
	const isSelector = follower === '{';
	const edit = isSelector
		? put(from, to + 1, `{${quote(name)}${/^\s*\}/.test(query.slice(to + 1)) ? '' : ', '}`)
		: put(from, to, `{${quote(name)}}`);
	return {
		say: SAY,
		edits: [edit],
		instead: `{${quote(name)}}`,
		more: `Most are stored with _ in their place: \`${name.replace(/[^\w:]+/g, '_')}\`.`
	};
}
