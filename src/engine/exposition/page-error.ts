/**
 * What is wrong with a page. Never leaves the parser: it becomes a result there. `offset` is the byte at fault; the
 * reader puts it in where what failed does not know its place.
 */
export class PageError extends Error {
	readonly offset: number | undefined;

	constructor(message: string, offset?: number) {
		super(message);
		this.offset = offset;
	}
}
