import { NO_CELLS, NO_SLOT, type Column } from './column.ts';
import type { LabelValues } from './configuration.ts';
import { Child } from './child.ts';

/** A series with a single number, which has its place in the column of its metric while it is live. */
export abstract class CellChild extends Child {
	readonly #column: Column;
	protected cells: Float64Array = NO_CELLS;
	protected slot = NO_SLOT;

	constructor(column: Column, labels: LabelValues) {
		super(labels);
		this.#column = column;
	}

	override begin(): void {
		const { cells, slot } = this.#column.take();
		this.cells = cells;
		this.slot = slot;
	}

	override end(): void {
		this.#column.release({ cells: this.cells, slot: this.slot });
		this.cells = NO_CELLS;
		this.slot = NO_SLOT;
	}

	override read(values: Float64Array): void {
		values[0] = this.cells[this.slot] as number;
	}
}
