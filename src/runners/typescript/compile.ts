import { parse as parseJavaScript, type CallExpression, type Node, type Program } from 'acorn';
import { transform } from 'sucrase';
import type { Problem } from '#engine/model';
import type { SourceFiles } from '#engine/sim';
import { guardLoops } from './loop-guard.ts';
import { problemAt } from './positions.ts';
import { nodesOf, topLevelNodesOf } from './tree.ts';

/** A learner's file, ready to be called as a CommonJS module. */
export interface CompiledModule {
	readonly file: string;
	readonly javascript: string;
}

export interface CompiledProgram {
	readonly ok: true;
	/** The entry file and what it imports, directly or not. */
	readonly modules: ReadonlyMap<string, CompiledModule>;
	/**
	 * Nothing in it can run beside something else: at most one async function, and no promise that is handled by hand.
	 * Then a handler that waits on the clock is at rest, and there is no need to look further.
	 */
	readonly isSequential: boolean;
}

export type Compilation =
	CompiledProgram | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Strips the types of the entry file and of every file that it leads to, and checks that what is left can run: its syntax,
 * and that each import is something that exists here. All problems of all these files come back, not only the first.
 */
export function compile(
	entry: string,
	files: SourceFiles,
	available: readonly string[]
): Compilation {
	const modules = new Map<string, CompiledModule>();
	const problems: Problem[] = [];
	let asyncFunctions = 0;
	let handlesPromises = false;
	const waiting = [entry];
	for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
		if (modules.has(file)) continue;
		const source = files[file] ?? '';
		const stripped = stripTypes(file, source);
		if ('problem' in stripped) {
			problems.push(stripped.problem);
			modules.set(file, { file, javascript: '' });
			continue;
		}
		const { javascript, program } = stripped;
		for (const { name, node } of requiresOf(program)) {
			if (available.includes(name)) continue;
			const local = resolveLocal(name, file, files);
			if (local !== undefined) waiting.push(local);
			else problems.push(unknownImport(file, source, name, node, available));
		}
		asyncFunctions += countAsync(program);
		handlesPromises ||= /\bPromise\b|\.\s*then\b/.test(javascript);
		modules.set(file, { file, javascript: guardLoops(javascript, program) });
	}
	if (problems.length > 0) return { ok: false, problems };
	return { ok: true, modules, isSequential: asyncFunctions <= 1 && !handlesPromises };
}

type Stripped =
	{ readonly javascript: string; readonly program: Program } | { readonly problem: Problem };

function stripTypes(file: string, source: string): Stripped {
	let javascript: string;
	try {
		// Lines stay where they are, so positions in the output are positions in the source. What comes out is in strict mode, so
		// that no function finds the global object as its `this`.
		// An import that nothing uses is kept, for one that cannot work should be heard of before it is needed.
		javascript = transform(source, {
			transforms: ['typescript', 'imports'],
			filePath: file,
			keepUnusedImports: true
		}).code;
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
		const refused = refusedSyntax(program);
		if (!refused) return { javascript, program };
		const { line = 1, column = 0 } = refused.node.loc?.start ?? {};
		return { problem: problemAt(file, source, line, column + 1, refused.message) };
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
const NO_IMPORT = 'import() is not available here: write an import at the top of the file';

/** Syntax that is right but has no place here: modules run in one go, as CommonJS modules do, and code comes from these files alone. */
function refusedSyntax(
	program: Program
): { readonly node: Node; readonly message: string } | undefined {
	for (const node of topLevelNodesOf(program)) {
		if (node.type === 'AwaitExpression') return { node, message: NO_AWAIT };
	}
	for (const node of nodesOf(program)) {
		if (node.type === 'ImportExpression') return { node, message: NO_IMPORT };
	}
	return undefined;
}

function* requiresOf(program: Program): Generator<{ readonly name: string; readonly node: Node }> {
	for (const node of nodesOf(program)) {
		if (node.type !== 'CallExpression') continue;
		const { callee, arguments: args } = node as CallExpression;
		const [first] = args;
		if (callee.type !== 'Identifier' || callee.name !== 'require') continue;
		if (first?.type === 'Literal' && typeof first.value === 'string') {
			yield { name: first.value, node };
		}
	}
}

function countAsync(program: Program): number {
	let count = 0;
	for (const node of nodesOf(program)) {
		if (/Function/.test(node.type) && (node as Node & { async?: boolean }).async) count++;
	}
	return count;
}

/** The import as the person wrote it: sucrase moves what follows on the line, so the name is looked up there. */
function unknownImport(
	file: string,
	source: string,
	name: string,
	node: Node,
	available: readonly string[]
): Problem {
	const line = node.loc?.start.line ?? 1;
	const text = source.split('\n')[line - 1] ?? '';
	const column = Math.max(text.indexOf(`'${name}'`), text.indexOf(`"${name}"`)) + 1;
	const message = `Cannot find module '${name}': here you can import ${listInWords(available)}, and your own files as './name'`;
	return problemAt(file, source, line, Math.max(column, 1), message, name.length + 2);
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
