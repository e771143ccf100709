import { expect, test } from '@playwright/test';
import { missingPython, PythonLab, SHOP_PY } from './python-lab.ts';

// Python is brought by pip at npm ci. A machine without pip has none, and what the site says then is tested in sandbox-python.spec.ts.
test.skip(missingPython !== '', `there is no Python: ${missingPython}`);

/** One tab for all, deployment after deployment: what a mistake leaves behind would be the next one's. */
let lab: PythonLab;

/** Each instance has chance of its own, and the same one after each deployment. */
const DRAWING = 'import random\nprint(random.random())';
let unlucky: string | undefined;
let lucky: string | undefined;

test.beforeAll(async ({ browser }) => {
	lab = new PythonLab(await browser.newPage());
	await lab.open();
	const { problems, output } = await lab.start({ 'app.py': ending(DRAWING) });
	expect(problems).toEqual([]);
	[unlucky, lucky] = output.map(({ text }) => text);
});

const NOTHING = { problems: [], output: [] };
/** Virtual time in which each target is scraped once, ms. */
const A_SCRAPE = 15_000;

/** The shop, with these lines after everything else. */
const ending = (lines: string) => `${SHOP_PY}\n${lines}\n`;

/** The shop, with these lines where each request is handled. */
const handling = (lines: string) =>
	SHOP_PY.replace('    status = 500\n', `    status = 500\n${lines.replace(/^/gm, '    ')}\n`);

function lineOf(text: string, part: string): number {
	return text.slice(0, text.lastIndexOf(part)).split('\n').length;
}

const UP = { shop: 'sort(up{job="shop"})', payments: 'up{job="payments"}' };

async function isUp(shop: readonly number[] = [1, 1]): Promise<void> {
	await lab.skip(A_SCRAPE);
	expect(await lab.values(UP.shop)).toEqual(shop);
	expect(await lab.values(UP.payments)).toEqual([1]);
}

/** What comes next is as if nothing had been: it loads without a word, is scraped, and counts. */
async function nextWorks(): Promise<void> {
	expect(await lab.deploy({ 'app.py': SHOP_PY })).toEqual(NOTHING);
	await isUp();
	expect(await lab.values('count(http_requests_total) > bool 1')).toEqual([1]);
}

/** What was said while something was done. */
async function saidIn(doing: () => Promise<unknown>) {
	const before = await lab.problems();
	await doing();
	return (await lab.problems()).slice(before.length);
}

interface Mistake {
	readonly name: string;
	readonly program: string;
	/** How the message begins. */
	readonly says: string;
	/** The last line with this text is where it is. */
	readonly at: string;
}

const STOPPED = 'took longer than 3 seconds and was stopped: it was still in this line. ';

const WHEN_LOADED: readonly Mistake[] = [
	{
		name: 'a loop without end',
		program: ending('while True: pass'),
		says: `loading the code ${STOPPED}Make sure that the loop comes to an end`,
		at: 'while True'
	},
	{
		name: 'a list that grows for ever',
		program: ending('rows = [0]\nwhile True:\n    rows = rows * 10'),
		says: 'MemoryError: the program wants more memory than there is, so keep less',
		at: 'rows * 10'
	},
	{
		name: 'a list that is too long from the start',
		program: ending('rows = [0] * 10**9'),
		says: 'MemoryError: the program wants more memory than there is, so keep less',
		at: 'rows ='
	},
	{
		name: 'a recursion without end',
		program: ending('def depth(n):\n    return depth(n + 1)\n\ndepth(0)'),
		says: 'RecursionError: maximum recursion depth exceeded: the function calls itself without an end',
		at: 'return depth'
	},
	{
		name: 'a package that is not here',
		program: ending('import numpy'),
		says: "ModuleNotFoundError: No module named 'numpy': here you can import prometheus_client, flask, shop,",
		at: 'import numpy'
	},
	{
		name: 'input()',
		program: ending('name = input("Your name? ")'),
		says: 'RuntimeError: input() has nobody to ask: a service runs unattended. Put the value into the code',
		at: 'input('
	},
	{
		name: 'os._exit(1)',
		program: ending('import os\nos._exit(1)'),
		says: 'RuntimeError: os._exit() would end the program, and a service stays up: ',
		at: 'os._exit'
	},
	{
		name: 'sys.exit()',
		program: ending('import sys\nsys.exit()'),
		says: 'SystemExit: the program ended itself, and a service stays up: take the call of exit() away',
		at: 'sys.exit'
	},
	{
		name: 'a registry that is used after it was deleted',
		program: ending(
			'from prometheus_client import REGISTRY\ndel REGISTRY\nstart_http_server(9000, registry=REGISTRY)'
		),
		says: "NameError: name 'REGISTRY' is not defined",
		at: '9000'
	},
	{
		name: 'a syntax error',
		program: ending('if True\n    pass'),
		says: "SyntaxError: expected ':'",
		at: 'if True'
	},
	{
		name: 'a tab among spaces',
		program: ending('def helper():\n    one = 1\n\ttwo = 2'),
		says: 'TabError: inconsistent use of tabs and spaces in indentation',
		at: 'two = 2'
	},
	{
		name: 'a metric that is made twice',
		program: ending('Counter("http_requests_total", "Again")'),
		says: 'prometheus_client.registry.DuplicateTimeseries: Duplicated timeseries in CollectorRegistry: {',
		at: 'Again'
	}
];

