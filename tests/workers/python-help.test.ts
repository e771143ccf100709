import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PythonAnswers } from '../../src/lib/editor/python-help-answers.ts';
import { placeIn } from '../../src/lib/editor/python-source.ts';
import { loadPythonHelp, type PythonHelp } from '../../src/workers/python-help-thread.ts';
import { TARGET } from '../../scripts/python/install.ts';
import { readManifest } from '../../scripts/python/manifest.ts';
import { missingPython, titled } from '../python/interpreter.ts';

const TIMEOUT = 60_000;
const SHOP = readFileSync(
	new URL('../../src/runners/python/bridge/shop.py', import.meta.url),
	'utf8'
);
const METRICS = `from prometheus_client import Counter, Histogram, start_http_server
REQUEST_COUNT = Counter("requests_total", "Requests.", ["path"])
SECONDS = Histogram("seconds", "Seconds.", ["path"])
`;

let help: PythonHelp;
/** The file system of its interpreter. */
let disk: { analyzePath(path: string): { readonly exists: boolean } };

async function boot(): Promise<PythonHelp> {
	const manifest = readManifest(TARGET);
	if (!manifest?.installed) throw new Error(missingPython);
	const folder = join(TARGET, manifest.stamp);
	const { loadPyodide } = await import(pathToFileURL(join(folder, 'pyodide.mjs')).href);
	return loadPythonHelp({
		async loadPyodide(options) {
			const pyodide = await loadPyodide(options);
			disk = pyodide.FS;
			return pyodide;
		},
		indexURL: `${folder}/`,
		fetchFile: async (name) => new Uint8Array(readFileSync(join(folder, name)))
	});
}

/** Asks about the place where the program has its last bar. */
function ask<Kind extends 'complete' | 'signatures' | 'hover'>(
	kind: Kind,
	program: string,
	others: Record<string, string> = {}
): PythonAnswers[Kind] {
	const at = program.lastIndexOf('|');
	const [before, after] = [program.slice(0, at), program.slice(at + 1)];
	const lines = before.split('\n');
	const source = { file: 'app.py', others: () => others };
	const place = placeIn(source, before + after, lines.length, lines.at(-1)!.length + 1);
	return JSON.parse(help.answer(JSON.stringify({ kind, ...place })));
}

function describeName(program: string, name: string): PythonAnswers['describe'] {
	const { number, items } = ask('complete', program)!;
	const index = items.findIndex((item) => item.name === name);
	return JSON.parse(help.answer(JSON.stringify({ kind: 'describe', number, index })));
}

const names = (program: string, others?: Record<string, string>) =>
	ask('complete', program, others)!.items.map(({ insert }) => insert);
const publicNames = (program: string, others?: Record<string, string>) =>
	names(program, others).filter((name) => !name.startsWith('_'));
const calls = (program: string) =>
	ask('signatures', program)!.map(({ name, params, active }) => ({ name, params, active }));

