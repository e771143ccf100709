import { expect, test, type Page } from '@playwright/test';
import { WAYS_IN_JAVASCRIPT, watchOutside } from './outside.ts';
import { missingPython, PythonLab, SHOP_PY } from './python-lab.ts';

// Python is brought by pip at npm ci. A machine without pip has none, and what the site says then is tested in sandbox-python.spec.ts.
test.skip(missingPython !== '', `there is no Python: ${missingPython}`);

let lab: PythonLab;

test.beforeEach(async ({ page }) => {
	lab = new PythonLab(page);
	await lab.open();
});

const NOTHING = { problems: [], output: [] };
const APP_TS = 'export const handle = () => ({ status: 204 });';

test('a service in Python is scraped and can be queried', async () => {
	expect(await lab.start({ 'app.py': SHOP_PY })).toEqual(NOTHING);
	expect(await lab.values('up{job="shop"}')).toEqual([1, 1]);
	expect(await lab.values('sum(http_requests_total) > bool 1000')).toEqual([1]);
	expect(await lab.values('sum(rate(http_request_duration_seconds_count[1m])) > bool 40')).toEqual([
		1
	]);
	expect(await lab.problems()).toEqual([]);
});

test('its download is told from its first byte to its last', async () => {
	await lab.start({ 'app.py': SHOP_PY });
	const told = await lab.downloads();
	expect(told[0]).toBe(0);
	expect(told.at(-1)).toBe(1);
	expect(told).toEqual(told.toSorted((a, b) => a - b));
	expect(told.length).toBeGreaterThan(5);
});

test('start_http_server(8000) answers at localhost:8000, and a server elsewhere at its port', async () => {
	const program = `${SHOP_PY}\nstart_http_server(9100)\n`;
	const config = `
scrape_configs:
  - job_name: app
    scrape_interval: 15s
    static_configs:
      - targets: ['localhost:8000', 'shop-2:9100', 'localhost:9200']
`;
	expect(await lab.start({ 'app.py': program }, config)).toEqual(NOTHING);
	expect(await lab.values('up{instance=~"localhost:8000|shop-2:9100"}')).toEqual([1, 1]);
	expect(await lab.values('up{instance="localhost:9200"}')).toEqual([0]);
});

test('a deployment may change the language, and change it back', async () => {
	await lab.start({ 'app.ts': APP_TS });
	expect(await lab.deploy({ 'app.py': SHOP_PY })).toEqual(NOTHING);
	await lab.skip(30_000);
	expect(await lab.values('count(http_requests_total) > bool 1')).toEqual([1]);
	expect(await lab.deploy({ 'app.ts': APP_TS })).toEqual(NOTHING);
	await lab.skip(30_000);
	expect(await lab.values('http_requests_total')).toEqual([]);
	expect(await lab.values('up{job="shop"}')).toEqual([1, 1]);
});

test('Flask is brought when a program imports it', async () => {
	const program = `
from flask import Flask
from prometheus_client import Counter, make_wsgi_app
from werkzeug.middleware.dispatcher import DispatcherMiddleware

app = Flask(__name__)
requests = Counter("flask_requests", "Requests.")

@app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
@app.route("/<path:path>", methods=["GET", "POST"])
def anything(path):
    requests.inc()
    return "ok"

app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/metrics": make_wsgi_app()})
`;
	expect(await lab.start({ 'app.py': program })).toEqual(NOTHING);
	expect(await lab.values('sum(flask_requests_total) > bool 1000')).toEqual([1]);
});

test('a loop without end is stopped with its line, and the next deployment works', async () => {
	await lab.start({ 'app.py': SHOP_PY });
	const endless = SHOP_PY.replace('status = 500\n', 'status = 500\n    while True: pass\n');
	expect(await lab.deploy({ 'app.py': endless })).toEqual(NOTHING);
	await lab.skip(1_000);
	const problems = await lab.problems();
	expect(problems[0]).toMatchObject({ file: 'app.py', line: lineOf(endless, 'while True') });
	expect(problems[0]?.message).toMatch(/^handle\(\) took longer than 3 seconds and was stopped/);
	expect(await lab.deploy({ 'app.py': SHOP_PY })).toEqual(NOTHING);
	await lab.skip(30_000);
	expect(await lab.values('up{job="shop"}')).toEqual([1, 1]);
});

