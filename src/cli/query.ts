import { toJson } from '#engine/api';
import { readArguments } from './options.ts';
import { openSource, tellLateness, timeParams } from './source.ts';

/** What a command has to say, and whether it speaks of an error. */
export interface Printed {
	readonly text: string;
	readonly isError: boolean;
}

/** `lab query`: the body that Prometheus would answer with. Wrong options and files throw a UsageError. */
export async function query(args: readonly string[]): Promise<Printed> {
	const { expression, options } = readArguments(args);
	const source = await openSource(options);
	const when = timeParams(options, source);
	tellLateness(when, source);
	if (when.kind === 'instant') {
		const answer = await source.api.query({ query: expression, time: when.time });
		return { text: toJson('query', answer), isError: answer.status === 'error' };
	}
	const { start, end, step } = when;
	const answer = await source.api.queryRange({ query: expression, start, end, step });
	return { text: toJson('query_range', answer), isError: answer.status === 'error' };
}
