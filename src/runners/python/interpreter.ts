/** `loadPyodide` of `pyodide.mjs`, as much of it as is used here. */
export type LoadPyodide = (options: {
	readonly indexURL: string;
	readonly jsglobals: object;
	readonly env: Readonly<Record<string, string>>;
	readonly stdout: (text: string) => void;
	readonly stderr: (text: string) => void;
}) => Promise<Pyodide>;

interface Pyodide {
	readonly FS: { writeFile(path: string, data: Uint8Array): void };
	readonly globals: { set(name: string, value: unknown): void };
	runPython(code: string): unknown;
	setInterruptBuffer(buffer: unknown): void;
}

/** Where the interpreter comes from: the folder `static/python/STAMP` that the install step makes. */
export interface InterpreterFiles {
	/** From that folder's `pyodide.mjs`; importing it is for who knows where it runs. */
	readonly loadPyodide: LoadPyodide;
	/** The folder: an address in a browser, a path in Node. With a slash at its end. */
	readonly indexURL: string;
	/** Gives a file of the folder. */
	readonly fetchFile: (name: string) => Promise<Uint8Array>;
	/** The Python modules of `bridge/` by name, as `bridge-texts.ts` has them. */
	readonly bridge: Readonly<Record<string, string>>;
}

/** How long one call may keep the interpreter busy. */
export interface Watch {
	/** Wall clock, ms. */
	now(): number;
	/** Milliseconds after which the code is stopped where it is. */
	readonly deadline: number;
}

/** The functions of bridge/host.py. Texts go in and come out; nothing of JavaScript gets in reach of Python. */
export interface Host {
	install(): void;
	add_packages(archive: string): void;
	create(options: string): number;
	load(instance: number, files: string, at: number): string;
	handle(instance: number, rows: string, until: number): string;
	scrape(instance: number, accept: string, target: string): string;
	body_of(instance: number): { toJs(): Uint8Array; destroy(): void };
	targets(instance: number): string;
	dispose(instance: number): void;
}

/** CPython with the bridge installed, and nothing of a learner's in it. Runs any number of instances, one at a time. */
export interface Interpreter {
	/** Makes the packages of an archive importable; once, however often it is asked for. */
	addPackages(archive: 'flask.zip'): Promise<void>;
	/**
	 * Calls into Python. `wasStopped` says whether the watch ran out, in which case the code was told to stop.
	 *
	 * @throws what Python cannot catch: the end of the interpreter itself
	 */
	call<Result>(
		work: (host: Host) => Result,
		watch: Watch | undefined
	): { readonly result: Result; readonly wasStopped: boolean };
}

/** Milliseconds after which code that did not stop when it was told to is told again. */
const INSIST_AFTER = 100;

/** Python's number for an interrupt: it raises KeyboardInterrupt in the line that runs. */
const SIGINT = 2;

/** Boots an interpreter. It can be booted ahead and given to a runner later. */
export async function loadInterpreter(files: InterpreterFiles): Promise<Interpreter> {
	const [pyodide, client] = await Promise.all([
		files.loadPyodide({
			indexURL: files.indexURL,
			jsglobals: {},
			// Else the order of a set would be another one in each run.
			env: { PYTHONHASHSEED: '0', HOME: '/home/learner' },
			stdout: () => {},
			stderr: () => {}
		}),
		files.fetchFile('prometheus_client.zip')
	]);
	pyodide.globals.set('bridge_texts', JSON.stringify(files.bridge));
	const host = pyodide.runPython(BOOTSTRAP) as Host;
	// From here on Pyodide runs no more texts: what it does that with is taken apart.
	host.install();
	const addArchive = (name: string, data: Uint8Array) => {
		pyodide.FS.writeFile(`/lib/${name}`, data);
		host.add_packages(`/lib/${name}`);
	};
	addArchive('prometheus_client.zip', client);
	const added = new Map<string, Promise<void>>();
	const alarm = createAlarm(pyodide);
	let hasCrashed = false;
	return {
		addPackages(archive) {
			const adding =
				added.get(archive) ?? files.fetchFile(archive).then((data) => addArchive(archive, data));
			added.set(archive, adding);
			return adding;
		},
		call(work, watch) {
			if (hasCrashed) throw new Error('this interpreter has crashed before: load another one');
			alarm.set(watch);
			try {
				const result = work(host);
				return { result, wasStopped: alarm.hasRung() };
			} catch (error) {
				hasCrashed = isFatal(error);
				throw error;
			} finally {
				alarm.set(undefined);
			}
		}
	};
}

/** Whether Pyodide says that nothing of the interpreter can be relied on any more. */
function isFatal(error: unknown): boolean {
	return typeof error === 'object' && error !== null && 'pyodide_fatal_error' in error;
}

/**
 * The interpreter looks into its interrupt buffer every few instructions. An object whose element looks at the clock does
 * what otherwise another thread would do through shared memory, which a page may not have.
 */
function createAlarm(pyodide: Pyodide) {
	let watch: Watch | undefined;
	let ringsAt = 0;
	let hasRung = false;
	pyodide.setInterruptBuffer({
		get 0() {
			if (!watch || watch.now() < ringsAt) return 0;
			hasRung = true;
			ringsAt = watch.now() + INSIST_AFTER;
			return SIGINT;
		},
		set 0(_) {}
	});
	return {
		set(next: Watch | undefined) {
			watch = next;
			hasRung = false;
			if (watch) ringsAt = watch.now() + watch.deadline;
		},
		hasRung: () => hasRung
	};
}

/** Imports the bridge as a package that is in nobody's reach afterwards, and gives its host. */
const BOOTSTRAP = `
def bootstrap(texts):
    import importlib.util, sys
    class Bridge:
        @staticmethod
        def find_spec(name, path=None, target=None):
            package, _, module = name.partition(".")
            if package == "promenade" and (module in texts or not module):
                return importlib.util.spec_from_loader(name, Bridge, is_package=not module)
        @staticmethod
        def create_module(spec):
            return None
        @staticmethod
        def exec_module(module):
            name = module.__name__.partition(".")[2]
            exec(compile(texts.get(name, ""), f"<{module.__name__}>", "exec", dont_inherit=True), module.__dict__)
    sys.meta_path.insert(0, Bridge)
    host = importlib.import_module("promenade.host")
    sys.meta_path.remove(Bridge)
    for name in [name for name in sys.modules if name.partition(".")[0] == "promenade"]:
        del sys.modules[name]
    return host

import importlib, json
bootstrap(json.loads(globals().pop("bridge_texts")))
`;