test('one long instruction is ended from outside, and what ran before runs on', async () => {
	await lab.start({ 'app.py': SHOP_PY });
	const { problems } = await lab.deploy({ 'app.py': `${SHOP_PY}\nsum(range(10**12))\n` });
	expect(problems[0]?.message).toMatch(/^loading the code took longer than .* was stopped/);
	await lab.skip(30_000);
	expect(await lab.values('up{job="shop"}')).toEqual([1, 1]);
});

function lineOf(text: string, part: string): number {
	return text.slice(0, text.indexOf(part)).split('\n').length;
}

/** Ways out of Python that have worked elsewhere, as expressions. Each must raise, or be None. */
const WAYS_OUT = [
	'__import__("js")',
	'__import__("js").fetch(URL)',
	'__import__("js").XMLHttpRequest.new().open("GET", URL)',
	'__import__("js").document',
	'__import__("js").document.cookie',
	'__import__("js").cookieStore.set("way-out", "1")',
	'__import__("js").indexedDB.open("way-out")',
	'__import__("js").caches.open("way-out")',
	'__import__("js").localStorage.setItem("way-out", "1")',
	'__import__("js").postMessage("hello")',
	'__import__("pyodide")',
	'__import__("pyodide.http").http.open_url(URL).read()',
	'asyncio.run(__import__("pyodide.http").http.pyfetch(URL))',
	'__import__("pyodide.code").code.run_js("fetch")(URL)',
	'__import__("pyodide.ffi")',
	'__import__("_pyodide_core")',
	'__import__("pyodide_js")',
	'__import__("micropip")',
	'importlib.import_module("js")',
	'importlib.util.find_spec("pyodide_js")',
	'sys.modules["js"]',
	'sys.modules["pyodide"].http',
	'__import__("_imp").create_builtin(importlib.machinery.ModuleSpec("_pyodide_core", None)).to_js([1]).constructor',
	'[c for c in object.__subclasses__() if "Windows" in str(c)][0].find_spec.__globals__["jsfinder"].jsproxies["js"]',
	'__import__("urllib.request").request.urlopen(URL).read()',
	'__import__("http.client").client.HTTPConnection(URL[7:-1]).request("GET", "/")',
	'__import__("socket").create_connection(("127.0.0.1", 80))',
	'__import__("_socket").socket().connect(("127.0.0.1", 80))',
	'__import__("ctypes").CDLL(None)',
	'__import__("webbrowser").open(URL) or None',
	'__import__("os").system("true")',
	'open("/lib/python_stdlib.zip")'
];

/** Of bridge/host.py: from there on the interpreter's own ways to JavaScript are closed. */
const SEALING = 'restore_seal = seal()';

/**
 * Lets threads of Python boot without that, as if somebody had found a way around it: then only the thread itself is a wall. The
 * lab's thread makes them, so it is given a `Worker` that changes their text.
 */
async function leaveUnsealed(page: Page): Promise<void> {
	await page.route(/\/lab\.worker[^/]*\.js$/, async (route) => {
		const response = await route.fetch();
		const body = `${UNSEALED_WORKER}\n${await response.text()}`;
		await route.fulfill({ response, body });
	});
}

const UNSEALED_WORKER = `{
	const RealWorker = Worker;
	globalThis.Worker = function (url, options) {
		if (!String(url).includes('python.worker')) return new RealWorker(url, options);
		const request = new XMLHttpRequest();
		request.open('GET', url, false);
		request.send();
		const text = request.responseText.replace('${SEALING}', 'restore_seal = lambda: None');
		if (text === request.responseText) throw new Error('the bridge has no ${SEALING}');
		const script = new Blob([text], { type: 'text/javascript' });
		return new RealWorker(URL.createObjectURL(script), options);
	};
}`;

