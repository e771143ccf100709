import type {
	ExposedPage,
	Handled,
	LoadResult,
	MetricsTarget,
	OutputLine,
	RunnerFailurePlace,
	SimResponse
} from '#engine/sim';
import type { Problem } from '#engine/model';
import type { BusyNote, FailureNote } from './runner-thread.ts';

/**
 * What is looked for in what a thread of learner code posts. Code there may get hold of the way to post, and then the types of our own
 * code say nothing.
 */
export type Shape<Value> = (value: unknown) => value is Value;

const isText: Shape<string> = (value) => typeof value === 'string';
const isNumber: Shape<number> = (value) => typeof value === 'number';
const isBytes: Shape<Uint8Array> = (value) => value instanceof Uint8Array;

function optional<Value>(is: Shape<Value>): Shape<Value | undefined> {
	return (value) => value === undefined || is(value);
}

function oneOf<Word extends string>(...words: readonly Word[]): Shape<Word> {
	return (value): value is Word => words.includes(value as Word);
}

/** An array without holes: `every` would skip them. */
function listOf<Value>(is: Shape<Value>): Shape<readonly Value[]> {
	return (value): value is readonly Value[] => {
		if (!Array.isArray(value)) return false;
		for (const one of value) if (!is(one)) return false;
		return true;
	};
}

function objectOf<Value>(fields: {
	readonly [Key in keyof Value]-?: Shape<Value[Key]>;
}): Shape<Value> {
	const all = Object.entries(fields) as [string, Shape<unknown>][];
	return (value): value is Value =>
		typeof value === 'object' &&
		value !== null &&
		all.every(([key, is]) => is((value as Record<string, unknown>)[key]));
}

const isProblem = objectOf<Problem>({
	message: isText,
	severity: oneOf('error', 'warning', 'info'),
	line: optional(isNumber),
	column: optional(isNumber),
	endLine: optional(isNumber),
	endColumn: optional(isNumber),
	file: optional(isText)
});
const areProblems = listOf(isProblem);
const areOutput = listOf(
	objectOf<OutputLine>({ at: isNumber, level: oneOf('log', 'warn', 'error'), text: isText })
);
const isPlace = objectOf<RunnerFailurePlace>({ file: isText, line: isNumber, column: isNumber });

export const isLoadResult = objectOf<LoadResult>({ problems: areProblems, output: areOutput });
export const isHandled = objectOf<Handled>({
	responses: listOf(
		objectOf<SimResponse>({ id: isNumber, status: isNumber, started: isNumber, finished: isNumber })
	),
	problems: areProblems,
	output: areOutput
});
export const isExposedPage = objectOf<ExposedPage>({
	status: isNumber,
	contentType: isText,
	body: isBytes,
	problems: areProblems
});
/** Beside any of these. */
export const hasTargets = objectOf<{ readonly targets?: readonly MetricsTarget[] }>({
	targets: optional(listOf(objectOf<MetricsTarget>({ port: isNumber, path: isText })))
});
export const isFailed = objectOf<{ readonly failure: FailureNote }>({
	failure: objectOf<FailureNote>({
		reason: oneOf('deadline', 'crashed'),
		message: isText,
		place: optional(isPlace),
		output: areOutput
	})
});
export const isBusyNote = objectOf<BusyNote>({ busy: isPlace });