for (const { name, program, says, at } of WHEN_LOADED) {
	test(`${name}, when it is loaded: what ran before runs on`, async () => {
		const { problems } = await lab.deploy({ 'app.py': program });
		expect(problems[0]).toMatchObject({ file: 'app.py', line: lineOf(program, at) });
		expect(problems[0]?.message.slice(0, says.length)).toBe(says);
		await isUp();
		await nextWorks();
	});
}

const WHEN_HANDLED: readonly Mistake[] = [
	{
		name: 'a recursion without end',
		program: handling('def depth(n):\n    return depth(n + 1)\ndepth(0)'),
		says: 'RecursionError: maximum recursion depth exceeded (in handle, for ',
		at: 'return depth'
	},
	{
		name: 'a list that is too long',
		program: handling('rows = [0] * 10**9'),
		says: 'MemoryError (in handle, for ',
		at: 'rows ='
	}
];

for (const { name, program, says, at } of WHEN_HANDLED) {
	test(`${name}, when a request is handled: the user gets a 500, and the service stays up`, async () => {
		expect(await lab.deploy({ 'app.py': program })).toEqual(NOTHING);
		const [problem] = await saidIn(() => isUp());
		expect(problem).toMatchObject({ file: 'app.py', line: lineOf(program, at) });
		expect(problem?.message.slice(0, says.length)).toBe(says);
		expect(await lab.values('sum(http_requests_total{status!="500"})')).toEqual([]);
		await nextWorks();
	});
}

test('a loop without end in one of two instances takes only that one down', async () => {
	expect(unlucky).not.toBe(lucky);
	const program = `import random\nluck = random.random()\n${handling(`while luck == ${unlucky}: pass`)}`;
	expect(await lab.deploy({ 'app.py': program })).toEqual(NOTHING);
	const [problem] = await saidIn(() => isUp([0, 1]));
	expect(problem).toMatchObject({ file: 'app.py', line: lineOf(program, 'while luck') });
	expect(problem?.message).toBe(`handle() ${STOPPED}Make sure that the loop comes to an end`);
	await nextWorks();
});

test('a registry that is None fails each scrape, and says so', async () => {
	const program = SHOP_PY.replace(
		'start_http_server(8000)',
		'start_http_server(8000, registry=None)'
	);
	expect(await lab.deploy({ 'app.py': program })).toEqual(NOTHING);
	const [problem] = await saidIn(() => isUp([0, 0]));
	expect(problem?.message).toBe(
		"AttributeError: 'NoneType' object has no attribute 'collect' (while /metrics was made)"
	);
	await nextWorks();
});

test('a registry from which all was taken is an empty page, and nothing counts', async () => {
	const program = ending(
		'from prometheus_client import REGISTRY\nfor one in list(REGISTRY._collector_to_names):\n    REGISTRY.unregister(one)'
	);
	expect(await lab.deploy({ 'app.py': program })).toEqual(NOTHING);
	await isUp();
	expect(await lab.values('scrape_samples_scraped{job="shop"}')).toEqual([0, 0]);
	await nextWorks();
});

test('the name of the registry is not the registry: without it everything goes on', async () => {
	const program = ending(
		'import prometheus_client\ndel prometheus_client.REGISTRY\nprometheus_client.registry.REGISTRY = None'
	);
	expect(await lab.deploy({ 'app.py': program })).toEqual(NOTHING);
	await isUp();
	expect(await lab.values('count(http_requests_total) > bool 1')).toEqual([1]);
});

test('the same program twice is no mistake', async () => {
	await nextWorks();
	await nextWorks();
});
