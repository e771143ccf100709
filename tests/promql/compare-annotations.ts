import type { Annotation } from '#engine/promql';
import type { Expectation } from './expectation.ts';
import type { TextTest } from './text-test.ts';

/**
 * What is wrong with the annotations of an evaluation. A script may write them as the API does, or without what is only known
 * once the query's text is: their place in it, how far buckets were from being monotonic, how often. Where a script expects some of a level, each of that level must be
 * expected; where it says nothing about a level, any may come.
 */
export function compareAnnotations(
	annotations: readonly Annotation[],
	expect: Expectation
): string[] {
	const of = (level: Annotation['level']): string[] =>
		annotations.filter((annotation) => annotation.level === level).map(({ text }) => text);
	return [
		...compareLevel('warning', of('warning'), expect.warn, expect.noWarn, expect.someWarning),
		...compareLevel('info', of('info'), expect.info, expect.noInfo, expect.someInfo)
	];
}

function compareLevel(
	level: string,
	texts: readonly string[],
	tests: readonly TextTest[],
	none: boolean,
	some: boolean
): string[] {
	if (some && texts.length === 0) return [`no ${level}`];
	if (none) return texts.map((text) => `unexpected ${level}: ${text}`);
	if (tests.length === 0) return [];
	const satisfies = (text: string, { test }: TextTest): boolean => test(text) || test(bare(text));
	return [
		...tests
			.filter((test) => !texts.some((text) => satisfies(text, test)))
			.map(({ description }) => `no ${level} like ${description} (found: ${texts.join('; ')})`),
		...texts
			.filter((text) => !tests.some((test) => satisfies(text, test)))
			.map((text) => `unexpected ${level}: ${text}`)
	];
}

const PLACE = / \(\d+:\d+\)$/;
const DETAILS = /, from buckets \S+ to \S+, with a max diff of .*$| \(\d+ occurrences\)$/;

function bare(text: string): string {
	return text.replace(PLACE, '').replace(DETAILS, '');
}
