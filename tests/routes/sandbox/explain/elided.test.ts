import { expect, it } from 'vitest';
import { explain, type ExplainedNode } from '#engine/promql';
import { elided, firstHard } from '../../../../src/routes/sandbox/explain/elided.ts';
import { createMemoryStore } from '../../../engine/promql/memory-querier.ts';
import { END, shop } from '../../../engine/promql/explain/shop.ts';

function rows(query: string): string[] {
	const { explanation } = explain(createMemoryStore(), query, 0);
	const visit = (node: ExplainedNode): string[] => [
		elided(query, node),
		...node.children.flatMap(visit)
	];
	return explanation ? visit(explanation.root) : [];
}

it.each([
	['sum by (a) (rate(x[5m]))', ['sum by (a) (…)', 'rate(…)', 'x[5m]']],
	['(a + b) * 100', ['(…) * 100', '… + …', 'a', 'b', '100']],
	['sum(x) by (a)', ['sum(…) by (a)', 'x']],
	['histogram_quantile(0.9,\n  x)', ['histogram_quantile(0.9, …)', '0.9', 'x']],
	['max_over_time(rate(x[1m])[5m:])', ['max_over_time(…)', '…[5m:]', 'rate(…)', 'x[1m]']],
	['-x', ['-…', 'x']]
])('%s is told in rows of what each node is itself', (query, expected) => {
	expect(rows(query)).toEqual(expected);
});

it('begins with the detail of the first rate or quantile', () => {
	const hard = (query: string) => {
		const { explanation } = explain(shop(), query, END);
		return explanation && firstHard(explanation.root)?.text;
	};
	expect(hard('sum(rate(http_requests_total[1m]))')).toBe('rate(http_requests_total[1m])');
	expect(hard('histogram_quantile(0.5, rate(duration_bucket[1m]))')).toMatch(/^histogram_quantile/);
	expect(hard('sum(up)')).toBeUndefined();
});
