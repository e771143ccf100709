import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ARCHIVES } from '../../scripts/python/archives.ts';
import { downloadWheels } from '../../scripts/python/download.ts';
import { TARGET } from '../../scripts/python/install.ts';
import { isInstalled, readManifest, writeManifest } from '../../scripts/python/manifest.ts';
import type { InstalledPython } from '../../scripts/python/manifest.ts';
import { RUNTIME_FILES, startPyodide, type Interpreter } from '../../scripts/python/pyodide.ts';

const SCRIPTS = new URL('../../scripts/python/', import.meta.url);
/** Milliseconds, for a machine that is busy: nothing here takes two seconds on one that is not. */
const TIMEOUT = 60_000;

const manifest = readManifest(TARGET);
const missing = manifest?.installed ? '' : (manifest?.reason ?? 'it was never installed');

describe.skipIf(missing !== '')(
	`Python in static/python${missing && ` (skipped: ${missing})`}`,
	{ timeout: TIMEOUT },
	() => {
		const installed = manifest as InstalledPython;
		const folder = () => join(TARGET, installed.stamp);
		let python: Interpreter;
		const run = (code: string) => python.runPython(code);

		beforeAll(async () => {
			python = await startPyodide(folder(), { indexURL: folder() });
			run('import sys');
			for (const file of ['prometheus_client.zip', 'flask.zip']) importFrom(file);
		}, TIMEOUT);

		function importFrom(file: string): void {
			python.FS.writeFile(`/lib/${file}`, readFileSync(join(folder(), file)));
			run(`sys.path.append("/lib/${file}")`);
		}

		it('is listed in the manifest with its sizes and hashes', () => {
			const listed = installed.files.map(({ name }) => name);
			const archives = ARCHIVES.map(({ file }) => file);
			expect(listed.toSorted()).toEqual(
				[...RUNTIME_FILES, 'pyodide-lock.json', ...archives].toSorted()
			);
			for (const { name, bytes, brotli, sha256 } of installed.files) {
				const data = readFileSync(join(folder(), name));
				expect([name, data.length]).toEqual([name, bytes]);
				expect([name, createHash('sha256').update(data).digest('hex')]).toEqual([name, sha256]);
				expect(brotli).toBeLessThan(bytes);
			}
			expect(isInstalled(TARGET, installed.stamp)).toBe(true);
		});

		it('does not look for garbage while it starts', () => {
			expect(run('import gc; gc.isenabled()')).toBe(false);
			expect(run('sum(generation["collections"] for generation in gc.get_stats())')).toBe(0);
		});

		it('holds the pinned packages and the Python that the manifest names', () => {
			const pinned = readFileSync(new URL('requirements.txt', SCRIPTS), 'utf8').matchAll(
				/^(\S+)==(\S+) --hash=sha256:[0-9a-f]{64}$/gm
			);
			const normal = (name: string) => name.toLowerCase().replace('_', '-');
			expect(
				Object.fromEntries(installed.packages.map((p) => [normal(p.name), p.version]))
			).toEqual(
				Object.fromEntries([...pinned].map(([, name, version]) => [normal(name!), version]))
			);
			expect(run('sys.version.split()[0]')).toBe(installed.python);
			expect(run('import importlib.metadata as m; m.version("prometheus_client")')).toBe('0.26.0');
		});

		it('runs prometheus_client from byte code', () => {
			expect(run('import prometheus_client.metrics as m; m.__file__')).toBe(
				'/lib/prometheus_client.zip/prometheus_client/metrics.pyc'
			);
			expect(
				run(`
from prometheus_client import CollectorRegistry, Counter, generate_latest, disable_created_metrics
disable_created_metrics()
registry = CollectorRegistry()
orders = Counter("shop_orders", "Orders taken.", ["kind"], registry=registry)
orders.labels("gift").inc(2)
generate_latest(registry).decode()`)
			).toBe(
				'# HELP shop_orders_total Orders taken.\n' +
					'# TYPE shop_orders_total counter\n' +
					'shop_orders_total{kind="gift"} 2.0\n'
			);
		});

		it('keeps assertions, docstrings and the places in a traceback', () => {
			expect(run('bool(m.Counter.__doc__) and __debug__')).toBe(true);
			expect(
				run(`
import traceback
try:
    Counter("shop_visits", "Visits.", registry=registry).inc(-1)
except ValueError as error:
    frame = traceback.extract_tb(error.__traceback__)[-1]
(frame.filename, frame.name) == ("/lib/python3.14/site-packages/prometheus_client/metrics.py", "inc")`)
			).toBe(true);
		});

		it('answers a request with Flask', () => {
			expect(
				run(`
from flask import Flask
app = Flask("shop")

@app.get("/orders/<int:id>")
def order(id):
    return {"id": id}

@app.get("/hello")
def hello():
    from flask import render_template_string
    return render_template_string("Hello {{ name }}", name="<Ada>")

client = app.test_client()
" ".join(str(part) for path in ["/orders/17", "/hello", "/nowhere"]
    for part in [client.get(path).status_code, client.get(path).text.split("\\n")[0]])`)
			).toBe('200 {"id":17} 200 Hello &lt;Ada&gt; 404 <!doctype html>');
		});

		it('says of a package that is not there what any host would say', () => {
			expect(() => run('import numpy')).toThrow(/ModuleNotFoundError: No module named 'numpy'\n$/);
		});

		it('still has what help() and pdb import', () => {
			expect(run('import pydoc, pdb; "Counter" in pydoc.render_doc(m.Counter)')).toBe(true);
		});

		it('completes in the editor with jedi', () => {
			const jedi = readFileSync(join(folder(), 'jedi.zip'));
			python.unpackArchive(new Uint8Array(jedi).buffer, 'zip');
			expect(
				run(`
import jedi
code = 'from prometheus_client import Counter\\nCounter("a", "b", ["c"]).labels("d").in'
script = jedi.Script(code, path="app.py", environment=jedi.InterpreterEnvironment())
" ".join(completion.name for completion in script.complete())`)
			).toBe('inc');
		});

		it('packs the same source to the same byte code', () => {
			run(readFileSync(new URL('repack.py', SCRIPTS), 'utf8'));
			expect(
				run(`
with zipfile.ZipFile("/tmp/source.zip", "w") as source:
    source.writestr("shop/__init__.py", "assert __debug__\\nkinds = {'gift', 'book'}")
    source.writestr("shop/data.txt", "as it is")
    source.writestr("shop/fast.so", "for another machine")
part = {"path": "/tmp/source.zip", "prefix": "/lib/", "leave_out": [r"\\.so$"], "compile": True}
repack([part], "/tmp/one.zip")
repack([part], "/tmp/two.zip")
same = open("/tmp/one.zip", "rb").read() == open("/tmp/two.zip", "rb").read()
f"{same} {zipfile.ZipFile('/tmp/one.zip').namelist()}"`)
			).toBe("True ['shop/__init__.pyc', 'shop/data.txt']");
		});
	}
);