describe.skipIf(missingPython !== '')(titled('help with Python'), { timeout: TIMEOUT }, () => {
	beforeAll(async () => {
		help = await boot();
	}, TIMEOUT);

	describe('completes', () => {
		it.each([
			['names to import', 'from prometheus_client import |', ['Counter', 'Histogram', 'Summary']],
			['what a metric can do', `${METRICS}REQUEST_COUNT.|`, ['labels', 'inc', 'count_exceptions']],
			['what a child can do', `${METRICS}SECONDS.labels("/").|`, ['observe', 'time']],
			['what time() gives', `${METRICS}with SECONDS.time() as t:\n    t.|`, ['labels']],
			['names of parameters', `${METRICS}Counter("a", "b", la|`, ['labelnames=']],
			['names of Flask', 'from flask import Flask\napp = Flask("a")\n@app.|', ['route']],
			['the request of Flask', 'from flask import request\nrequest.|', ['args', 'method']],
			['the standard library', 'import asyncio\nasyncio.sl|', ['sleep']],
			['modules', 'import pro|', ['prometheus_client']],
			['what the tab adds', 'proc|', ['process_request']],
			['keywords', 'whi|', ['while']],
			['inside of an f-string', 'import math\nx = f"{math.p|}"', ['pi']],
			['after characters of two code units', 'import math\nx = "🙂🙂", math.p|', ['pi']]
		])('%s', (_, program, expected) => {
			expect(names(program)).toEqual(expect.arrayContaining(expected));
		});

		it('private names last', () => {
			const found = names(`${METRICS}REQUEST_COUNT.|`);
			const first = found.findIndex((name) => name.startsWith('_'));
			expect(first).toBeGreaterThan(5);
			expect(found.slice(first).every((name) => name.startsWith('_'))).toBe(true);
		});

		it.each([
			['a string', 'x = "math.|"'],
			['a string that is not closed yet', 'x = "math.|'],
			['a docstring', 'import math\n"""\nmath.|\n"""'],
			['a docstring that is not closed yet', 'import math\n"""\nmath.|\n'],
			['the text of an f-string', 'import math\nx = f"math.|"'],
			['a remark', 'import math\n# math.|'],
			['a remark behind code', 'import math\nx = 3  # math.|\ny = 4'],
			['a number', 'x = 0.|'],
			['a new name', 'import math as m|']
		])('nothing inside of %s', (_, program) => {
			expect(names(program)).toEqual([]);
		});

		it('nothing that the package has only for its demonstration', () => {
			expect(publicNames('from prometheus_client import |')).not.toContain('c');
		});

		it('what stands in the other files, as they are now', () => {
			const program = 'import store\nstore.|';
			expect(publicNames(program, { 'store.py': 'orders = 3\n' })).toEqual(['orders']);
			expect(publicNames(program, { 'store.py': 'carts = 3\n' })).toEqual(['carts']);
			expect(publicNames(program)).toEqual([]);
		});
	});

	describe('knows the request', () => {
		const REQUEST = ['endpoint', 'method', 'path', 'user_id'];

		it.each([
			['of handle()', 'def handle(request):\n    request.|'],
			['by whatever name', 'def handle(r):\n    r.|\n    return 200'],
			['of a coroutine', 'async def handle(request):\n    request.|'],
			['of a function with a decorator', '@print\ndef handle(request):\n    request.|'],
			['inside of a block', 'def handle(request):\n    try:\n        if request.|\n']
		])('%s', (_, program) => {
			expect(publicNames(program)).toEqual(REQUEST);
		});

		it.each([
			['another function', 'def other(request):\n    request.|'],
			['another parameter', 'def handle(a, request):\n    request.|'],
			['a method', 'class A:\n    def handle(self):\n        self.|']
		])('and not that of %s', (_, program) => {
			expect(publicNames(program)).not.toContain('endpoint');
		});

		it('unless it is said to be something else', () => {
			expect(names('def handle(request: str):\n    request.|')).toContain('upper');
		});

		it('as the shop makes it', () => {
			const made = publicNames(`${SHOP}\nRequest().|`);
			expect(publicNames('from shop import Request\nRequest().|')).toEqual(made);
			const [real, told] = [SHOP, ''].map((text) => ask('hover', `${text}\nprocess_re|quest()`)!);
			expect(told!.text).toBe(real!.text);
			expect(publicNames('from shop import |').toSorted()).toEqual([
				'Request',
				'ShopError',
				'process_request'
			]);
		});
	});

	describe('shows how to call', () => {
		const COUNTER = [
			'name: str',
			'documentation: str',
			'labelnames: Iterable[str]=()',
			"namespace: str=''",
			"subsystem: str=''",
			"unit: str=''",
			'registry: Optional[CollectorRegistry]=REGISTRY'
		];

		it.each([
			['a class', `${METRICS}Counter(|`, 'Counter', 0],
			['its second parameter', `${METRICS}Counter("a", |`, 'Counter', 1],
			['a parameter by its name', `${METRICS}Counter("a", unit=|`, 'Counter', 5],
			['a parameter that there is not', `${METRICS}Counter("a", buckets=|`, 'Counter', null],
			['what has another name', `${METRICS}Zähler = Counter\nZähler(|`, 'Zähler', 0]
		])('%s', (_, program, name, active) => {
			expect(calls(program)).toEqual([{ name, params: COUNTER, active }]);
		});

		it('a function by the name it is called by', () => {
			const [call] = calls(`${METRICS}start_http_server(|`);
			expect(call).toMatchObject({ name: 'start_http_server', active: 0 });
			expect(call!.params[0]).toBe('port: int');
		});

		it('nothing where nothing is called', () => {
			expect(calls('x = (1, |')).toEqual([]);
		});
	});

	describe('explains', () => {
		it.each([
			['a class', `${METRICS}Histo|gram`, /^class Histogram\(name: str, .*buckets: /],
			['an object', `${METRICS}REQUEST_CO|UNT`, /^REQUEST_COUNT: Counter$/],
			['a method', `${METRICS}SECONDS.obs|erve`, /^def observe\(amount: float, .*\) -> None$/],
			['an alias', `${METRICS}start_http_ser|ver`, /^def start_http_server\(port: int, /],
			['a module', 'import ti|me', /^module time$/],
			['a parameter', 'def handle(re|quest): ...', /^request: Request$/],
			['each way to call', 'pri|nt', /^def print\(.*\n*def print\(/]
		])('%s', (_, program, code) => {
			const found = ask('hover', program)!;
			expect(found.code).toMatch(code);
			expect(found.text).toMatch(/\w{3}/);
		});

		it('with the span of the name, in code points', () => {
			const found = ask('hover', 'x = "🙂"; pri|nt()');
			expect(found).toMatchObject({ column: 9, endColumn: 14 });
		});

		it.each([
			['a keyword', 'whi|le 1: ...'],
			['a string', 'x = "ab|c"'],
			['what nobody knows', 'not_th|ere']
		])('nothing about %s', (_, program) => {
			expect(ask('hover', program)).toBeNull();
		});

		it('an entry of the last list, and of no other', () => {
			const about = describeName(`${METRICS}REQUEST_COUNT.|`, 'inc');
			expect(about!.code).toMatch(/^def inc\(amount: float=1, /);
			expect(about!.text).toBe('Increment counter by the given amount.');
			const { number } = ask('complete', 'pri|')!;
			ask('complete', 'whi|');
			const late = help.answer(JSON.stringify({ kind: 'describe', number, index: 0 }));
			expect(late).toBe('null');
		});
	});

	it.each([
		['signs without end', `x = ${'-'.repeat(5000)}1\nx.|`],
		['brackets without end', `x = ${'['.repeat(2000)}|`],
		['brackets within brackets', `x = ${'['.repeat(600)}${']'.repeat(600)}\nx.|`],
		['as many brackets as it takes on', `x = ${'['.repeat(50)}${']'.repeat(50)}\nx.|`],
		['half a surrogate', '\ud800.|'],
		['a name of itself', 'a = b\nb = a\na.|'],
		['a class of itself', 'class A(A): ...\nA().|'],
		['a file that imports itself', 'from app import *\nimport app\napp.|']
	])('comes to an end with %s, and answers on', (_, program) => {
		ask('complete', program);
		expect(names('whi|')).toEqual(['while']);
	});

	const chain = (link: string, times: number) => `x = ${link.repeat(times)}1\nx.|`;

	it.each([
		['a condition in a condition', chain('1 if y else ', 51)],
		['a power of a power', chain('2 ** ', 51)],
		['a condition in a condition on many lines', chain('1 if y else \\\n', 51)],
		['a call in each condition', chain('f(a, b) if y else ', 51)]
	])('has no answer that would take long: %s', (_, program) => {
		expect(ask('complete', program)).toBeNull();
	});

	it.each([
		['fifty conditions', chain('1 if y else ', 50)],
		['many conditions one after the other', `${'x = 1 if y else 2\n'.repeat(60)}x.|`],
		['many conditions side by side', `x = [${'1 if y else 2, '.repeat(60)}]\nx[0].|`],
		['many branches', `${'if y:\n    x = 1\nelse:\n    x = 2\n'.repeat(60)}x.|`]
	])('answers with %s', (_, program) => {
		expect(names(program)).toContain('real');
	});

	it('imports nothing that a program imports', () => {
		// Imported, it would be explained by its docstring; jedi's stub has none.
		expect(ask('hover', 'import wa|ve')).toMatchObject({ code: 'module wave', text: '' });
		expect(ask('hover', 'import ti|me')!.text).not.toBe('');
	});

	/** A module that leaves a trace when it is run. */
	const TRACE = `open("/tmp/ran", "w").close()\nnames = 3\n`;
	/** What jedi asks numpydoc about, where there is one. */
	const NUMPY =
		'def f(x):\n    """F.\n\n    Parameters\n    ----------\n    x : int\n    """\n    x.|';

	it.each([
		['numpydoc.py', NUMPY],
		['numpydoc.py', 'import numpydoc\nnumpydoc.|'],
		['../../lib/help/numpydoc.py', NUMPY],
		['/lib/python3.14/site-packages/numpydoc.py', NUMPY]
	])('runs nothing of a program, not even a %s', (name, program) => {
		ask('complete', program, { [name]: TRACE });
		ask('hover', program, { [name]: TRACE });
		expect(disk.analyzePath('/tmp/ran').exists).toBe(false);
		expect(names('whi|')).toEqual(['while']);
	});

	it.each(['js', 'pyodide_js', 'pyodide', 'pyodide.ffi', '_pyodide_core', '_pyodide'])(
		'knows nothing of %s, from which JavaScript could be reached',
		(name) => {
			expect(publicNames(`import ${name}\n${name}.|`)).toEqual([]);
		}
	);
});
