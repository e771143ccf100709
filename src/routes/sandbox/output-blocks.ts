import type { InstanceOutput } from '#engine/lab';

/**
 * Lines of output, the newest first, but those that an instance printed at one moment together and in their order: a traceback is
 * read from its first line to its last.
 */
export function outputBlocks(
	lines: readonly InstanceOutput[]
): readonly (readonly InstanceOutput[])[] {
	const blocks: InstanceOutput[][] = [];
	for (const line of lines) {
		const block = blocks.at(-1);
		const last = block?.[0];
		if (last && last.at === line.at && last.instance === line.instance) block.push(line);
		else blocks.push([line]);
	}
	return blocks.reverse();
}