/**
 * What somebody then has in hand who knows Pyodide's insides: its API and its module, objects of JavaScript, through the functions
 * of an import finder.
 */
const INSIDE = `
finder = next(cls for cls in object.__subclasses__() if cls.__name__ == "WindowsToLinuxPathFinder")
inside = finder.find_spec.__func__.__globals__["jsfinder"].jsproxies
api, scope, module = inside["pyodide_js"], inside["js"], inside["pyodide_js"]._module
print("inside" if module.HEAPU8.length > 0 else "outside")

def script(code):
    return module.stringToNewUTF8(code.replace("ADDRESS", repr(URL)))
`;

/** JavaScript, run as Emscripten runs it for a program, and as functions of Pyodide's make it. */
const RUN_BY_MODULE = WAYS_IN_JAVASCRIPT.flatMap((way) => {
	const code = JSON.stringify(way.replaceAll('$', ''));
	return [
		`module._emscripten_run_script_string(script(${code}))`,
		`module.constructor.constructor("return " + ${code}.replace("ADDRESS", repr(URL)))()`
	];
});

const WAYS_FURTHER = [
	...['fetch', 'XMLHttpRequest', 'WebSocket', 'indexedDB', 'caches', 'document', 'navigator'],
	...['importScripts', 'postMessage', 'BroadcastChannel', 'Worker', 'cookieStore', 'location']
]
	.map((name) => `getattr(scope, "${name}", None)`)
	.concat(RUN_BY_MODULE, [
		'module.stringToNewUTF8.constructor("return 1")()',
		'api.loadPackage.constructor("return 1")()',
		'module._emscripten_run_script(script("fetch(ADDRESS)"))',
		'module._emscripten_run_script_int(script("1"))',
		'module.readAsync(URL)',
		'module.readBinary(URL)',
		'module.loadDynamicLibrary(URL + "x.so")',
		'api.loadPackage(URL + "x.whl")',
		'api.FS.filesystems.IDBFS.indexedDB()',
		'module.FS_createLazyFile("/tmp", "x", URL, True, False).contents.length'
	]);

/** A program that tries each way and counts those that are open. */
function attempts(url: string, ways: readonly string[], before = ''): string {
	const tries = ways.map((way) => `attempt(${JSON.stringify(way)}, lambda: ${way})`).join('\n');
	return `
import asyncio, importlib.util, os, sys
from prometheus_client import start_http_server
start_http_server(8000)
URL = ${JSON.stringify(url)}
${before}
open_ways = 0

def attempt(way, try_it):
    global open_ways
    try:
        found = try_it()
    except BaseException:
        return
    if found is not None and str(found) not in ("undefined", "0", "False"):
        open_ways += 1
        print("a way out:", way, "is", found)

${tries}
print(open_ways, "of ${ways.length} ways are open")

def handle(request):
    return 200
`;
}

/** Runs a program that tries these ways, and gives what it prints. Nothing may have come of it outside. */
async function tryOut(page: Page, ways: readonly string[], before?: string): Promise<string[]> {
	const outside = await watchOutside(page);
	try {
		const { output } = await lab.start({ 'app.py': attempts(outside.url, ways, before) });
		await outside.expectUntouched();
		expect(lab.foreign).toEqual([]);
		return output.map(({ text }) => text);
	} finally {
		outside.close();
	}
}

test('Python has no way to the network, to storage, or to the page', async ({ page }) => {
	expect(await tryOut(page, WAYS_OUT)).toEqual([`0 of ${WAYS_OUT.length} ways are open`]);
});

test('nor has Python that holds the insides of its interpreter in hand', async ({ page }) => {
	await leaveUnsealed(page);
	await lab.open();
	expect(await tryOut(page, WAYS_FURTHER, INSIDE)).toEqual([
		'inside',
		`0 of ${WAYS_FURTHER.length} ways are open`
	]);
});
