import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	codeMarkdown,
	docstringMarkdown,
	docstringSummary
} from '../../../src/lib/editor/docstring.ts';

/** What Monaco draws Markdown with. */
const { parse } = (await import(
	createRequire(import.meta.url).resolve('monaco-editor/base/common/marked/marked.js')
)) as { parse(markdown: string): string };

const lines = (...all: string[]) => all.join('\n');

describe('docstringMarkdown()', () => {
	it.each([
		['nothing', '', ''],
		['paragraphs', 'One\ntwo.\n\nThree.', 'One\ntwo.\n\nThree.'],
		['lists', 'Uses:\n- One thing\n* Another', 'Uses:\n- One thing\n- Another'],
		[
			'what is indented as code',
			lines('An example:', '', '    c = Counter()', '', '    c.inc(1.6)', '', 'And so on.'),
			lines(
				'An example:',
				'',
				'```python',
				'c = Counter()',
				'',
				'c.inc(1.6)',
				'```',
				'',
				'And so on.'
			)
		],
		[
			'deeper indentation in code',
			lines('For example:', '  for x in y:', '      pass'),
			lines('For example:', '', '```python', 'for x in y:', '    pass', '```')
		],
		[
			'a prompt as code',
			lines('Like this:', '>>> int("1")'),
			lines('Like this:', '', '```python', '>>> int("1")', '```')
		],
		[
			'a line that goes on as a part of its paragraph',
			lines('It goes on', '    here.'),
			lines('It goes on', 'here.')
		],
		['roles as code', 'See :class:`~flask.Flask` and ``x``.', 'See `flask.Flask` and `x`.'],
		['fields as a list', ':param name: Its *name*.', '- `name`: Its \\*name\\*.'],
		[
			'no remarks on history',
			lines('Works.', '', '.. versionadded:: 1.0', '   It is new.', '', 'Still.'),
			lines('Works.', '', 'Still.')
		],
		['the words of a link', 'See [naming](http://example.org/).', 'See naming.'],
		['no picture', '![x](http://example.org/x.png)', 'x'],
		['no picture by reference', '![x][y]', '\\!\\[x\\]\\[y\\]'],
		['no markup', '<b>_a_</b> # b', '\\<b\\>\\_a\\_\\</b\\> \\# b']
	])('gives %s', (_, docstring, markdown) => {
		expect(docstringMarkdown(docstring)).toBe(markdown);
	});

	it.each([
		['a title', 'Title\n=====\nText', 'Title\n=====\nText'],
		['a title of another kind', 'Notes\n-----', 'Notes\n-----'],
		['a sign of equality', 'x\n=', 'x\n='],
		['a line between', 'One\n\n---\n\nTwo', 'One</p>\n<p>---</p>\n<p>Two'],
		['an address', 'See https://example.org/a?b=c.', 'See https://example.org/a?b=c.'],
		['an address of files', 'FTP://example.org/a', 'FTP://example.org/a'],
		['an address that says no more than www', 'WWW.example.org.', 'WWW.example.org.'],
		['an address of mail', 'By a.b@example.org.', 'By a.b@example.org.'],
		['a number', '1. One\n2. Two', '1. One\n2. Two'],
		['a number in brackets', '1) One', '1) One'],
		['a plus', '+ One\n+ Two', '+ One\n+ Two'],
		['a minus', '-1 when there is none', '-1 when there is none'],
		['the words of a link that are an address', '[www.a.org](x)', 'www.a.org'],
		['a picture in angles', '<img src=x>', '&lt;img src=x&gt;']
	])('leaves %s as text', (_, docstring, text) => {
		expect(parse(docstringMarkdown(docstring))).toBe(`<p>${text}</p>\n`);
	});

	it.each([
		['a list in a list', '- 1. one', '1. one'],
		['a title in a list', '- # one', '# one'],
		['a line in a list', '-  ---', '---']
	])('makes no more than a list of %s', (_, docstring, text) => {
		expect(parse(docstringMarkdown(docstring))).toBe(`<ul>\n<li>${text}</li>\n</ul>\n`);
	});

	it('has no way out of the name of a field', () => {
		expect(parse(docstringMarkdown(':param `[x](http://a.org): y'))).not.toContain('<a');
	});

	it('becomes paragraphs, lists and code and nothing else, whatever it is', () => {
		const pieces = fc.constantFrom(
			...'![]()`*_~|#&<>\\:=-+.@"\n\t x'.split(''),
			...['    ', '\n\n', '```', '~~~', '>>> ', '1. ', '- ', ':param ', '.. note::', ':class:'],
			...['<img>', '=====', '-----', 'http://x.org', 'www.x.org', 'a@x.org', 'mailto:a@x.org']
		);
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
				const drawn = parse(docstringMarkdown(parts.join('')));
				const tags = [...drawn.matchAll(/<\/?(\w+)/g)].map(([, tag]) => tag);
				expect(['p', 'ul', 'li', 'code', 'pre']).toEqual(expect.arrayContaining(tags));
			}),
			{ numRuns: 1000 }
		);
	});
});

describe('docstringSummary()', () => {
	it.each([
		['the first paragraph, on one line', 'One\ntwo.\n\nThree.', 'One two.'],
		['it without marks', 'See ``x`` and :func:`y`.', 'See x and y.'],
		['nothing of nothing', '', '']
	])('gives %s', (_, docstring, summary) => {
		expect(docstringSummary(docstring)).toBe(summary);
	});
});

describe('codeMarkdown()', () => {
	it('has a fence that nothing inside can close', () => {
		expect(codeMarkdown('x')).toBe('```python\nx\n```');
		expect(codeMarkdown('````')).toBe('`````python\n````\n`````');
	});
});
