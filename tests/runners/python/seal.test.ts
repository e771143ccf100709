import { beforeAll, describe, expect, it } from 'vitest';
import type { Interpreter } from '#runners/python';
import { bootPython, missingPython, titled } from '../../python/interpreter.ts';
import { load } from '../../python/running.ts';

const TIMEOUT = 60_000;

/** Expressions that led to JavaScript, to native code, or to programs of the machine. */
const WAYS = [
	'_imp.create_builtin(machinery.ModuleSpec("_pyodide_core", None)).to_js([1]).constructor',
	'_imp.create_builtin(types.SimpleNamespace(name="_pyodide_core"))',
	'_imp.create_builtin(machinery.ModuleSpec("_ctypes", None))',
	'_imp.create_builtin(machinery.ModuleSpec("_testinternalcapi", None))',
	'_imp.create_dynamic(machinery.ModuleSpec("x", None, origin="/tmp/x.so"))',
	'machinery.BuiltinImporter.create_module(machinery.ModuleSpec("_pyodide_core", None))',
	'machinery.BuiltinImporter.find_spec("_pyodide_core").loader',
	'importlib.util.module_from_spec(machinery.ModuleSpec("_pyodide_core", machinery.BuiltinImporter))',
	'importlib.reload(_imp) and _imp.create_builtin(machinery.ModuleSpec("_pyodide_core", None))',
	'__import__("_testcapi")',
	'sys.meta_path[-1].find_spec.__func__.__globals__["jsfinder"].jsproxies["pyodide_js"]',
	'named("WebLoop").__init__.__globals__["can_run_sync"]',
	'named("Json").py2js',
	'posix.system("true") + 1',
	'os.system("true") + 1',
	'named("_wrap_close").__init__.__globals__["system"]("true") + 1',
	'gc.get_objects()'
];

/** Goes wherever a program can go from an object, and tells of what it meets that is of JavaScript, or makes such things. */
const CRAWL = `
import _imp, gc, types

def out_of(found):
    if isinstance(found, dict):
        yield from list(found.keys())
        yield from list(found.values())
    elif isinstance(found, (list, tuple, set, frozenset)):
        yield from list(found)
    if isinstance(found, type):
        yield from type.__subclasses__(found)
    for name in REACHED:
        try:
            yield getattr(found, name)
        except BaseException:
            pass
    try:
        yield vars(found)
    except BaseException:
        pass

REACHED = (
    '__globals__', '__closure__', '__defaults__', '__kwdefaults__', '__wrapped__', '__self__', '__func__', '__class__',
    '__base__', 'cell_contents', 'func', 'args', 'fget', 'f_back', 'f_globals', 'f_locals', 'gi_frame', 'tb_frame',
    '__traceback__', '__context__', '__objclass__'
)
DANGEROUS = {('_imp', 'create_builtin'), ('_imp', 'create_dynamic'), ('gc', 'get_objects'), ('posix', 'system')}

def is_foreign(found):
    kind = type(found)
    if kind is types.BuiltinFunctionType:
        return found.__module__ == '_pyodide_core' or (found.__module__, found.__name__) in DANGEROUS
    if issubclass(kind, type):
        return False
    return kind.__name__ in ('Js2PyConverter', 'Py2JsConverter') or any(base.__name__ == 'JsProxy' for base in kind.__mro__)

def crawl(roots):
    kept, seen = list(roots), set(map(id, roots))
    for found in kept:
        for next in out_of(found):
            if id(next) not in seen and not isinstance(next, (int, str, bytes)):
                seen.add(id(next))
                kept.append(next)
    return kept
`;

describe.skipIf(missingPython !== '')(titled('Python'), { timeout: TIMEOUT }, () => {
	let interpreter: Interpreter;
	beforeAll(async () => {
		interpreter = await bootPython();
	}, TIMEOUT);

	const printed = async (program: string) => {
		const source = { 'app.py': `${program}\ndef handle(request): return 200\n` };
		const { loaded, runner } = await load(interpreter, source);
		runner.dispose();
		expect(loaded.problems).toEqual([]);
		return loaded.output.map(({ text }) => text);
	};

	it('finds no way to JavaScript, native code or other programs', async () => {
		const tries = WAYS.map((way) => `attempt(${JSON.stringify(way)}, lambda: ${way})`).join('\n');
		const lines = await printed(`
import _imp, gc, importlib, importlib.util, os, posix, sys, types
from importlib import machinery

def named(name, cls=object):
    return next((found for found in all_of(cls) if found.__name__ == name), None)

def all_of(cls):
    for found in type.__subclasses__(cls):
        yield found
        yield from all_of(found)

def attempt(way, try_it):
    try:
        found = try_it()
    except (ImportError, AttributeError, KeyError, OSError, RuntimeError):
        return
    print("a way out:", way, "is", found)

${tries}
print(${WAYS.length}, "ways")`);
		expect(lines).toEqual([`${WAYS.length} ways`]);
	});

	it('meets nothing of JavaScript wherever it goes', async () => {
		const lines = await printed(`
import sys
${CRAWL}
def handed_in():
    met = crawl([sys.modules, object, sys._getframe(), sys.meta_path, sys.path_hooks])
    foreign = [found for found in met if is_foreign(found)]
    print(len(met) > 5_000, foreign)

handed_in()`);
		expect(lines).toEqual(['True []']);
	});

	it('has its own C code all the same, also again after it was forgotten', async () => {
		const lines = await printed(`
import importlib, sys, unicodedata, cmath, _csv, csv
for name in ("math", "array", "unicodedata", "cmath", "_csv"):
    sys.modules.pop(name, None)
import math, array, decimal, sqlite3, zoneinfo
importlib.reload(math)
print(math.floor(2.5), array.array("d", [1.5])[0], decimal.Decimal("1.10"), unicodedata.category("a"))
print(sqlite3.connect(":memory:").execute("select 1 + 1").fetchone())`);
		expect(lines).toEqual(['2 1.5 1.10 Ll', '(2,)']);
	});

	it('that breaks the ways of importing breaks them for itself alone', async () => {
		expect(await printed('import _imp; _imp.create_builtin = None; print(1)')).toEqual(['1']);
		expect(
			await printed('import sys; sys.modules.pop("cmath", None); import cmath; print(cmath.pi > 3)')
		).toEqual(['True']);
	});
});
