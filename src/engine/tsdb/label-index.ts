import { literalAlternatives, matcherTest, type Labels, type Matcher } from '#engine/model';
import { intersect, PostingList, subtract, union } from './postings.ts';

const NOTHING = new Uint32Array(0);

/**
 * The inverted index: label name, to label value, to the ids of the series that carry the pair
 * (tsdb/index/postings.go, MemPostings). It is also the symbol table: label sets are rebuilt from its strings.
 */
export class LabelIndex {
	readonly #names = new Map<string, Map<string, PostingList>>();
	#count = 0;

	/** How many series it holds; their ids are 0, 1, 2, … */
	get size(): number {
		return this.#count;
	}

	/** Indexes the next id under the labels. Returns them made of the index's own strings. */
	add(labels: Labels): Labels {
		const id = this.#count++;
		const interned: string[] = [];
		for (let i = 0; i < labels.length; i += 2) {
			const list = this.#list(labels[i] as string, labels[i + 1] as string);
			list.push(id);
			interned.push(list.name, list.value);
		}
		return interned;
	}

	/** The ids, ascending, of the series that satisfy every matcher. */
	find(matchers: readonly Matcher[]): Uint32Array {
		const wanted: Uint32Array[] = [];
		const unwanted: Uint32Array[] = [];
		for (const matcher of matchers) {
			const test = matcherTest(matcher);
			// A matcher that accepts '' also accepts series without the label, which no list names: so take the others away.
			if (test('')) unwanted.push(this.#union(this.#lists(matcher.name, (value) => !test(value))));
			else wanted.push(this.#idsMatching(matcher, test));
		}
		const all = wanted.length === 0 ? [this.#everything()] : wanted.sort(byLength);
		return unwanted.sort(byLength).reverse().reduce(subtract, all.reduce(intersect));
	}

	/** Every label pair with its posting list. */
	*lists(): Generator<PostingList> {
		for (const values of this.#names.values()) yield* values.values();
	}

	#idsMatching({ name, type, value }: Matcher, test: (value: string) => boolean): Uint32Array {
		const literals =
			type === '=' ? [value] : type === '=~' ? literalAlternatives(value) : undefined;
		const lists = literals ? this.#listsOf(name, literals) : this.#lists(name, test);
		return this.#union(lists);
	}

	#union(lists: readonly Uint32Array[]): Uint32Array {
		return lists.length === 0 ? NOTHING : union(lists, this.#count);
	}

	#listsOf(name: string, values: readonly string[]): Uint32Array[] {
		const lists = this.#names.get(name);
		return [...new Set(values)].flatMap((value) => lists?.get(value)?.ids() ?? []);
	}

	#lists(name: string, test: (value: string) => boolean): Uint32Array[] {
		const lists: Uint32Array[] = [];
		for (const [value, list] of this.#names.get(name) ?? []) {
			if (test(value)) lists.push(list.ids());
		}
		return lists;
	}

	#everything(): Uint32Array {
		const ids = new Uint32Array(this.#count);
		for (let id = 0; id < ids.length; id++) ids[id] = id;
		return ids;
	}

	#list(name: string, value: string): PostingList {
		let values = this.#names.get(name);
		if (!values) this.#names.set(name, (values = new Map<string, PostingList>()));
		let list = values.get(value);
		if (!list) {
			const [known] = values.values();
			values.set(value, (list = new PostingList(known?.name ?? name, value)));
		}
		return list;
	}
}

function byLength(a: Uint32Array, b: Uint32Array): number {
	return a.length - b.length;
}