it('does not skip these tests for an error of our own', () => {
	expect(manifest && !manifest.installed ? manifest.trace : undefined).toBeUndefined();
});

describe('a machine that cannot install Python', () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'promenade-python-'));
	});
	afterEach(() => {
		vi.unstubAllEnvs();
		rmSync(folder, { recursive: true });
	});

	/** Puts programs of these names, and nothing else, where programs are looked for. */
	function onlyPrograms(programs: Record<string, string>): void {
		for (const [name, script] of Object.entries(programs)) {
			writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
			chmodSync(join(folder, name), 0o755);
		}
		vi.stubEnv('PATH', folder);
	}

	const download = () => downloadWheels('requirements.txt', join(folder, 'wheels'), '3.14');

	it('has no Python', () => {
		onlyPrograms({});
		expect(download).toThrow('there is no python3 whose pip could fetch prometheus_client');
	});

	it('has a Python without pip', () => {
		onlyPrograms({ python3: 'echo "/usr/bin/python3: No module named pip" >&2; exit 1' });
		expect(download).toThrow('python3 has no pip');
	});

	it('has no network', () => {
		onlyPrograms({
			python3:
				'echo "WARNING: Retrying" >&2; echo "ERROR: No matching distribution found for flask==3.1.3" >&2; exit 1'
		});
		expect(download).toThrow(
			'pip could not fetch the packages (No matching distribution found for flask==3.1.3)'
		);
	});

	it('fetches once, and again after a download that broke off', () => {
		const fetching = 'while [ "$1" != --dest ]; do shift; done; /bin/mkdir "$2"; : > "$2/a.whl"';
		onlyPrograms({ python3: `${fetching}; exit 1` });
		expect(download).toThrow('it did not say why');
		onlyPrograms({ python3: fetching });
		expect(download()).toEqual([join(folder, 'wheels/a.whl')]);
		onlyPrograms({ python3: 'exit 1' });
		expect(download()).toEqual([join(folder, 'wheels/a.whl')]);
	});
});

describe('isInstalled', () => {
	const stamp = 'abc';
	const installed: InstalledPython = {
		installed: true,
		stamp,
		pyodide: '1',
		python: '3.14.2',
		packages: [],
		files: [{ name: 'a.zip', bytes: 3, brotli: 2, sha256: '' }]
	};
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'promenade-python-'));
		mkdirSync(join(folder, stamp));
		writeFileSync(join(folder, stamp, 'a.zip'), 'zip');
		writeManifest(folder, installed);
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	it('holds for a whole install of that stamp', () => {
		expect(isInstalled(folder, stamp)).toBe(true);
		expect(isInstalled(folder, 'abd')).toBe(false);
	});

	it('does not hold when a file was cut short or is gone', () => {
		writeFileSync(join(folder, stamp, 'a.zip'), 'zi');
		expect(isInstalled(folder, stamp)).toBe(false);
		rmSync(join(folder, stamp, 'a.zip'));
		expect(isInstalled(folder, stamp)).toBe(false);
	});

	it('does not hold without a manifest that can be read', () => {
		writeFileSync(join(folder, 'manifest.json'), '{');
		expect(isInstalled(folder, stamp)).toBe(false);
		writeManifest(folder, { installed: false, reason: 'there is no python3' });
		expect(isInstalled(folder, stamp)).toBe(false);
	});
});
