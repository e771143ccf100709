/** A program and a place in it, as jedi is asked about it (`workers/python-help/answers.py`). */
export interface PlaceInProgram {
	/** The learner's files by name: they know each other. */
	readonly files: Readonly<Record<string, string>>;
	/** The one that the place is in. */
	readonly file: string;
	/** 1-based. */
	readonly line: number;
	/** 0-based, in code points. */
	readonly column: number;
}

export type PythonQuestion =
	| ({ readonly kind: 'complete' | 'signatures' | 'hover' } & PlaceInProgram)
	/** More about an entry of the list that was given last. */
	| { readonly kind: 'describe'; readonly number: number; readonly index: number };

/** What can stand at the place, as jedi sorts it. */
export interface PythonNames {
	/** Of this list, for questions about its entries. */
	readonly number: number;
	readonly items: readonly PythonName[];
}

export interface PythonName {
	readonly name: string;
	/** What is written in its place: of a parameter `buckets=`. */
	readonly insert: string;
	readonly type: PythonNameType;
}

/** Jedi's word for what a name is; see https://jedi.readthedocs.io, `BaseName.type`. */
export type PythonNameType =
	| 'class'
	| 'function'
	| 'instance'
	| 'keyword'
	| 'module'
	| 'namespace'
	| 'param'
	| 'path'
	| 'property'
	| 'statement';

/** What a name is, and what is written about it. */
export interface AboutPythonName {
	/** As it would be declared: `def sleep(seconds: float) -> None`. A line for each way to call it. */
	readonly code: string;
	/** Its docstring, or that of its class; may be empty. */
	readonly text: string;
}

export interface PythonHover extends AboutPythonName {
	/** 0-based, in code points of the line that was asked about. */
	readonly column: number;
	readonly endColumn: number;
}

/** A way to make the call that the place is in. */
export interface PythonSignature {
	readonly name: string;
	/** As they would be declared: `port: int`. */
	readonly params: readonly string[];
	/** The one that stands at the place; null where it is none of them. */
	readonly active: number | null;
	readonly text: string;
}

/** What each question is answered with. Null: jedi knows nothing, or does not come to terms with the program. */
export interface PythonAnswers {
	readonly complete: PythonNames | null;
	readonly signatures: readonly PythonSignature[] | null;
	readonly hover: PythonHover | null;
	readonly describe: AboutPythonName | null;
}
