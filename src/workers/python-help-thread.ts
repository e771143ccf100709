import type { LoadPyodide } from '#runners/python';

/** Where an interpreter that analyses Python comes from; see `InterpreterFiles` of the runner. */
export interface PythonHelpFiles {
	readonly loadPyodide: LoadPyodide;
	/** The folder of the interpreter, with a slash at its end. */
	readonly indexURL: string;
	/** Gives a file of the folder. */
	readonly fetchFile: (name: string) => Promise<Uint8Array>;
}

/** Jedi in an interpreter of its own. What it is asked about is read and never run. */
export interface PythonHelp {
	/**
	 * Question and answer are JSON; their shapes are in `lib/editor/python-help-answers.ts`.
	 *
	 * @throws when jedi fails on a program, and when the interpreter has come to its end
	 */
	answer(question: string): string;
}

/** The Python modules of `python-help/` by path, as the bundler puts them in. */
const TEXTS: Readonly<Record<string, string>> = import.meta.glob('./python-help/*.py', {
	query: '?raw',
	import: 'default',
	eager: true
});

/** Analysed, not run: what programs of learners import beside packages. */
const SOURCES: readonly string[] = ['shop.py'];

/** Boots an interpreter, unpacks jedi, and lets it read what nearly every answer needs: the first is as fast as others then. */
export async function loadPythonHelp(files: PythonHelpFiles): Promise<PythonHelp> {
	const [pyodide, archive] = await Promise.all([
		files.loadPyodide({
			indexURL: files.indexURL,
			jsglobals: {},
			env: { HOME: '/home/learner' },
			stdout: () => {},
			stderr: () => {}
		}),
		files.fetchFile('jedi.zip')
	]);
	const texts = Object.entries(TEXTS).map(([path, text]) => [path.replace(/^.*\//, ''), text]);
	pyodide.globals.set('texts', JSON.stringify(Object.fromEntries(texts)));
	pyodide.globals.set('sources', JSON.stringify(SOURCES));
	pyodide.FS.writeFile('/lib/jedi.zip', archive);
	const answer = pyodide.runPython(START) as (question: string) => string;
	return { answer };
}

/** Makes the modules a package, installs what they need, and gives the function that answers. */
const START = `
def start(texts, sources):
    import os, sys
    os.makedirs("/lib/help/promenade_help")
    for name in texts.keys() - set(sources):
        with open(f"/lib/help/promenade_help/{name}", "w") as file:
            file.write(texts[name])
    sys.path.append("/lib/help")
    from promenade_help import install
    with open("/lib/jedi.zip", "rb") as file:
        install.unpack(file.read(), {name: texts[name] for name in sources})
    os.remove("/lib/jedi.zip")
    install.restrict()
    from promenade_help import answers, handler
    handler.register()
    answers.warm_up()
    # From here on what jedi itself imports late comes from its own folders, never from the learner's.
    os.chdir("/")
    sys.path.remove("")
    # Nor does a name in a program lead to JavaScript.
    for name in [name for name in sys.modules if name.partition(".")[0] in JAVASCRIPT]:
        del sys.modules[name]
    # Off until here: see scripts/python/sitecustomize.py.
    gc.enable()
    return answers.answer

import gc, json
JAVASCRIPT = ("js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core")
start(json.loads(globals().pop("texts")), json.loads(globals().pop("sources")))
`;
