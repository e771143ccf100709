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

/** Where a job is named in what is in force, and in what is written: a draft may be another text. */
export interface JobPlace {
	/** The line of the configuration in force. */
	readonly line: number;
	/** The place of the same name in the draft, which is what can be gone to. */
	readonly inDraft: Place;
}

/** Undefined where the job is not found in either text. */
export function jobPlaceInForce(inForce: string, draft: string, job: string): JobPlace | undefined {
	const line = jobPlace(inForce, job)?.line;
	const inDraft = jobPlace(draft, job);
	return line !== undefined && inDraft ? { line, inDraft } : undefined;
}
