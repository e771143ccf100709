/**
 * Sorts in place and in exactly the steps of Go's sort.Sort, which is not stable: so that what is equal comes out in the order in which
 * Prometheus has it. It is a pattern-defeating quicksort (https://arxiv.org/pdf/2106.05123): insertion sort of short parts,
 * quicksort of longer ones, heapsort where that goes wrong.
 */
export function goSort<T>(items: T[], isLess: (a: T, b: T) => boolean): void {
	const less: Less = (i, j) => isLess(items[i] as T, items[j] as T);
	const swap: Swap = (i, j) => {
		const item = items[i] as T;
		items[i] = items[j] as T;
		items[j] = item;
	};
	if (items.length > 1) sortPart({ less, swap }, 0, items.length, bitLength(items.length));
}

type Less = (i: number, j: number) => boolean;
type Swap = (i: number, j: number) => void;

/** What is sorted, by position. */
interface Sortable {
	readonly less: Less;
	readonly swap: Swap;
}

/** Parts up to this length are sorted by insertion. */
const SHORT = 12;

/** From this length on a pivot is chosen among nine, and disorder is repaired by shifting. */
const LONG = 50;

function bitLength(value: number): number {
	return 32 - Math.clz32(value);
}

/** Sorts positions [from, to). `limit`: how many unbalanced partitions are tolerated. */
function sortPart(data: Sortable, from: number, to: number, limit: number): void {
	let a = from;
	let b = to;
	let chances = limit;
	let wasBalanced = true;
	let wasPartitioned = true;
	while (b - a > SHORT) {
		const length = b - a;
		if (chances === 0) return heapSort(data, a, b);
		if (!wasBalanced) {
			breakPatterns(data, a, b);
			chances--;
		}
		const choice = choosePivot(data, a, b);
		let { pivot } = choice;
		if (choice.order === 'falling') {
			reverse(data, a, b);
			pivot = b - 1 - (pivot - a);
		}
		const mayBeSorted = wasBalanced && wasPartitioned && choice.order !== 'unknown';
		if (mayBeSorted && repairOrder(data, a, b)) return;
		if (a > 0 && !data.less(a - 1, pivot)) {
			a = partitionEqual(data, a, b, pivot);
			continue;
		}
		const { middle, wasDone } = partition(data, a, b, pivot);
		wasPartitioned = wasDone;
		const [left, right] = [middle - a, b - middle];
		wasBalanced = Math.min(left, right) >= Math.floor(length / 8);
		if (left < right) {
			sortPart(data, a, middle, chances);
			a = middle + 1;
		} else {
			sortPart(data, middle + 1, b, chances);
			b = middle;
		}
	}
	insertionSort(data, a, b);
}

function insertionSort({ less, swap }: Sortable, a: number, b: number): void {
	for (let i = a + 1; i < b; i++) {
		for (let j = i; j > a && less(j, j - 1); j--) swap(j, j - 1);
	}
}

function heapSort(data: Sortable, a: number, b: number): void {
	const size = b - a;
	for (let i = Math.floor((size - 1) / 2); i >= 0; i--) siftDown(data, i, size, a);
	for (let i = size - 1; i >= 0; i--) {
		data.swap(a, a + i);
		siftDown(data, 0, i, a);
	}
}

function siftDown({ less, swap }: Sortable, from: number, size: number, first: number): void {
	let root = from;
	for (;;) {
		let child = 2 * root + 1;
		if (child >= size) return;
		if (child + 1 < size && less(first + child, first + child + 1)) child++;
		if (!less(first + root, first + child)) return;
		swap(first + root, first + child);
		root = child;
	}
}

/** Puts what is less than the pivot before it, the rest after it. `wasDone`: nothing had to move but the pivot. */
function partition(
	{ less, swap }: Sortable,
	a: number,
	b: number,
	pivot: number
): { middle: number; wasDone: boolean } {
	swap(a, pivot);
	let i = a + 1;
	let j = b - 1;
	let swaps = 0;
	for (;;) {
		while (i <= j && less(i, a)) i++;
		while (i <= j && !less(j, a)) j--;
		if (i > j) break;
		swap(i++, j--);
		swaps++;
	}
	swap(j, a);
	return { middle: j, wasDone: swaps === 0 };
}

/** Puts what equals the pivot first, and returns where the rest, all of it greater, begins. */
function partitionEqual({ less, swap }: Sortable, a: number, b: number, pivot: number): number {
	swap(a, pivot);
	let i = a + 1;
	let j = b - 1;
	for (;;) {
		while (i <= j && !less(a, i)) i++;
		while (i <= j && less(a, j)) j--;
		if (i > j) return i;
		swap(i++, j--);
	}
}

/** Shifts a few items of a part that is nearly in order; whether it is in order then. */
function repairOrder({ less, swap }: Sortable, a: number, b: number): boolean {
	let i = a + 1;
	for (let repairs = 0; repairs < 5; repairs++) {
		while (i < b && !less(i, i - 1)) i++;
		if (i === b) return true;
		if (b - a < LONG) return false;
		swap(i, i - 1);
		if (i - a >= 2) for (let j = i - 1; j >= 1 && less(j, j - 1); j--) swap(j, j - 1);
		if (b - i >= 2) for (let j = i + 1; j < b && less(j, j - 1); j++) swap(j, j - 1);
	}
	return false;
}

/** Scatters some items, with numbers that look random but depend on the length alone. */
function breakPatterns({ swap }: Sortable, a: number, b: number): void {
	const length = b - a;
	if (length < 8) return;
	const mask = BigInt(2 ** bitLength(length) - 1);
	let random = BigInt(length);
	const middle = a + Math.floor(length / 4) * 2;
	for (let i = middle - 1; i <= middle + 1; i++) {
		random = nextRandom(random);
		const other = Number(random & mask);
		swap(i, a + (other >= length ? other - length : other));
	}
}

/** Xorshift (https://www.jstatsoft.org/article/view/v008i14). */
function nextRandom(state: bigint): bigint {
	let next = state ^ BigInt.asUintN(64, state << 13n);
	next ^= next >> 7n;
	return next ^ BigInt.asUintN(64, next << 17n);
}

/** The pivot: a median of three, or of three medians; and what their order says of that of the whole part. */
interface PivotChoice {
	readonly pivot: number;
	readonly order: 'rising' | 'falling' | 'unknown';
}

function choosePivot({ less }: Sortable, a: number, b: number): PivotChoice {
	const length = b - a;
	let swaps = 0;
	const inOrder = (x: number, y: number): [number, number] => {
		if (!less(y, x)) return [x, y];
		swaps++;
		return [y, x];
	};
	const median = (x: number, y: number, z: number): number => {
		const [p, q] = inOrder(x, y);
		const [r] = inOrder(q, z);
		return inOrder(p, r)[1];
	};
	const around = (x: number) => (length >= LONG ? median(x - 1, x, x + 1) : x);
	const quarter = Math.floor(length / 4);
	const pivot = median(around(a + quarter), around(a + 2 * quarter), around(a + 3 * quarter));
	const order = swaps === 0 ? 'rising' : swaps === MOST_SWAPS ? 'falling' : 'unknown';
	return { pivot, order };
}

/** All comparisons of four medians went the other way. */
const MOST_SWAPS = 12;

function reverse({ swap }: Sortable, a: number, b: number): void {
	for (let i = a, j = b - 1; i < j; i++, j--) swap(i, j);
}
