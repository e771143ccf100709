/** A tag of the blocks that a lesson.md is made of, as it is opened. */
export interface Tag {
	readonly name: string;
	/** Texts as they are, code in braces as it is written; an attribute that only stands there is ''. */
	readonly attributes: Readonly<Record<string, string>>;
}

const ATTRIBUTE = String.raw`\s+[\w-]+(?:=(?:"[^"]*"|\{'[^']*'\}|\{[^}]*\}))?`;

/** All tags of these names, in their order. What is in them is not looked at; their attributes may hold a `>`. */
export function readTags(text: string, ...names: readonly string[]): Tag[] {
	const pattern = new RegExp(`<(${names.join('|')})((?:${ATTRIBUTE})*)\\s*/?>`, 'g');
	return [...text.matchAll(pattern)].map(([, name = '', attributes = '']) => ({
		name,
		attributes: readAttributes(attributes)
	}));
}

function readAttributes(text: string): Record<string, string> {
	const found = text.matchAll(/([\w-]+)(?:=(?:"([^"]*)"|\{'([^']*)'\}|\{([^}]*)\}))?/g);
	return Object.fromEntries(
		[...found].map(([, name = '', quoted, text, code]) => [name, quoted ?? text ?? code ?? ''])
	);
}
