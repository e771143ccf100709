import { assemble } from './assembler.ts';
import { KERNELS, WINDOWS_AT_A_TIME, type Kernels } from './kernels.ts';

/**
 * The memory that the kernels of `kernels.ts` work in, and what is where in it: the rows of one series at a time, what comes of them, and
 * columns that are handed out to a query. It never grows, so that views of it stay valid.
 */
const MEMORY_PAGES = 256;

/** So many rows of a series, or steps, fit in. */
export const MOST_NUMBERS = 2 ** 16;

/** Fewer steps are done before the rows are copied in. */
export const WORTH_IT = 32;

/** Behind each area, for what kernels touch beyond its end. */
const MARGIN = WINDOWS_AT_A_TIME;

const AREA_BYTES = (MOST_NUMBERS + MARGIN) * Float64Array.BYTES_PER_ELEMENT;
const LIST_BYTES = MOST_NUMBERS * Int32Array.BYTES_PER_ELEMENT;

/** Where the areas begin. */
const ROWS = 0;
const RESULTS = AREA_BYTES;
const SUMS = 2 * AREA_BYTES;
const LOST = 3 * AREA_BYTES;
const LIST = 4 * AREA_BYTES;
const COLUMNS = LIST + LIST_BYTES;

/**
 * The kernels, their memory, and the columns that one query has of it at a time. What is loaded, and what a method gives that says so, holds
 * until the next call.
 */
export class Machine {
	/** Two columns for sums of rows and for what they lost, with one entry more than there are rows. */
	readonly sums: Float64Array;
	readonly lost: Float64Array;
	readonly #kernels: Kernels;
	readonly #memory: ArrayBuffer;
	readonly #rows: Float64Array;
	readonly #results: Float64Array;
	/** Steps or rows that were found: as many as the method that finds them says. */
	readonly list: Int32Array;
	/** Of the rows loaded: the first one, the one after the last, and the address of row 0, which may be before all memory. */
	#start = 0;
	#end = 0;
	#base = ROWS;
	/** How much of the memory is in use. */
	#used = COLUMNS;

	constructor({ kernels, memory }: Instance) {
		this.#kernels = kernels;
		this.#memory = memory;
		this.#rows = new Float64Array(memory, ROWS, MOST_NUMBERS + MARGIN);
		this.#results = new Float64Array(memory, RESULTS, MOST_NUMBERS + MARGIN);
		this.sums = new Float64Array(memory, SUMS, MOST_NUMBERS + MARGIN);
		this.lost = new Float64Array(memory, LOST, MOST_NUMBERS + MARGIN);
		this.list = new Int32Array(memory, LIST, MOST_NUMBERS);
	}

