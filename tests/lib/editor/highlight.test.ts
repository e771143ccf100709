import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlight, type TextLanguage } from '../../../src/lib/editor/highlight.ts';

function kinds(text: string, language: TextLanguage = 'typescript'): string {
	return highlight(text, language)
		.map((tokens) =>
			tokens
				.filter(({ text }) => text.trim() !== '')
				.map(({ kind, text }) => `${kind}:${text.trim()}`)
				.join(' ')
		)
		.join(' / ');
}

function check(text: string, expected: string, language?: TextLanguage) {
	expect(kinds(text, language)).toBe(expected);
}

describe('highlight', () => {
	it('tells keywords, strings and numbers from the rest', () => {
		check(`const a = 'b';`, `keyword:const plain:a = string:'b' plain:;`);
		check('f(0.25, 1e3)', 'plain:f( number:0.25 plain:, number:1e3 plain:)');
		check('a.constant', 'plain:a.constant');
	});

	it('reads comments to the end of their line', () => {
		check('x; // const', 'plain:x; comment:// const');
		check('x # def', 'plain:x comment:# def', 'python');
	});

	it('carries block comments and long strings over lines', () => {
		check('/* a\nb */ c', 'comment:/* a / comment:b */ plain:c');
		check('`a\nb` c', 'string:`a / string:b` plain:c');
		check('"""a\n"b""" c', 'string:"""a / string:"b""" plain:c', 'python');
	});

	it('ends a string that is not closed with its line', () => {
		check(`'a\nlet b`, `string:'a / keyword:let plain:b`);
	});

	it('gives values of YAML the ink of literals, and keys none', () => {
		const yaml = (text: string, expected: string) => check(text, expected, 'yaml');
		yaml('  - job_name: shop', 'plain:- job_name: string:shop');
		yaml('sample_limit: 500 # each', 'plain:sample_limit: number:500 comment:# each');
		yaml(
			"targets: [shop-1:8000, 'b']",
			"plain:targets: [ string:shop-1:8000 plain:, string:'b' plain:]"
		);
		yaml('scrape_interval: 15s', 'plain:scrape_interval: string:15s');
		yaml("regex: '\\' # it's", "plain:regex: string:'\\' comment:# it's");
		yaml('replacement: a #b', 'plain:replacement: string:a comment:#b');
		yaml('replacement: a#b c', 'plain:replacement: string:a#b c');
		yaml('source_labels:', 'plain:source_labels:');
	});

	it('keeps every character of any text', () => {
		fc.assert(
			fc.property(
				fc.string(),
				fc.constantFrom('typescript', 'python', 'yaml'),
				(text, language) => {
					const lines = highlight(text, language).map((line) =>
						line.map((token) => token.text).join('')
					);
					expect(lines.join('\n')).toBe(text);
				}
			)
		);
	});
});
