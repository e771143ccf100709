import { resolveLocal, type CompiledModule } from './compile.ts';
import { LOOP_GUARD } from './loop-guard.ts';
import type { Globals } from './sandbox-globals.ts';

export type Exports = Record<string, unknown>;

export type LoopGuard = (line: number, column: number) => void;

interface LoadedModule {
	readonly exports: Exports;
}

type ModuleBody = (module: LoadedModule, exports: Exports, require: Require) => void;
type Require = (name: string) => unknown;

export interface ModuleWorld {
	/** What can be imported by name. */
	readonly provided: Readonly<Record<string, unknown>>;
	/** What stands in place of global names. */
	readonly globals: Globals;
	readonly loopGuard: (file: string) => LoopGuard;
}

/**
 * Runs the entry file and, on the way, the files it imports; each once, like CommonJS modules. Gives what the entry exports.
 *
 * All texts are compiled before the first one runs, so that no code that has run can change what is compiled after it.
 */
export function evaluateModules(
	entry: string,
	modules: ReadonlyMap<string, CompiledModule>,
	{ provided, globals, loopGuard }: ModuleWorld
): Exports {
	const files = Object.fromEntries([...modules.keys()].map((file) => [file, '']));
	const bodies = Object.fromEntries(
		[...modules.values()].map((module) => [
			module.file,
			compileBody(module, { ...globals, [LOOP_GUARD]: loopGuard(module.file) })
		])
	);
	const loaded: Record<string, LoadedModule> = {};
	const load = (file: string): Exports => {
		const known = loaded[file];
		if (known) return known.exports;
		const module: LoadedModule = { exports: {} };
		loaded[file] = module;
		const require: Require = (name) => {
			if (Object.hasOwn(provided, name)) return provided[name];
			const local = resolveLocal(name, file, files);
			if (local === undefined) throw new Error(`Cannot find module '${name}'`);
			return load(local);
		};
		bodies[file]?.(module, module.exports, require);
		return module.exports;
	};
	return load(entry);
}

/** Held here, because a runner's own thread takes `Function` away from learner code before it runs. */
const CompiledFunction = Function;

/**
 * The module as a function. Global names, then the module's own, are parameters of functions around the text and not of its
 * own, so that a file may declare `location` or `module` for itself.
 */
function compileBody({ file, javascript }: CompiledModule, globals: Globals): ModuleBody {
	const text = `return (module, exports, require) => (function () {${javascript}\n}).call(undefined);\n//# sourceURL=learner/${file}`;
	const make = new CompiledFunction(...Object.keys(globals), text);
	return make(...Object.values(globals)) as ModuleBody;
}
