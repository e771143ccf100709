import { describe, expect, it } from 'vitest';
import {
	functionTable,
	referenceFamilies,
	referenceOf,
	signature,
	type ReferenceEntry
} from '#engine/promql';
import { KEYWORDS } from '../../../src/engine/promql/function-reference/keywords.ts';
import { runScript } from '../../promql/run-script.ts';

const ENTRIES = referenceFamilies().flatMap(({ entries }) => entries);
const AGGREGATORS = 14;

describe('the reference', () => {
	it('has every function and every aggregator once', () => {
		const ids = ENTRIES.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		const functions = ENTRIES.filter(({ kind }) => kind === 'function').map(({ name }) => name);
		expect([...functions].sort()).toEqual([...functionTable.keys()].sort());
		expect(ENTRIES.filter(({ kind }) => kind === 'aggregator')).toHaveLength(AGGREGATORS);
	});

	it('names every argument', () => {
		for (const { name, params } of ENTRIES) {
			const row = functionTable.get(name);
			if (!row) continue;
			const repeats = params.some((param) => param.repeats);
			expect(params.length, name).toBe(repeats ? params.length : row.args.length);
			if (repeats)
				expect(
					row.args.slice(params.length - 1).every((type) => type === params.at(-1)?.type)
				).toBe(true);
		}
	});

	it('has keywords only for what there is, in lower case', () => {
		const ids = new Set(ENTRIES.map(({ id }) => id));
		expect(Object.keys(KEYWORDS).filter((id) => !ids.has(id))).toEqual([]);
		for (const { id, keywords } of ENTRIES) {
			expect(keywords, id).toBe(keywords.toLowerCase());
		}
	});

	it('knows nothing of what does not exist', () => {
		expect(referenceOf('median')).toBeUndefined();
		expect(referenceOf('constructor')).toBeUndefined();
	});

	it.each([
		['rate', 'rate(v range-vector) instant-vector'],
		['round', 'round(v instant-vector, [to_nearest scalar]) instant-vector'],
		['time', 'time() scalar'],
		['histogram_quantile', 'histogram_quantile(φ scalar, b instant-vector) instant-vector'],
		[
			'label_join',
			'label_join(v instant-vector, dst_label string, separator string, [src_label string, …]) instant-vector'
		],
		[
			'histogram_quantiles',
			'histogram_quantiles(v instant-vector, label string, φ scalar, …) instant-vector'
		],
		['quantile', 'quantile(φ scalar, v instant-vector) instant-vector'],
		['hour', 'hour([v instant-vector]) instant-vector']
	])('writes the signature of %s', (name, expected) => {
		expect(referenceOf(name)?.signature).toBe(expected);
		const row = functionTable.get(name);
		if (row) expect(signature(row)).toBe(expected);
	});

	it('says in sentences what each does', () => {
		for (const { doc, about, trap } of ENTRIES) {
			for (const text of [doc, about, trap ?? '.']) expect(text).toMatch(/[.)]$/);
		}
	});
});

/**
 * The example as a test script, which any engine can run. info() looks for info series at the time of evaluation even where its
 * argument is pinned by `@`, so it is spared the repetitions at other times that an instant query gets.
 */
function script({ name, example: { data, query, at, result } }: ReferenceEntry): string {
	const isOrdered = /^(sort|topk|bottomk)/.test(name);
	const when = name === 'info' ? `range from ${at} to ${at} step 1m` : `instant at ${at}`;
	return [
		...(data.length > 0 ? ['load 1m', ...data.map((line) => `  ${line}`), ''] : []),
		`eval ${when} ${query}`,
		...(isOrdered ? ['  expect ordered'] : []),
		...result.map((line) => `  ${line}`)
	].join('\n');
}

describe('the example of', () => {
	for (const entry of ENTRIES) {
		it(`${entry.name} gives what it says`, () => {
			expect(runScript(script(entry)).flatMap(({ failures }) => failures)).toEqual([]);
		});
	}
});
