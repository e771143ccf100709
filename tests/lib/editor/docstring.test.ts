import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	codeMarkdown,
	docstringMarkdown,
	docstringSummary
} from '../../../src/lib/editor/docstring.ts';

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

	it('never lets through what would load something', () => {
		const pieces = fc.constantFrom(
			'!',
			'[',
			']',
			'(',
			')',
			'`',
			'\n',
			'    ',
			':',
			'x',
			'<img>',
			'>>> '
		);
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
				const prose = docstringMarkdown(parts.join(''))
					.replace(/(`{3,})python\n[^]*?\n\1(?=\n|$)/g, '')
					.replace(/(?<!\\)`[^`]+`/g, '');
				expect(prose).not.toMatch(/(?<!\\)(?:\\\\)*(?:!\[|\]\(|<)/);
			})
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
