/** What the command line asks for. */
export interface Options {
	/** Few rounds, 1,440 steps only, and neither memory nor Chromium. */
	readonly quick: boolean;
	/** Only queries that contain one of these texts; all when empty. */
	readonly queries: readonly string[];
}

/** Reads `--quick` and `--queries TEXT` (which may be repeated). Throws on anything else. */
export function readOptions(args: readonly string[]): Options {
	const queries: string[] = [];
	let quick = false;
	for (let i = 0; i < args.length; i++) {
		if (args[i] === '--quick') quick = true;
		else if (args[i] === '--queries' && args[i + 1]) queries.push(args[++i] as string);
		else throw new Error(`unknown argument: ${args[i]} (known: --quick, --queries TEXT)`);
	}
	return { quick, queries };
}

export function isWanted({ queries }: Options, query: string): boolean {
	return queries.length === 0 || queries.some((text) => query.includes(text));
}
