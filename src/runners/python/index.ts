/**
 * Runs a learner's Python as one instance of the simulated service: CPython compiled to WebAssembly, with the real
 * `prometheus_client`. A bridge of Python modules (`bridge/`) makes the interpreter look like a host: its clocks are virtual,
 * its chance is seeded, `start_http_server` and WSGI apps are called in process, and every metric write takes effect at the
 * virtual time at which it was made. With a `gunicorn.conf.py` beside the program there are several processes, as that says.
 *
 * Code that blocks is run to its end when a worker takes the request, ahead of the instance's clock. So what handlers keep in
 * variables of their own is ahead too; what they write to metrics is not. Coroutines of async handlers share one event loop on
 * the virtual clock and truly wait side by side.
 */
export {
	archivesFor,
	createPythonRunner,
	type PythonRunner,
	type PythonRunnerOptions
} from './runner.ts';
export {
	loadInterpreter,
	type Interpreter,
	type InterpreterFiles,
	type LoadPyodide,
	type Watch
} from './interpreter.ts';
