/** The lines of a script as its commands read them: trimmed, comments emptied; an empty line ends a block. */
export class SourceLines {
	private readonly lines: readonly string[];
	private at = 0;

	constructor(text: string) {
		this.lines = text.split('\n').map((line) => {
			const trimmed = line.trim();
			return trimmed.startsWith('#') ? '' : trimmed;
		});
	}

	/** 1-based number of the line that was taken last. */
	get number(): number {
		return this.at;
	}

	/** Moves to the first line of the next command; undefined at the end of the script. */
	nextCommand(): string | undefined {
		while (this.at < this.lines.length) {
			const line = this.lines[this.at++] as string;
			if (line !== '') return line;
		}
		return undefined;
	}

	/** Takes the next line of the block; undefined where the block ends. */
	nextInBlock(): string | undefined {
		const line = this.lines[this.at];
		if (line === undefined || line === '') return undefined;
		this.at++;
		return line;
	}
}
