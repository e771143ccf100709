import type { Timestamp } from '#engine/model';

/** What became of one request. */
export interface RequestRecord {
	/** When it arrived. */
	readonly at: Timestamp;
	/** When a worker took it. */
	readonly started: Timestamp;
	readonly finished: Timestamp;
	readonly method: string;
	readonly endpoint: string;
	/** 0 when nobody took it: refused, or lost in a crash. */
	readonly status: number;
	readonly instance: string;
	readonly user: number;
}

/** A combination that requests are told apart by. There are few, so each row holds only its number. */
export interface RequestClass {
	readonly method: string;
	readonly endpoint: string;
	readonly status: number;
	readonly instance: string;
}

const FIRST_CAPACITY = 1024;

/**
 * Requests in columns, sorted by the moment they finished once `sort` has been called.
 *
 * Rows come nearly in order (each instance reports in order, instance after instance), so sorting touches only the end
 * of the columns, and only when somebody asks. The arrays may be longer than `size`.
 */
export class RequestColumns {
	at = new Float64Array(FIRST_CAPACITY);
	started = new Float64Array(FIRST_CAPACITY);
	finished = new Float64Array(FIRST_CAPACITY);
	user = new Float64Array(FIRST_CAPACITY);
	classOf = new Uint32Array(FIRST_CAPACITY);
	readonly classes: RequestClass[] = [];
	/** How many rows of each class have been dropped. */
	readonly dropped: number[] = [];
	size = 0;
	/** Rows before this one are in order. */
	#sorted = 0;
	readonly #classIds = new Map<string, Map<string, Map<string, Map<number, number>>>>();

	/** Adds a row at the end. */
	add(request: RequestRecord): void {
		const row = this.size++;
		if (row === this.at.length) this.#grow();
		this.at[row] = request.at;
		this.started[row] = request.started;
		this.finished[row] = request.finished;
		this.user[row] = request.user;
		this.classOf[row] = this.#classId(request);
	}

	/** Brings the rows in order of `finished`; rows of one moment stay in the order in which they were added. */
	sort(): void {
		const { size, finished } = this;
		let row = Math.max(1, this.#sorted);
		while (row < size && (finished[row - 1] as number) <= (finished[row] as number)) row++;
		if (row < size) this.#sortFrom(this.#placeOfEarliest(row));
		this.#sorted = size;
	}

	/** The first row that finished later than t. The columns must be sorted. */
	firstAfter(t: Timestamp): number {
		return firstAbove(this.finished, t, this.size);
	}

	/** Drops the rows that finished at t or earlier; only their number remains, by class. */
	dropUntil(t: Timestamp): void {
		this.sort();
		const rows = this.firstAfter(t);
		for (let i = 0; i < rows; i++) (this.dropped[this.classOf[i] as number] as number)++;
		this.size -= rows;
		this.#sorted = this.size;
		const room = Math.max(FIRST_CAPACITY, 2 * this.size);
		const move = this.at.length > 2 * room ? moveToNew(rows, room) : moveDown(rows);
		this.at = move(this.at);
		this.started = move(this.started);
		this.finished = move(this.finished);
		this.user = move(this.user);
		this.classOf = move(this.classOf);
	}

	#placeOfEarliest(firstUnsorted: number): number {
		let earliest = Infinity;
		for (let i = firstUnsorted; i < this.size; i++) {
			earliest = Math.min(earliest, this.finished[i] as number);
		}
		return firstAbove(this.finished, earliest, firstUnsorted);
	}

	#sortFrom(start: number): void {
		const { finished } = this;
		// A plain array: its sort is stable and fast on runs that are in order already, which is what comes here.
		const order = Array.from({ length: this.size - start }, (_, i) => start + i);
		order.sort((a, b) => (finished[a] as number) - (finished[b] as number));
		for (const column of [this.at, this.started, this.finished, this.user, this.classOf]) {
			column.set(
				order.map((row) => column[row] as number),
				start
			);
		}
	}

	#classId(request: RequestRecord): number {
		const byEndpoint = child(
			this.#classIds,
			request.method,
			newMap<string, Map<string, Map<number, number>>>
		);
		const byInstance = child(byEndpoint, request.endpoint, newMap<string, Map<number, number>>);
		const byStatus = child(byInstance, request.instance, newMap<number, number>);
		return child(byStatus, request.status, () => {
			const { method, endpoint, status, instance } = request;
			this.dropped.push(0);
			return this.classes.push({ method, endpoint, status, instance }) - 1;
		});
	}

	#grow(): void {
		this.at = doubled(this.at);
		this.started = doubled(this.started);
		this.finished = doubled(this.finished);
		this.user = doubled(this.user);
		this.classOf = doubled(this.classOf);
	}
}

function newMap<Key, Value>(): Map<Key, Value> {
	return new Map();
}

function child<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
	let value = map.get(key);
	if (value === undefined) map.set(key, (value = make()));
	return value;
}

type Moved = <Column extends Float64Array | Uint32Array>(column: Column) => Column;

function doubled<Column extends Float64Array | Uint32Array>(column: Column): Column {
	return moveToNew(0, 2 * column.length)(column);
}

/** Into an array of the given length, without the first rows. */
function moveToNew(rows: number, length: number): Moved {
	return <Column extends Float64Array | Uint32Array>(column: Column) => {
		const Type = column.constructor as new (length: number) => Column;
		const moved = new Type(length);
		moved.set(column.subarray(rows, rows + length));
		return moved;
	};
}

/** To the front of the same array, over the first rows. */
function moveDown(rows: number): Moved {
	return (column) => {
		column.copyWithin(0, rows);
		return column;
	};
}

/** The first of `size` ascending values that is above x. */
export function firstAbove(ascending: Float64Array, x: number, size: number): number {
	let low = 0;
	let high = size;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((ascending[middle] as number) <= x) low = middle + 1;
		else high = middle;
	}
	return low;
}
