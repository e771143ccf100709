/**
 * What a lesson.md writes in two languages, as elements with the classes `in-python` and `in-typescript`, of which the page
 * shows the one that was chosen:
 *
 * - a fenced block of `py` beside one of `ts`, in either order;
 * - `inline code` in Python, a bar, and `inline code` in TypeScript, with nothing in between.
 *
 * Without scripts both show, the blocks under the names of their languages.
 *
 * @typedef {{ type: string, value?: string, lang?: string, children?: Node[] }} Node
 */

/** @type {Readonly<Record<string, { name: string, className: string }>>} */
const FENCES = {
	py: { name: 'Python', className: 'in-python' },
	ts: { name: 'TypeScript', className: 'in-typescript' }
};

/** A plugin for remark. */
export function remarkLanguages() {
	return marked;
}

/** @param {Node} tree */
function marked(tree) {
	if (!tree.children) return;
	tree.children.forEach(marked);
	tree.children = snippets(words(tree.children));
}

/**
 * @param {readonly Node[]} nodes
 * @returns {Node[]}
 */
function words(nodes) {
	return nodes.flatMap((node, i) => {
		if (isBar(nodes, i)) return html('<span class="in-both">/</span>');
		if (node.type !== 'inlineCode') return node;
		if (isBar(nodes, i + 1)) return inside('span', 'in-python', node);
		return isBar(nodes, i - 1) ? inside('span', 'in-typescript', node) : node;
	});
}

/**
 * @param {readonly Node[]} nodes
 * @param {number} i
 */
function isBar(nodes, i) {
	const [before, bar, after] = [nodes[i - 1], nodes[i], nodes[i + 1]];
	return (
		bar?.type === 'text' &&
		bar.value === '|' &&
		before?.type === 'inlineCode' &&
		after?.type === 'inlineCode'
	);
}

/**
 * @param {readonly Node[]} nodes
 * @returns {Node[]}
 */
function snippets(nodes) {
	/** @type {Node[]} */
	const marked = [];
	for (let i = 0; i < nodes.length; i++) {
		const [node, next] = [nodes[i], nodes[i + 1]];
		const [fence, other] = [fenceOf(node), fenceOf(next)];
		if (node && next && fence && other && fence !== other) {
			marked.push(...snippet(node, fence), ...snippet(next, other));
			i++;
		} else if (node) {
			marked.push(node);
		}
	}
	return marked;
}

/** @param {Node | undefined} node */
function fenceOf(node) {
	return node?.type === 'code' ? FENCES[node.lang ?? ''] : undefined;
}

/**
 * @param {Node} code
 * @param {{ name: string, className: string }} fence
 */
function snippet(code, { name, className }) {
	return inside('div', className, html(`<p class="in-both language">${name}</p>`), code);
}

/**
 * @param {string} element
 * @param {string} className
 * @param {...Node} nodes
 * @returns {Node[]}
 */
function inside(element, className, ...nodes) {
	return [html(`<${element} class="${className}">`), ...nodes, html(`</${element}>`)];
}

/**
 * @param {string} value
 * @returns {Node}
 */
function html(value) {
	return { type: 'html', value };
}
