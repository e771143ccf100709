import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Interpreter } from '#runners/python';
import { bootPython, missingPython, titled } from '../../python/interpreter.ts';
import { load, request, START } from '../../python/running.ts';

const TIMEOUT = 60_000;
const WHEELS = fileURLToPath(
	new URL('../../../node_modules/.cache/promenade/python', import.meta.url)
);

/** The wheel that the tab's library was made from; Python imports from it as it is. */
function findWheel(): string | undefined {
	if (!existsSync(WHEELS)) return undefined;
	const paths = readdirSync(WHEELS, { recursive: true }) as string[];
	const wheel = paths.find((path) => /prometheus_client-[^/]*\.whl$/.test(path));
	return wheel && join(WHEELS, wheel);
}

function hasPython3(): boolean {
	try {
		execFileSync('python3', ['-c', ''], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

/** Uses every kind of metric in every way. Where it prints, both must print the same. */
const OPERATIONS = `
from prometheus_client import *
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, StateSetMetricFamily
registry = CollectorRegistry(auto_describe=True, target_info={'env': 'test'})
kw = {'registry': registry}
c = Counter('requests_total', 'All "requests"\\nof today \\\\', ['method', 'path'], **kw)
plain = Counter('jobs', 'j', namespace='shop', subsystem='queue', unit='items', **kw)
g = Gauge('temperature', 'g', unit='celsius', **kw)
lg = Gauge('labelled', 'lg', ['a', 'b'], **kw)
h = Histogram('latency', 'h', ['route'], unit='seconds', buckets=[.1, .5, 1], **kw)
dh = Histogram('sizes', 'dh', **kw)
nh = Histogram('signed', 'nh', buckets=(-1, 0, 1), **kw)
s = Summary('payload', 's', ['kind'], **kw)
i = Info('build', 'i', **kw)
e = Enum('state', 'e', states=['idle', 'busy', 'gone'], **kw)
u = Gauge('my.dotted metric', 'utf-8', **kw)
class Custom:
    def collect(self):
        family = GaugeMetricFamily('custom', 'c', labels=['x'])
        family.add_metric(['1'], 4.5, timestamp=12.5)
        yield family
        yield HistogramMetricFamily('ready', 'r', buckets=[('1.0', 2), ('+Inf', 3)], sum_value=4)
        yield StateSetMetricFamily('set', 's', {'on': True, 'off': False})
registry.register(Custom())

def failing(work, says=str):
    try:
        work()
    except Exception as error:
        print(type(error).__name__, says(error))

def operations():
    c.labels('GET', '/').inc()
    c.labels(method='POST', path='/a"b\\n').inc(2.5)
    c.labels('GET', '/').inc(exemplar={'trace_id': 'abc'})
    c.labels('GET', 'naïve').inc(0)
    c.labels(7, None).inc()
    plain.inc(1e21)
    for _ in range(3): plain.inc(0.1)
    g.set(36.6); g.inc(); g.dec(0.4); g.set(-1e-9)
    g.inc(float('inf'))
    lg.labels('1', '2').set(float('nan'))
    lg.labels('x', 'y').set_to_current_time()
    lg.labels('f', 'f').set_function(lambda: 12)
    lg.labels('gone', '1').set(1); lg.remove('gone', '1')
    lg.labels('gone', '2').set(1); lg.labels('gone', '3').set(1); lg.remove_by_labels({'a': 'gone'})
    h.labels('/a').observe(.1); h.labels('/a').observe(.10000001, {'id': 'x'}); h.labels('/b').observe(99)
    for x in (.1, .2, .3): dh.observe(x)
    nh.observe(-5); nh.observe(.5)
    with h.labels('/t').time(): pass
    with dh.time() as t: pass
    s.labels('json').observe(3); s.labels('json').observe(.25); s.labels('xml')
    i.info({'version': '1.2', 'commit': 'a"b'})
    e.state('busy')
    u.set(3)
    @c.labels('GET', 'count').count_exceptions(ValueError)
    def raises(error): raise error
    failing(lambda: raises(ValueError('counted')))
    failing(lambda: raises(TypeError('not counted')))
    with g.track_inprogress(): pass
    failing(lambda: c.inc())
    failing(lambda: c.labels('one'))
    failing(lambda: c.labels(method='x'))
    failing(lambda: c.labels('a', path='b'))
    failing(lambda: plain.inc(-1))
    failing(lambda: plain.labels('x'))
    failing(lambda: e.state('none'), lambda error: '(worded by Python)')
    failing(lambda: i.info({'a': None}))
    failing(lambda: Counter('requests', 'again', **kw), lambda error: sorted(error.duplicates))
    failing(lambda: Histogram('bad', 'b', buckets=[2, 1]))
    failing(lambda: Gauge('__x', 'b', ['__y'], **kw))
    failing(lambda: plain.inc(1, {'too': 'x' * 130}))
    failing(lambda: g.inc('1'))
    failing(lambda: h.labels('/a').observe(None))
    r = Counter('reset', 'r', **kw); r.inc(5); r.reset(); r.inc(2)
    cl = Gauge('cleared', 'c', ['l'], **kw); cl.labels('a').set(1); cl.clear(); cl.labels('b').set(2)
    gone = Gauge('unregistered', 'x', **kw); registry.unregister(gone)
`;

const ACCEPTS = [
	'text/plain;version=0.0.4',
	'text/plain;version=1.0.0;escaping=allow-utf-8',
	'application/openmetrics-text;version=1.0.0;escaping=underscores'
];

/** Prints what the operations print, then the pages; what is made before the operations is made at 1000 s. */
const ON_THE_MACHINE = `
import sys, time, timeit
moment = 1000.0
time.time = lambda: moment
timeit.default_timer = lambda: 0.0
exec(compile(OPERATIONS, 'operations.py', 'exec'))
moment = float(sys.argv[1])
operations()
from prometheus_client.exposition import choose_encoder
for accept in ACCEPTS:
    encode, content_type = choose_encoder(accept)
    print(content_type)
    print(encode(registry).decode(), end='')
`;

const wheel = findWheel();
const missing =
	missingPython ||
	(wheel ? '' : 'the wheel of prometheus_client is not in the cache of the install') ||
	(hasPython3() ? '' : 'there is no python3');

function onTheMachine(moment: number): string {
	const data = `OPERATIONS = ${JSON.stringify(OPERATIONS)}\nACCEPTS = ${JSON.stringify(ACCEPTS)}\n`;
	return execFileSync('python3', ['-c', data + ON_THE_MACHINE, String(moment)], {
		encoding: 'utf8',
		env: { ...process.env, PYTHONPATH: wheel, PYTHONHASHSEED: '0', PYTHONIOENCODING: 'utf-8' }
	});
}

describe.skipIf(missing !== '')(
	missingPython ? titled('the library') : `the library${missing && ` (skipped: ${missing})`}`,
	{ timeout: TIMEOUT },
	() => {
		let interpreter: Interpreter;
		beforeAll(async () => {
			interpreter = await bootPython();
		}, TIMEOUT);

		const inTheTab = async (more: string) => {
			const { loaded, live, runner, metrics } = await load(interpreter, {
				'app.py': `${OPERATIONS}start_http_server(8000, registry=registry)\n${more}`
			});
			expect(loaded.problems).toEqual([]);
			const { output, problems } = await live([request(1, 0, { work: 250 })], 1000);
			expect(problems).toEqual([]);
			const lines = [...loaded.output, ...output].map(({ text }) => text);
			for (const accept of ACCEPTS) {
				lines.push((await runner.scrape(accept)).contentType, (await metrics(accept)).slice(0, -1));
			}
			return `${lines.join('\n')}\n`;
		};

		it('gives the same bytes as on a machine, at the top level', async () => {
			const page = await inTheTab('operations()\ndef handle(request): return 200');
			expect(page).toBe(onTheMachine(START / 1000));
			expect(page.length).toBeGreaterThan(10_000);
		});

		it('gives the same bytes as on a machine, in a handler that is ahead of the clock', async () => {
			const page = await inTheTab(
				'def handle(request):\n\tprocess_request(); operations()\n\treturn 200'
			);
			expect(page).toBe(onTheMachine((START + 250) / 1000));
		});
	}
);
