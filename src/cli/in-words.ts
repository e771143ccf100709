import type { Problem } from '#engine/model';

/** A problem in one line, with its place in front. */
export function inWords({ file, line, column, message }: Problem): string {
	const place = line === undefined ? '' : `${line}:${column ?? 1}: `;
	return `${file ? `${file}:` : ''}${place}${message}`;
}
