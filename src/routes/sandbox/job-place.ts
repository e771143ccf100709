/** A place in a text, 1-based. */
export interface Place {
	readonly line: number;
	readonly column: number;
}

const JOB_NAME =
	/^(\s*(?:-\s+)?)job_name:\s+(?:"([^"\\]*)"|'([^']*)'|([^\s'"#][^#]*?))\s*(?:#.*)?$/;

/** Where a `prometheus.yml` names a job; undefined where it does so in a way that takes more than a look at lines. */
export function jobPlace(text: string, job: string): Place | undefined {
	for (const [i, line] of text.split('\n').entries()) {
		const found = JOB_NAME.exec(line);
		if (!found) continue;
		const [, before = '', ...names] = found;
		if (names.includes(job)) return { line: i + 1, column: before.length + 1 };
	}
	return undefined;
}
