import { parse as parseJavaScript, type Node, type Position } from 'acorn';
import { transform } from 'sucrase';
import type { Problem } from '#engine/model';
import type { SourceFiles } from '#engine/sim';
import { guardLoops } from './loop-guard.ts';
import { problemAt } from './positions.ts';

/** A learner's file, ready to be called as a CommonJS module. */
export interface CompiledModule {
	readonly file: string;
	readonly javascript: string;
}

export type Compilation =
	| { readonly ok: true; readonly modules: ReadonlyMap<string, CompiledModule> }
	| { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Strips the types of every file and checks that what is left can run: its syntax, and that each import is something that exists here.
 * All problems of all files come back, not only the first.
 */
export function compile(files: SourceFiles, available: readonly string[]): Compilation {
	const modules = new Map<string, CompiledModule>();
	const problems: Problem[] = [];
	for (const [file, source] of Object.entries(files)) {
		const stripped = stripTypes(file, source);
		if ('problem' in stripped) {
			problems.push(stripped.problem);
			continue;
		}
		problems.push(...unknownImports(file, source, stripped.javascript, files, available));
		modules.set(file, { file, javascript: stripped.javascript });
	}
	return problems.length > 0 ? { ok: false, problems } : { ok: true, modules };
}

function stripTypes(
	file: string,
	source: string
): { readonly javascript: string } | { readonly problem: Problem } {
	let javascript: string;
	try {
		// Lines stay where they are, so positions in the output are positions in the source. What comes out is in strict mode, so
		// that no function finds the global object as its `this`.
		javascript = transform(source, { transforms: ['typescript', 'imports'], filePath: file }).code;
	} catch (error) {
		return { problem: syntaxProblem(file, source, error) };
	}
	try {
		// sucrase lets some broken syntax through, and engines give no position for what `Function` refuses; acorn does.
		const program = parseJavaScript(javascript, {
			ecmaVersion: 'latest',
			locations: true,
			// Allowed here only to be refused below in words that help.
			allowAwaitOutsideFunction: true
		});
		const awaits = topLevelAwait(program);
		if (awaits)
			return { problem: problemAt(file, source, awaits.line, awaits.column + 1, NO_AWAIT) };
		return { javascript: guardLoops(javascript, program) };
	} catch (error) {
		return { problem: syntaxProblem(file, source, error) };
	}
}

/** Both parsers end their message with `(line:column)`, the column counted from 1 by sucrase and from 0 by acorn. */
function syntaxProblem(file: string, source: string, error: unknown): Problem {
	const text = error instanceof Error ? error.message : String(error);
	const place = /\((\d+):(\d+)\)/.exec(text);
	const isAcorn = error instanceof SyntaxError && 'raisedAt' in error;
	const line = place ? Number(place[1]) : 1;
	const column = place ? Number(place[2]) + (isAcorn ? 1 : 0) : 1;
	const message = text
		.replace(/^Error transforming [^:]*: /, '')
		.replace(/\s*\(\d+:\d+\)\s*$/, '')
		.trim();
	const words = `Syntax error: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
	return problemAt(file, source, line, column, words);
}

const NO_AWAIT = 'await is not available at the top level here: use it inside an async function';

/** Where the first `await` outside of any function stands: modules run in one go here, as CommonJS modules do. */
function topLevelAwait(value: unknown): Position | undefined {
	if (Array.isArray(value)) return firstOf(value);
	if (typeof value !== 'object' || value === null) return undefined;
	const node = value as Node;
	if (/Function/.test(node.type)) return undefined;
	if (node.type === 'AwaitExpression') return node.loc?.start;
	return firstOf(Object.values(node));
}

function firstOf(values: readonly unknown[]): Position | undefined {
	for (const value of values) {
		const found = topLevelAwait(value);
		if (found) return found;
	}
	return undefined;
}

const REQUIRE = /\brequire\(\s*(['"])([^'"\n]+)\1\s*\)/g;

/** Imports that survive the stripping of types and that nothing here provides, each at its place in the source. */
function unknownImports(
	file: string,
	source: string,
	javascript: string,
	files: SourceFiles,
	available: readonly string[]
): Problem[] {
	const problems: Problem[] = [];
	for (const [, , name = ''] of javascript.matchAll(REQUIRE)) {
		if (available.includes(name) || resolveLocal(name, file, files) !== undefined) continue;
		const at = Math.max(source.indexOf(`'${name}'`), source.indexOf(`"${name}"`));
		const before = source.slice(0, Math.max(at, 0));
		const line = before.split('\n').length;
		const column = before.length - (before.lastIndexOf('\n') + 1) + 1;
		problems.push(
			problemAt(
				file,
				source,
				line,
				column,
				`Cannot find module '${name}': here you can import ${listInWords(available)}, and your own files as './name'`,
				name.length + 2
			)
		);
	}
	return problems;
}

function listInWords(names: readonly string[]): string {
	return names.map((name) => `'${name}'`).join(' and ');
}

/** The file that `./name` means, seen from another file; undefined when it is no local import or there is no such file. */
export function resolveLocal(name: string, from: string, files: SourceFiles): string | undefined {
	if (!name.startsWith('./') && !name.startsWith('../')) return undefined;
	const folder = from.split('/').slice(0, -1);
	for (const part of name.split('/')) {
		if (part === '..') folder.pop();
		else if (part !== '.') folder.push(part);
	}
	const path = folder.join('/');
	return [path, `${path}.ts`, path.replace(/\.js$/, '.ts')].find((candidate) =>
		Object.hasOwn(files, candidate)
	);
}
