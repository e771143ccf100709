/** A paragraph or a piece of code of a docstring. */
interface Block {
	readonly isCode: boolean;
	readonly lines: readonly string[];
}

/**
 * A docstring as Markdown: what is indented is code, of the marks that documentation is written in for Sphinx no more is left than
 * can be read, and all else that would be markup, or an address that can be followed, stays text, since a docstring may be anybody's.
 */
export function docstringMarkdown(docstring: string): string {
	return blocksOf(docstring).map(markdownOf).join('\n\n');
}

/** The first paragraph of a docstring, as text without any marks. */
export function docstringSummary(docstring: string): string {
	const first = blocksOf(docstring).find(({ isCode }) => !isCode);
	return first ? first.lines.map((line) => plain(line.trim()).replaceAll('`', '')).join(' ') : '';
}

/** A signature, or what else is Python, as Markdown. */
export function codeMarkdown(code: string): string {
	// No run of backticks inside may be as long as the fence.
	const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = '`'.repeat(longest + 1);
	return `${fence}python\n${code}\n${fence}`;
}

/** Marks of Sphinx that say when something came or changed. */
const HISTORY = /^\s*\.\. (?:versionadded|versionchanged|deprecated)::/;
const DIRECTIVE = /^\s*\.\. [\w-]+::/;
const DOCTEST = /^\s*>>> /;

function blocksOf(docstring: string): Block[] {
	const blocks: { isCode: boolean; lines: string[] }[] = [];
	/** The indentation that remarks on history have; what stands deeper is a part of them. */
	let history = Infinity;
	let isFresh = true;
	for (const line of docstring.split('\n')) {
		const indent = line.search(/\S/);
		if (indent < 0) {
			isFresh = true;
			if (blocks.at(-1)?.isCode) blocks.at(-1)?.lines.push('');
			continue;
		}
		if (indent > history) continue;
		history = HISTORY.test(line) ? indent : Infinity;
		if (DIRECTIVE.test(line)) {
			isFresh = true;
			continue;
		}
		const last = blocks.at(-1);
		const opensCode = isFresh || (last?.lines.at(-1)?.trimEnd().endsWith(':') ?? true);
		const isCode = DOCTEST.test(line) || (indent > 0 && (opensCode || (last?.isCode ?? false)));
		if (last && last.isCode === isCode && (isCode || !isFresh)) last.lines.push(line);
		else blocks.push({ isCode, lines: [line] });
		isFresh = false;
	}
	return blocks;
}

function markdownOf({ isCode, lines }: Block): string {
	if (isCode) return codeMarkdown(dedent(lines).join('\n').trimEnd());
	return lines.map((line) => proseMarkdown(line.trim())).join('\n');
}

function dedent(lines: readonly string[]): string[] {
	const indents = lines.filter((line) => line !== '').map((line) => line.search(/\S/));
	return lines.map((line) => line.slice(Math.min(...indents)));
}

function proseMarkdown(line: string): string {
	const field = /^:(?:param|type|arg) (\S+):\s*(.*)$/.exec(line);
	if (field) return `- \`${field[1]?.replaceAll('`', '')}\`: ${escaped(field[2] ?? '')}`;
	const bullet = /^[-*]\s+(.*)$/.exec(line);
	if (bullet) return `- ${escaped(bullet[1] ?? '')}`;
	return escaped(line);
}

/** Text between backticks stays as it is; of the rest, which begins a line, nothing is markup. */
function escaped(line: string): string {
	return plain(line)
		.split(/(`[^`]+`)/)
		.map((piece, i) => (i % 2 === 1 ? piece : withoutMarkup(piece)))
		.join('')
		.replace(STARTS_BLOCK, '$1\\$2');
}

/** What makes a list, a rule between paragraphs, or a title of the line above, at the start of a line. */
const STARTS_BLOCK = /^(\d*)([-+=.)])/;

function withoutMarkup(text: string): string {
	return text
		.replace(/[\\`*_[\]<>#!|~&@]/g, '\\$&')
		.replace(/:(?=\/\/)/g, '\\:')
		.replace(/(www)\./gi, '$1\\.');
}

/** ``:class:`~flask.Flask` `` and ``` ``x`` ``` are code like any other; of a link its words are left. */
function plain(line: string): string {
	return line
		.replace(/(?::[\w:]+:)?`(`?)~?([^`]+)\1`_*/g, '`$2`')
		.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1');
}
