import { readTags } from '../../src/lib/course/tags.ts';

/** What the tests look at in the text of a lesson.md. */

/** The attributes of every tag of this name. */
export function tags(text: string, name: string): Readonly<Record<string, string>>[] {
	return readTags(text, name).map(({ attributes }) => attributes);
}

export interface Block {
	readonly attributes: Readonly<Record<string, string>>;
	readonly inside: string;
}

/** Every block of this name with what is in it; a tag that is closed at once has nothing in it. */
export function blocks(text: string, name: string): Block[] {
	return text
		.split(new RegExp(`(?=<${name}\\s)`))
		.slice(1)
		.map((piece) => {
			const [attributes = {}] = tags(piece, name);
			const end = piece.indexOf(`</${name}>`);
			const isClosed = end < 0 || /^<\w+\s(?:[^<"{]|"[^"]*"|\{[^}]*\})*\/>/.test(piece);
			return { attributes, inside: isClosed ? '' : piece.slice(0, end) };
		});
}

/** The code blocks of a language. */
export function codeBlocks(text: string, fence: string): string[] {
	const found = [...text.matchAll(new RegExp(`\`\`\`${fence}\\n([\\s\\S]*?)\`\`\``, 'g'))];
	return found.map(([, code = '']) => code);
}

/** The hints to a task. */
export function hintsTo(text: string, task: string): string[] {
	return [...blocks(text, 'Task'), ...blocks(text, 'Variant')]
		.filter(({ attributes }) => attributes.id === task)
		.flatMap(({ inside }) => [...inside.matchAll(/<Hint>([\s\S]*?)<\/Hint>/g)])
		.map(([, hint = '']) => hint);
}

/** Everything in a text that is set as code, as a reader might copy it. */
export function inlineCode(text: string): string[] {
	const words = text.replace(/```[\s\S]*?```/g, '');
	return [...words.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}
