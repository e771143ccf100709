import type { Annotation } from '#engine/promql';

/** How many of each kind a response carries (web/api/v1, respond). */
const LIMIT = 10;

/**
 * The annotations of a query as the response tells them: warnings and infos apart, each once, the first ten and how many more. Warnings of
 * the API itself, such as one about a parameter, come after those of the query.
 */
export function splitAnnotations(
	annotations: readonly Annotation[],
	warnings: readonly string[] = []
): {
	readonly warnings: readonly string[];
	readonly infos: readonly string[];
} {
	return {
		warnings: firstOf([...textsOf(annotations, 'warning'), ...warnings], 'warning'),
		infos: firstOf(textsOf(annotations, 'info'), 'info')
	};
}

function textsOf(annotations: readonly Annotation[], level: Annotation['level']): string[] {
	return annotations.filter((one) => one.level === level).map(({ text }) => text);
}

function firstOf(all: readonly string[], level: Annotation['level']): string[] {
	const texts = new Set(all);
	const first = [...texts].slice(0, LIMIT);
	const omitted = texts.size - first.length;
	return omitted === 0 ? first : [...first, `${omitted} more ${level} annotations omitted`];
}
