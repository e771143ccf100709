import type { Chance } from '../chance.ts';
import type { Tree } from './random-values.ts';

/** Writes a tree as YAML, in block style or now and then in flow style. */
export function writeTree(chance: Chance, tree: Tree): string {
	return `${write(chance, tree, 0).trimStart()}\n`;
}

/** The text that follows a colon, a dash or nothing. */
function write(chance: Chance, tree: Tree, indent: number): string {
	if (typeof tree === 'string') return tree === '' ? '' : ` ${tree}`;
	if (Array.isArray(tree)) return writeList(chance, tree, indent);
	const pairs = tree.pairs;
	if (pairs.length === 0) return chance.is(0.9) ? ' {}' : '';
	if (chance.is(0.1) && pairs.every(([, value]) => isPlain(value))) {
		return ` {${pairs.map(([key, value]) => `${key}: ${String(value)}`).join(', ')}}`;
	}
	return pairs
		.map(([key, value]) => {
			const isNested = typeof value === 'object' && !Array.isArray(value);
			const text = write(chance, value, isNested ? indent + 2 : indent);
			return `\n${' '.repeat(indent)}${key}:${text}${chance.is(0.01) ? ' # why' : ''}`;
		})
		.join('');
}

function writeList(chance: Chance, list: readonly Tree[], indent: number): string {
	if (list.length === 0) return chance.is(0.9) ? ' []' : '';
	if (chance.is(0.5) && list.every(isPlain)) return ` [${list.join(', ')}]`;
	const deeper = indent + (chance.is(0.5) ? 0 : 2);
	return list
		.map((one) => {
			const text = write(chance, one, deeper + 2);
			const isMapping = typeof one === 'object' && !Array.isArray(one);
			const item = isMapping && text.startsWith('\n') ? ` ${text.trimStart()}` : text;
			return `\n${' '.repeat(deeper)}-${item}`;
		})
		.join('');
}

/** What means the same in a flow list. */
function isPlain(tree: Tree): boolean {
	return typeof tree === 'string' && (/^["'](?!.*#)/.test(tree) || /^[\w./|]+$/.test(tree));
}
