import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { explain, formatPosition, hintFor } from '#engine/promql';
import { messages } from '../../../../src/engine/promql/messages.ts';
import { queryText } from '../../../oracle/random-query-text.ts';
import { END, shop } from './shop.ts';

const STORE = shop();
const RUNS = Number(process.env.PROMENADE_RUNS ?? 700);
const TIMEOUT = 20_000 + 100 * RUNS;

/** Pieces that mistakes are made of, put together in any order. */
const PIECES = [
	...[
		'up',
		'rate',
		'sum',
		'x',
		'le',
		'http.requests',
		'a-b',
		'average',
		'p95',
		'select',
		'from',
		'where'
	],
	...[
		'by',
		'on',
		'offset',
		'and',
		'or',
		'not',
		'in',
		'distinct',
		'group',
		'bool',
		'expr:',
		'now()',
		'ago'
	],
	...[
		'(',
		')',
		'{',
		'}',
		'[',
		']',
		',',
		':',
		';',
		'"',
		"'",
		'`',
		'\\',
		'$',
		'${',
		'{{',
		'//',
		'--',
		'#'
	],
	...[
		'=',
		'==',
		'!=',
		'=~',
		'<>',
		'=>',
		'===',
		'!',
		'&&',
		'||',
		'?',
		'%',
		'+',
		'-',
		'*',
		'/',
		'@',
		'~'
	],
	...[
		'5',
		'5m',
		'5 min',
		'1,000',
		'0.95',
		'"5m"',
		'"500"',
		'“',
		'”',
		'≥',
		'ü',
		'\u{1f600}',
		'\ud800'
	],
	...['\n', ' ', ' ', ' ', 'http://a/?expr=%', '# HELP']
];

function anyText(): fc.Arbitrary<string> {
	const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 });
	const spaces = fc.constantFrom('', ' ');
	const composed = fc.tuple(pieces, spaces).map(([all, space]) => all.join(space));
	return fc.oneof(composed, composed, queryText(), fc.string({ unit: 'binary' }));
}

it('any text that can not be read has a hint', { timeout: TIMEOUT }, () => {
	fc.assert(
		fc.property(anyText(), (text) => {
			const outcome = explain(STORE, text, END);
			if (!outcome.ok && /parse error: /.test(outcome.message)) expect(outcome.hint).toMatch(/./);
			expect(outcome.hint ?? '').not.toMatch(/undefined|\[object/);
			expect((outcome.hint ?? '').split('`').length % 2).toBe(1);
		}),
		{ numRuns: RUNS }
	);
});

it('a hint comes for any message and any text, whether they belong together or not', () => {
	fc.assert(
		fc.property(
			anyText(),
			fc.constantFrom(...everyMessage()),
			fc.integer({ min: 0, max: 40 }),
			(text, message, offset) => {
				const place = formatPosition(text, Math.min(offset, text.length));
				expect(hintFor(`${place}: parse error: ${message}`, text)).toMatch(/./);
			}
		),
		{ numRuns: RUNS }
	);
});

it.each(everyMessage())('there is a hint for %s', (message) => {
	expect(hintFor(`1:1: parse error: ${message}`)).toMatch(/./);
});

/** Every text that a query can be refused with. */
function everyMessage(): string[] {
	return Object.values(messages).map((message) =>
		typeof message === 'string'
			? message
			: (message as (...args: unknown[]) => string)('x', 'y', 'z')
	);
}

it.each([
	'(',
	'a(',
	'{',
	'"',
	'a ',
	'1 ',
	'-',
	'=',
	')',
	'a-',
	' by',
	'5m',
	'select from where ',
	'1.',
	'% '
])('%s, a thousand times, is hinted at soon', (piece) => {
	for (const end of ['', '$', '"', '}', ')']) {
		const text = piece.repeat(1000) + end;
		const outcome = explain(STORE, text, END);
		expect(outcome.ok || (outcome.hint ?? '') !== '').toBe(true);
	}
});
