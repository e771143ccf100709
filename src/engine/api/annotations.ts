import type { Annotation } from '#engine/promql';

/** How many of each kind a response carries (web/api/v1, respond). */
const LIMIT = 10;

/** The annotations of a query as the response tells them: warnings and infos apart, each once, the first ten and how many more. */
export function splitAnnotations(annotations: readonly Annotation[]): {
	readonly warnings: readonly string[];
	readonly infos: readonly string[];
} {
	return {
		warnings: firstOf(annotations, 'warning'),
		infos: firstOf(annotations, 'info')
	};
}

function firstOf(annotations: readonly Annotation[], level: Annotation['level']): string[] {
	const texts = new Set(annotations.filter((one) => one.level === level).map(({ text }) => text));
	const first = [...texts].slice(0, LIMIT);
	const omitted = texts.size - first.length;
	return omitted === 0 ? first : [...first, `${omitted} more ${level} annotations omitted`];
}
