import { describe, expect, it } from 'vitest';
import {
	ALL_FEATURES,
	explain,
	FEATURE_FLAGS,
	hintFor,
	parse,
	query,
	type Features
} from '#engine/promql';
import { createMemoryStore, metric } from '../memory-querier.ts';
import { END, RANGE, shop } from './shop.ts';

function hint(text: string, features?: Features, isRange = false): string | undefined {
	const outcome = explain(shop(), text, isRange ? RANGE : END, { features });
	return outcome.ok ? undefined : outcome.hint;
}

describe('an error has a hint', () => {
	it.each([
		['rate(up)', /^rate\(\) looks at a stretch of time: add a range such as \[5m\]/],
		['sum(up[5m])', /leave out the range in brackets/],
		['ratee(up[5m])', /^Did you mean rate\(\), /],
		['mad_over_time(up[5m])', /--enable-feature=promql-experimental-functions\.$/],
		['limitk(1, up)', /--enable-feature=promql-experimental-functions\.$/],
		['up + fill(0) up', /--enable-feature=promql-binop-fill-modifiers\.$/],
		['rate(up[5m] smoothed)', /--enable-feature=promql-extended-range-selectors\.$/]
	])('%s', (text, expected) => {
		expect(hint(text)).toMatch(expected);
	});

	it('that names a switch with which the query is allowed', () => {
		const texts = ['mad_over_time(up[5m])', 'up + fill(0) up', 'rate(up[5m] anchored)'];
		for (const text of texts) {
			const [, flag] = /--enable-feature=([\w-]+)/.exec(hint(text) ?? '') ?? [];
			const feature = FEATURE_FLAGS.find((known) => known.flag === flag)?.feature;
			expect(parse(text, { [feature ?? '']: true }).ok, text).toBe(true);
		}
	});

	it('for a range vector as a graph', () => {
		expect(hint('up[5m]', {}, true)).toMatch(/as an instant query/);
	});

	it.each([
		['queue_length * on (job) up', 'left'],
		['up * on (job) queue_length', 'right']
	])('with which %s gives a result: the %s side has several', (text, side) => {
		const [, written] = new RegExp(`write group_${side}: (.*)$`).exec(hint(text) ?? '') ?? [];
		expect(query(shop(), written ?? '', END)).toMatchObject({ ok: true });
	});

	it('that offers no modifier where both sides have several', () => {
		const told = hint('queue_length * on (job) http_requests_total');
		expect(told).toMatch(/^Several series of the right side have the same labels to compare/);
	});

	it('without the part that failed, too', () => {
		const outcome = query(shop(), 'queue_length * on (job) up', END);
		expect(!outcome.ok && hintFor(outcome.message)).toMatch(/write group_left after on\(…\)/);
	});
});

it('has none when the error says it all', () => {
	const outcome = explain(shop(), 'up', END, { interrupt: () => 'timeout' });
	expect(outcome).toMatchObject({ ok: false, message: 'query timed out in expression evaluation' });
	expect(outcome.hint).toBeUndefined();
});

describe('a subquery with too many steps', () => {
	const store = createMemoryStore();
	store.addPoints(metric('x'), [0, END], [1, 2]);
	const text = 'max_over_time(x[1y:1s])';

	it('says how many there would be, how many there may be, and which step would do', () => {
		const outcome = explain(store, text, END);
		expect(outcome).toMatchObject({
			ok: false,
			hint: 'A coarser step of the subquery needs fewer samples: 10s would do.',
			explanation: {
				failedAt: 1,
				root: {
					children: [
						{ detail: { refused: { wanted: 31_536_000, limit: 6_250_000, betterStep: 10_000 } } }
					]
				}
			}
		});
	});

	it('is allowed with the step that is named', () => {
		const options = { maxSamples: 8_000, features: ALL_FEATURES };
		const refused = explain(store, 'max_over_time(x[2h:1s])', END, options);
		expect(refused).toMatchObject({ hint: expect.stringContaining('10s would do') as string });
		expect(query(store, 'max_over_time(x[2h:10s])', END, options)).toMatchObject({ ok: true });
	});
});
