import type { LabelValues } from './configuration.ts';

/** The text of a label value; undefined where the label was left out. */
type Key = string | undefined;

type Branch<Child> = Map<Key, Branch<Child> | Child>;

/**
 * The children of a metric by their label values: maps within maps, one level for each label name in declared order.
 * A look-up hashes each value once (a text keeps its hash) and builds nothing, where a joined key would be built anew
 * each time and would let `a:1,b` pass for two labels.
 */
export class LabelTree<Child extends object> {
	readonly #names: readonly string[];
	#top: Branch<Child> = new Map();
	/** Where a metric has no labels there is nothing to branch on. */
	#single: Child | undefined;

	constructor(names: readonly string[]) {
		this.#names = names;
	}

	/** The child with these values, in declared order; as many values as there are names. */
	at(values: readonly unknown[]): Child | undefined {
		const depth = this.#names.length;
		if (depth === 0) return this.#single;
		let node: Branch<Child> | Child | undefined = this.#top;
		for (let i = 0; i < depth; i++) {
			node = (node as Branch<Child>).get(keyOf(values[i]));
			if (node === undefined) return undefined;
		}
		return node as Child;
	}

	/** The child with these labels. Names that the tree does not know are not looked at. */
	get(labels: LabelValues): Child | undefined {
		const names = this.#names;
		if (names.length === 0) return this.#single;
		let node: Branch<Child> | Child | undefined = this.#top;
		for (let i = 0; i < names.length; i++) {
			node = (node as Branch<Child>).get(keyOf(labels[names[i] as string]));
			if (node === undefined) return undefined;
		}
		return node as Child;
	}

	set(labels: LabelValues, child: Child): void {
		const last = this.#names.length - 1;
		if (last < 0) {
			this.#single = child;
			return;
		}
		let branch = this.#top;
		for (let i = 0; i < last; i++) branch = grow(branch, keyOf(labels[this.#names[i] as string]));
		branch.set(keyOf(labels[this.#names[last] as string]), child);
	}

	delete(labels: LabelValues): void {
		if (this.#names.length === 0) this.#single = undefined;
		else prune(this.#top, this.#names, 0, labels);
	}

	clear(): void {
		this.#top = new Map();
		this.#single = undefined;
	}
}

function keyOf(value: unknown): Key {
	return typeof value === 'string' || value === undefined ? value : String(value);
}

function grow<Child>(branch: Branch<Child>, key: Key): Branch<Child> {
	const found = branch.get(key) as Branch<Child> | undefined;
	if (found) return found;
	const made: Branch<Child> = new Map();
	branch.set(key, made);
	return made;
}

/** Deletes down the path and, on the way back, what has become empty. */
function prune<Child>(
	branch: Branch<Child>,
	names: readonly string[],
	depth: number,
	labels: LabelValues
): void {
	const key = keyOf(labels[names[depth] as string]);
	if (depth === names.length - 1) {
		branch.delete(key);
		return;
	}
	const inner = branch.get(key) as Branch<Child> | undefined;
	if (!inner) return;
	prune(inner, names, depth + 1, labels);
	if (inner.size === 0) branch.delete(key);
}
