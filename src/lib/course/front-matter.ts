import { parse } from 'yaml';
import { parseDuration, type Duration } from '#engine/model';
import { LANGUAGE_NAMES, type LessonHead, type PerLanguage } from './lesson.ts';

/** Something is wrong with a file under lessons/. Its message begins with the file's name; the build ends with it. */
export class LessonError extends Error {
	constructor(file: string, message: string) {
		super(`${file}: ${message}`);
		this.name = 'LessonError';
	}
}

/** Reads the YAML between the two lines of dashes that a lesson.md begins with. */
export function readLessonHead(file: string, text: string): LessonHead {
	const [, yaml] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(text) ?? [];
	if (yaml === undefined) {
		throw new LessonError(file, 'begin it with front matter between two lines of ---');
	}
	const head = new Fields(file, yaml);
	const lesson = {
		id: head.text('id'),
		title: head.text('title'),
		chapter: head.text('chapter'),
		minutes: head.number('minutes'),
		objective: head.text('objective'),
		concepts: head.texts('concepts'),
		attacks: head.texts('attacks'),
		seed: head.text('seed'),
		run: { from: head.duration('run_from'), to: head.duration('run_to') },
		trial: head.duration('trial'),
		shows: head.has('shows') ? head.oneOf('shows', ['start', 'solution']) : ('solution' as const),
		...(head.has('why') && { why: head.textsPerLanguage('why') })
	};
	head.end();
	return lesson;
}

/** What a why.yaml says: the reasons of a variant's solution. */
export function readReasons(file: string, text: string): PerLanguage<readonly string[]> {
	const fields = new Fields(file, text);
	const why = fields.textsPerLanguage('why');
	fields.end();
	return why;
}

/** What a chapter.yaml says. */
export function readChapterHead(file: string, text: string) {
	const fields = new Fields(file, text);
	const chapter = {
		title: fields.text('title'),
		summary: fields.text('summary'),
		lets: fields.text('lets'),
		after: fields.has('after') ? fields.texts('after') : [],
		...(fields.has('lab') && { lab: fields.text('lab') })
	};
	fields.end();
	return chapter;
}

/** The fields of a mapping; each that is asked for must be there, and no other may be. */
class Fields {
	readonly #file: string;
	readonly #values: Readonly<Record<string, unknown>>;
	readonly #asked = new Set<string>();

	constructor(file: string, yaml: string) {
		this.#file = file;
		this.#values = (readYaml(file, yaml) ?? {}) as Record<string, unknown>;
	}

	has(name: string): boolean {
		return this.#values[name] !== undefined;
	}

	text(name: string): string {
		const value = this.#take(name);
		if (typeof value === 'string' && value.trim() !== '') return value;
		throw new LessonError(this.#file, `${name} is missing: give it a text`);
	}

	oneOf<Value extends string>(name: string, values: readonly Value[]): Value {
		const value = this.#take(name);
		const found = values.find((one) => one === value);
		if (found !== undefined) return found;
		throw new LessonError(
			this.#file,
			`${name} is ${String(value)}: known are ${values.join(' and ')}`
		);
	}

	texts(name: string): string[] {
		const value = this.#take(name);
		if (isTexts(value)) return value;
		throw new LessonError(this.#file, `${name} is missing: give it a list of texts`);
	}

	/** One list for both languages, or a list for each. */
	textsPerLanguage(name: string): PerLanguage<readonly string[]> {
		const value = this.#take(name);
		if (isTexts(value)) return { python: value, typescript: value };
		if (isTextsPerLanguage(value)) return value;
		const languages = LANGUAGE_NAMES.join(' and one for ');
		throw new LessonError(
			this.#file,
			`${name} is missing: give it a list of texts, or one for ${languages}`
		);
	}

	number(name: string): number {
		const value = this.#take(name);
		if (typeof value === 'number' && value > 0) return value;
		throw new LessonError(this.#file, `${name} is missing: give it a number above 0`);
	}

	duration(name: string): Duration {
		const value = this.#take(name);
		try {
			return parseDuration(String(value ?? ''));
		} catch {
			throw new LessonError(this.#file, `${name} is missing: give it a duration such as 6m`);
		}
	}

	/** Says when there was a field that nobody asked for. */
	end(): void {
		const unknown = Object.keys(this.#values).find((name) => !this.#asked.has(name));
		if (unknown === undefined) return;
		const known = [...this.#asked].join(', ');
		throw new LessonError(this.#file, `there is no field ${unknown}: known are ${known}`);
	}

	#take(name: string): unknown {
		this.#asked.add(name);
		return this.#values[name];
	}
}

function isTexts(value: unknown): value is string[] {
	return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
}

function isTextsPerLanguage(value: unknown): value is PerLanguage<string[]> {
	return (
		typeof value === 'object' &&
		value !== null &&
		Object.keys(value).sort().join() === LANGUAGE_NAMES.join() &&
		Object.values(value).every(isTexts)
	);
}

function readYaml(file: string, yaml: string): unknown {
	try {
		return parse(yaml);
	} catch (error) {
		throw new LessonError(file, error instanceof Error ? error.message : String(error));
	}
}
