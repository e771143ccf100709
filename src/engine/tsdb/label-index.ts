import { literalAlternatives, matcherTest, type Labels, type Matcher } from '#engine/model';
import { intersect, PostingList, subtract, union } from './postings.ts';

const NOTHING = new Uint32Array(0);

/** A label pair, as the index knows it. */
export interface IndexedPair {
	readonly name: string;
	readonly value: string;
	/** How many series carry it. */
	readonly series: number;
	/** Bytes of its list of them; 0 where one series carries it, which needs none. */
	readonly listBytes: number;
}

/** The series that carry a label pair: the id of the only one, or a list. What makes cardinality explode are labels that are unique. */
type Postings = number | PostingList;

/** The values of a label name, each with its series. */
interface LabelValues {
	/** The one string of the name that all label sets share. */
	readonly name: string;
	readonly postings: Map<string, Postings>;
}

/**
 * The inverted index: label name, to label value, to the ids of the series that carry the pair
 * (tsdb/index/postings.go, MemPostings). It is also the symbol table: label sets are rebuilt from its strings.
 */
export class LabelIndex {
	readonly #names = new Map<string, LabelValues>();
	#count = 0;

	/** How many series it holds; their ids are 0, 1, 2, … */
	get size(): number {
		return this.#count;
	}

	/** Indexes the next id under the labels. Returns them made of the index's own strings. */
	add(labels: Labels): Labels {
		const id = this.#count++;
		// Of the right size from the start: an array that grows has room for more.
		const interned = new Array<string>(labels.length);
		for (let i = 0; i < labels.length; i += 2) {
			const { name, postings } = this.#valuesOf(labels[i] as string);
			interned[i] = name;
			interned[i + 1] = addTo(postings, labels[i + 1] as string, id);
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

	/** Every label pair. */
	*pairs(): Generator<IndexedPair> {
		for (const { name, postings } of this.#names.values()) {
			for (const [value, ids] of postings) {
				yield typeof ids === 'number'
					? { name, value, series: 1, listBytes: 0 }
					: { name, value, series: ids.length, listBytes: ids.byteSize() };
			}
		}
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
		const known = this.#names.get(name)?.postings;
		return [...new Set(values)].flatMap((value) => idsOf(known?.get(value)) ?? []);
	}

	/** The ids of the values that pass. What only one series has is gathered in one list, as there may be very many of them. */
	#lists(name: string, test: (value: string) => boolean): Uint32Array[] {
		const lists: Uint32Array[] = [];
		const single: number[] = [];
		for (const [value, ids] of this.#names.get(name)?.postings ?? []) {
			if (!test(value)) continue;
			if (typeof ids === 'number') single.push(ids);
			else lists.push(ids.ids());
		}
		if (single.length > 0) lists.push(Uint32Array.from(single).sort());
		return lists;
	}

	#everything(): Uint32Array {
		const ids = new Uint32Array(this.#count);
		for (let id = 0; id < ids.length; id++) ids[id] = id;
		return ids;
	}

	#valuesOf(name: string): LabelValues {
		let values = this.#names.get(name);
		if (!values) this.#names.set(name, (values = { name, postings: new Map() }));
		return values;
	}
}

/** Notes that a series carries a value, and returns the string that label sets share. */
function addTo(postings: Map<string, Postings>, value: string, id: number): string {
	const known = postings.get(value);
	if (known === undefined) postings.set(value, id);
	else if (typeof known === 'number') postings.set(value, new PostingList(value, known, id));
	else {
		known.push(id);
		return known.value;
	}
	return value;
}

function idsOf(postings: Postings | undefined): Uint32Array | undefined {
	return typeof postings === 'number' ? Uint32Array.of(postings) : postings?.ids();
}

function byLength(a: Uint32Array, b: Uint32Array): number {
	return a.length - b.length;
}
