import { compile } from 'mdsvex';
import { expect, test } from 'vitest';
import { remarkLanguages } from '../../../src/lib/course/remark-languages.js';

/** What a piece of a lesson.md becomes, without the ink of its code. */
async function compiled(markdown: string): Promise<string> {
	const made = await compile(markdown, { remarkPlugins: [remarkLanguages], highlight: false });
	return (made?.code ?? '').replaceAll(/\s*\n\s*/g, '').replaceAll(/ class="language-\w+"/g, '');
}

const PYTHON =
	'<div class="in-python"><p class="in-both language">Python</p><pre><code>one</code></pre></div>';
const TYPESCRIPT =
	'<div class="in-typescript"><p class="in-both language">TypeScript</p><pre><code>two</code></pre></div>';

const FENCED_PYTHON = '```py\none\n```\n\n';
const FENCED_TYPESCRIPT = '```ts\ntwo\n```\n\n';

test('a block in Python beside one in TypeScript is one snippet, in either order', async () => {
	expect(await compiled(FENCED_PYTHON + FENCED_TYPESCRIPT)).toBe(PYTHON + TYPESCRIPT);
	expect(await compiled(FENCED_TYPESCRIPT + FENCED_PYTHON)).toBe(TYPESCRIPT + PYTHON);
});

test('two snippets follow each other', async () =>
	expect(await compiled((FENCED_PYTHON + FENCED_TYPESCRIPT).repeat(2))).toBe(
		(PYTHON + TYPESCRIPT).repeat(2)
	));

test('a block alone, or beside another language, is no snippet', async () => {
	for (const other of ['', 'Words.\n\n', '```promql\nup\n```\n\n', FENCED_PYTHON]) {
		expect(await compiled(FENCED_PYTHON + other)).not.toContain('in-python');
	}
});

test('a snippet may stand inside a block of a lesson', async () =>
	expect(await compiled(`<Hint>\n\n${FENCED_PYTHON}${FENCED_TYPESCRIPT}</Hint>`)).toBe(
		`<Hint>${PYTHON}${TYPESCRIPT}</Hint>`
	));

test('inline code on both sides of a bar is one word in two languages', async () =>
	expect(await compiled('Call `a_b`|`aB` *`c`|`d`*.')).toBe(
		'<p>Call <span class="in-python"><code>a_b</code></span><span class="in-both">/</span>' +
			'<span class="in-typescript"><code>aB</code></span> ' +
			'<em><span class="in-python"><code>c</code></span><span class="in-both">/</span>' +
			'<span class="in-typescript"><code>d</code></span></em>.</p>'
	));

test('a bar with room around it, or without code at both sides, is a bar', async () => {
	for (const markdown of ['`a` | `b`', '`a`|b', 'a|`b`', '`a|b`']) {
		expect(await compiled(markdown)).not.toContain('in-python');
	}
});
