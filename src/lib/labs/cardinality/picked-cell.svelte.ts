import type { Cell, PageLine } from './series-line.ts';

/** The cell of the map that is looked at, and its line. It is forgotten with the process and the grouping that it was picked in. */
export class PickedCell {
	cell = $state.raw<Cell>();
	/** Undefined while it is looked for; `none` where no page has it. */
	line = $state.raw<PageLine | 'none'>();

	/** Of several cells picked in a row the last one's line is shown, in whichever order the answers come. */
	async pick(cell: Cell, ask: (cell: Cell) => Promise<PageLine | undefined>): Promise<void> {
		this.cell = cell;
		this.line = undefined;
		const line = await ask(cell);
		if (this.cell === cell) this.line = line ?? 'none';
	}

	clear(): void {
		this.cell = undefined;
		this.line = undefined;
	}
}
