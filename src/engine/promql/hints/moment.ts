import { put, type Advice, type Mistake, type Rule } from './mistake.ts';

const SAY = 'After @ comes a time in seconds since 1970, start() or end()';

/** `x @ now()`, `x @ "2026-01-01T00:00:00Z"`: what stands after @ is no moment. */
export const moment: Rule = (mistake) => {
	const at = mistake.bare.lastIndexOf('@', mistake.from);
	if (at < 0) return undefined;
	const written = mistake.query.slice(at + 1);
	return (
		date(mistake, at, written) ??
		(/ in @, expected timestamp$/.test(mistake.message)
			? noMoment(mistake, at, written)
			: undefined)
	);
};

const DATE =
	/^\s*["']?(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[-+]\d\d:\d\d)?)?["']?/;

/** A date, in UTC unless it says otherwise. */
function date({ from }: Mistake, at: number, written: string): Advice | undefined {
	const [whole = '', day, time = '00:00', zone = 'Z'] = DATE.exec(written) ?? [];
	const end = at + 1 + whole.length;
	const seconds = day === undefined ? NaN : Date.parse(`${day}T${time}${zone}`) / 1000;
	if (Number.isNaN(seconds) || from > end) return undefined;
	return {
		say: SAY,
		edits: [put(at + 1, end, ` ${seconds}`)],
		instead: `x @ ${seconds}`
	};
}

function noMoment({ bare }: Mistake, at: number, written: string): Advice {
	const [now] = /^\s*(["']?)now\s*(?:\(\s*\))?\1/i.exec(written) ?? [];
	if (now === undefined) return { say: SAY, instead: 'x @ end()' };
	return {
		say: `${SAY}; without @ a query is about now anyway`,
		edits: [put(bare.slice(0, at).trimEnd().length, at + 1 + now.length, '')],
		instead: 'x @ end()'
	};
}