	/** A column of so many numbers, as they happen to be, or undefined when there is no room left. */
	column(count: number): Float64Array | undefined {
		const from = this.#used;
		// Kernels go on to the end of a pair, and the last one may begin at the last step.
		const until = from + BYTES * (count + 2 - (count & 1));
		if (until > this.#memory.byteLength) return undefined;
		this.#used = until;
		return new Float64Array(this.#memory, from, count);
	}

	/** A mask of so many bytes, or undefined when there is no room left. */
	mask(count: number): Uint8Array | undefined {
		const column = this.column(Math.ceil(count / BYTES) + 2);
		// What is behind its end must not look like a gap.
		return (
			column &&
			new Uint8Array(this.#memory, column.byteOffset, count + 2 * BYTES).fill(1).subarray(0, count)
		);
	}

	/** Whether all of a mask of its own is set; false for others. */
	isFull(mask: Uint8Array): boolean {
		if (!this.holds(mask)) return false;
		return this.#kernels.isFull(mask.byteOffset, mask.byteOffset + mask.length) !== 0;
	}

	/** Whether a column lies in this memory, where kernels reach it and the next query will write. */
	holds(column: Float64Array | Uint8Array): boolean {
		return column.buffer === this.#memory;
	}

	/** Takes all columns back. */
	reset(): void {
		this.#used = COLUMNS;
	}

	/** Adds values to sums at the steps [from, to), an even number of them, and to `lost` what the sums lose by it. All three are its columns. */
	addToSums(
		sums: Float64Array,
		lost: Float64Array,
		values: Float64Array,
		from: number,
		to: number
	): void {
		this.#kernels.addToSums(
			addressOf(sums, from),
			addressOf(lost, from),
			addressOf(values, from),
			addressOf(values, to)
		);
	}

	/** Lists the steps at which a value times `sign` is not at most the threshold; returns how many. Both are its columns. */
	findAbove(values: Float64Array, thresholds: Float64Array, sign: 1 | -1): number {
		const count = values.length;
		const listEnd = this.#kernels.findAbove(
			addressOf(values, 0),
			addressOf(values, count),
			addressOf(thresholds, 0),
			sign,
			LIST
		);
		const found = listed(listEnd);
		// The last pair may reach beyond the end.
		return found > 0 && this.list[found - 1] === count ? found - 1 : found;
	}

	/** Loads the rows [start, end) of a series. False if there are too many. */
	load(values: Float64Array, start: number, end: number): boolean {
		if (end - start > MOST_NUMBERS) return false;
		this.#rows.set(values.subarray(start, end));
		// The last row is compared with this one.
		this.#rows[end - start] = NaN;
		this.#start = start;
		this.#end = end;
		this.#base = ROWS - start * BYTES;
		return true;
	}

	/** Lists the rows loaded that are lower than the one before; returns how many. */
	findResets(): number {
		const base = this.#base;
		const from = base + this.#start * BYTES;
		return listed(this.#kernels.findResets(base, from, base + (this.#end - 1) * BYTES, LIST));
	}

	/**
	 * The greatest number times `sign` among the loaded rows [from, to), a multiple of ROWS_AT_A_TIME; -Infinity when there is none. Zeros of
	 * either sign are the same to it.
	 */
	greatest(from: number, to: number, sign: 1 | -1): number {
		this.#kernels.greatest(this.#base + from * BYTES, this.#base + to * BYTES, sign, RESULTS);
		const [a, b] = [this.#results[0] as number, this.#results[1] as number];
		return a < b ? b : a;
	}

	/**
	 * Extrapolates steps [from, to), at most MOST_NUMBERS of them; at `from` the increase is that from row `first` to row `last`. Lists the first
	 * ones of the pairs of steps, counted from `from`, at which what an increase began with is at most that times `zeroMatters`.
	 */
	extrapolate({ first, last, from, to, factor, zeroMatters }: Stretch, out: Float64Array): number {
		const isReached = this.holds(out);
		const results = isReached ? addressOf(out, from) : RESULTS;
		const listEnd = this.#kernels.extrapolate(
			this.#base + first * BYTES,
			this.#base + last * BYTES,
			results,
			results + (to - from) * BYTES,
			factor,
			zeroMatters,
			LIST
		);
		if (!isReached) out.set(this.#results.subarray(0, to - from), from);
		return listed(listEnd);
	}

	/**
	 * Adds up windows of so many rows, the one of step `from` beginning at row `first`, those of later steps a row later each. With the sums of
	 * all rows before each row in `sums`, and what those lost in `lost`, both counted from the first row loaded, gives their compensated means.
	 */
	meanWindows({ first, size, from, to }: EvenRows, out: Float64Array): void {
		const count = to - from;
		const end = RESULTS + count * BYTES;
		this.#kernels.sumWindows(this.#base + first * BYTES, size * BYTES, RESULTS, end);
		const before = SUMS + (first - this.#start) * BYTES;
		this.#kernels.completeMeans(before, before + size * BYTES, LOST - SUMS, RESULTS, end, size);
		out.set(this.#results.subarray(0, count), from);
	}
}

/** How many entries the list has that ends there. */
function listed(end: number): number {
	return (end - LIST) >> 2;
}

/** Steps whose windows move on row by row and are all extrapolated alike. */
interface Stretch {
	readonly first: number;
	readonly last: number;
	readonly from: number;
	readonly to: number;
	readonly factor: number;
	readonly zeroMatters: number;
}

/** Steps whose windows move on row by row and hold as many rows each. */
interface EvenRows {
	readonly first: number;
	readonly size: number;
	readonly from: number;
	readonly to: number;
}

const BYTES = Float64Array.BYTES_PER_ELEMENT;

/** Where the number at an index of a column is. */
function addressOf(column: Float64Array, index: number): number {
	return column.byteOffset + index * BYTES;
}

interface Instance {
	readonly kernels: Kernels;
	readonly memory: ArrayBuffer;
}

/** The one machine of this thread: undefined before it is asked for, null where it cannot be had. */
let machine: Machine | null | undefined;
let isLent = false;

/**
 * Lends the machine to a query, until it is given back. Undefined without WebAssembly or its SIMD instructions, and inside of another query:
 * everything has a way to be computed without it.
 */
export function borrowMachine(): Machine | undefined {
	if (isLent) return undefined;
	if (machine === undefined) machine = build();
	if (!machine) return undefined;
	isLent = true;
	return machine;
}

/** Ends a loan. Columns of the machine mean nothing from now on. */
export function returnMachine(lent: Machine | undefined): void {
	if (!lent) return;
	lent.reset();
	isLent = false;
}

function build(): Machine | null {
	const instance = instantiate();
	return instance ? new Machine(instance) : null;
}

function instantiate(): Instance | undefined {
	if (typeof WebAssembly === 'undefined') return undefined;
	const bytes = assemble(KERNELS, MEMORY_PAGES);
	// Browsers without SIMD, or pages that forbid to compile, still answer queries.
	if (!WebAssembly.validate(bytes)) return undefined;
	try {
		const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
		const { memory, ...kernels } = exports;
		return {
			kernels: kernels as unknown as Kernels,
			memory: (memory as WebAssembly.Memory).buffer
		};
	} catch {
		return undefined;
	}
}
