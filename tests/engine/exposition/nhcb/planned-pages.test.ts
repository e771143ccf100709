import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ParsedPage } from '#engine/exposition';
import { classicTarget, OPENMETRICS, samples } from './pages.ts';

const count = fc.oneof(
	{ weight: 20, arbitrary: fc.nat(30).map(String) },
	fc.constantFrom('NaN', '-1', '-0', '+Inf', '0.5', '9223372036854775808')
);
const name = fc.constantFrom('x_bucket', 'x_bucket', 'x_count', 'x_sum', 'x', 'x_created');
const labels = fc.constantFrom('le="1"', 'le="2"', 'le="+Inf"', 'a="",le="3"', 'a="b",le="1"', '');
const exemplar = fc.constantFrom('', '', '', ' # {id="a"} 1 2', ' # {id="b"} 3');
const sample = fc.record({ name, labels, exemplar });
const line = fc.oneof(
	{ weight: 9, arbitrary: sample },
	fc.constantFrom('# TYPE x histogram', '# TYPE x_sum histogram', '# TYPE y counter', '# HELP y z')
);

/** Lines, and a value for each of them on each of three pages. */
const target = fc
	.array(line, { minLength: 1, maxLength: 24 })
	.chain((lines) =>
		fc.tuple(
			fc.constant(lines),
			fc.array(fc.array(count, { minLength: 24, maxLength: 24 }), { minLength: 3, maxLength: 3 })
		)
	);

type Line = string | { readonly name: string; readonly labels: string; readonly exemplar: string };

function pageText(lines: readonly Line[], values: readonly string[]): string {
	const texts = lines.map((line, i) =>
		typeof line === 'string' ? line : `${line.name}{${line.labels}} ${values[i]}${line.exemplar}`
	);
	return `# TYPE x histogram\n${texts.join('\n')}\n# EOF\n`;
}

function content(page: ParsedPage): unknown {
	return [samples(page), page.histograms, page.exemplars, page.histogramExemplars];
}

it('a page becomes the same whether or not the converter has seen pages with its lines', () => {
	fc.assert(
		fc.property(target, fc.boolean(), ([lines, pages], keepClassic) => {
			const used = classicTarget(OPENMETRICS, keepClassic);
			for (const values of pages) {
				const page = pageText(lines, values);
				const alone = classicTarget(OPENMETRICS, keepClassic).convert(page);
				expect(content(used.convert(page))).toEqual(content(alone));
			}
		}),
		{ numRuns: 400 }
	);
});

it('histograms of samples in order are the same as of samples out of order', () => {
	const counts = fc.array(fc.nat(5), { minLength: 1, maxLength: 12 });
	fc.assert(
		fc.property(counts, fc.boolean(), (own, isWhole) => {
			let total = isWhole ? 0 : 0.25;
			const buckets = own.map((more, i) => `x_bucket{le="${i}"} ${(total += more)}`);
			const rest = [`x_bucket{le="+Inf"} ${total}`, `x_count ${total}`];
			const inOrder = ['# TYPE x histogram', ...buckets, ...rest, ''].join('\n');
			// The first of two buckets with one bound counts, and the slow way is taken for a page with two.
			const twice = ['# TYPE x histogram', ...buckets.toReversed(), ...buckets, ...rest, ''];
			const [fast, slow] = [inOrder, twice.join('\n')].map((page) =>
				classicTarget().convert(page)
			) as [ParsedPage, ParsedPage];
			expect(fast.histograms?.length).toBe(1);
			expect(content(fast)).toEqual(content(slow));
		}),
		{ numRuns: 200 }
	);
});
