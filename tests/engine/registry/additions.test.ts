import { expect, test } from 'vitest';
import { createPromClient, type PromClientModule } from '#engine/registry';

const OPENMETRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

function createClient() {
	let now = 1000;
	const client = createPromClient({ now: () => now });
	return { ...client, advance: (milliseconds: number) => void (now += milliseconds) };
}

async function samples({ register }: Pick<PromClientModule, 'register'>): Promise<string[]> {
	const page = await register.metrics();
	return page.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

test('Info tells facts as labels of a series that is 1', async () => {
	const { Info, register } = createClient();
	const build = new Info({ name: 'build', help: 'What runs here.' });
	expect(await register.metrics()).toBe(
		'# HELP build_info What runs here.\n# TYPE build_info gauge\nbuild_info 1\n'
	);
	build.info({ version: '1.4.2', commit: 'abc' });
	build.info({ version: '1.4.3' });
	expect(await samples({ register })).toEqual(['build_info{version="1.4.3"} 1']);
	register.setContentType(OPENMETRICS);
	expect(await register.metrics()).toBe(
		'# HELP build What runs here.\n# TYPE build info\nbuild_info{version="1.4.3"} 1\n# EOF\n'
	);
});

test('Info takes a name with its suffix, and has labels of its own', async () => {
	const { Info, register } = createClient();
	const info = new Info({ name: 'build_info', help: 'B.', labelNames: ['part'] });
	info.labels('web').info({ version: '2' });
	expect(await samples({ register })).toEqual(['build_info{part="web",version="2"} 1']);
	expect(() => info.labels('web').info({ part: 'db' })).toThrow(
		'Overlapping labels for Info metric, metric: part'
	);
});

test('Enum has a series for each state, and 1 for the current one', async () => {
	const { Enum, register } = createClient();
	const state = new Enum({ name: 'task_state', help: 'S.', states: ['starting', 'running'] });
	expect(await samples({ register })).toEqual([
		'task_state{task_state="starting"} 1',
		'task_state{task_state="running"} 0'
	]);
	state.state('running');
	expect(await samples({ register })).toEqual([
		'task_state{task_state="starting"} 0',
		'task_state{task_state="running"} 1'
	]);
	expect(await register.metrics()).toContain('# TYPE task_state gauge\n');
	register.setContentType(OPENMETRICS);
	expect(await register.metrics()).toContain('# TYPE task_state stateset\n');
});

test('Enum refuses a state that it does not have, and to have none', () => {
	const { Enum } = createClient();
	const state = new Enum({ name: 'task_state', help: 'S.', states: ['a', 'b'] });
	expect(() => state.state('c')).toThrow("'c' is not one of the states [ 'a', 'b' ]");
	expect(() => new Enum({ name: 'none', help: 'S.', states: [] })).toThrow(
		'No states provided for Enum metric: none'
	);
});

test('Enum keeps a state for each label value', async () => {
	const { Enum, register } = createClient();
	const state = new Enum({ name: 's', help: 'S.', states: ['a', 'b'], labelNames: ['task'] });
	state.labels('one').state('b');
	state.labels({ task: 'two' }).state('a');
	expect(await samples({ register })).toEqual([
		's{s="a",task="one"} 0',
		's{s="b",task="one"} 1',
		's{s="a",task="two"} 1',
		's{s="b",task="two"} 0'
	]);
});

test('trackInprogress counts what is running, to its end', async () => {
	const { Gauge, register } = createClient();
	const busy = new Gauge({ name: 'busy', help: 'B.', labelNames: ['queue'] });
	const value = async () => (await samples({ register })).join();
	const release: (() => void)[] = [];
	const work = () => new Promise<string>((resolve) => release.push(() => resolve('done')));
	const first = busy.labels('a').trackInprogress(work);
	const second = busy.labels('a').trackInprogress(work);
	expect(await value()).toBe('busy{queue="a"} 2');
	release.shift()?.();
	expect(await first).toBe('done');
	expect(await value()).toBe('busy{queue="a"} 1');
	release.shift()?.();
	await second;
	expect(busy.labels('a').trackInprogress(() => 7)).toBe(7);
	expect(() =>
		busy.labels('a').trackInprogress(() => {
			throw new Error('broken');
		})
	).toThrow('broken');
	expect(await value()).toBe('busy{queue="a"} 0');
});

test('countExceptions counts what throws or rejects, and lets it through', async () => {
	const { Counter, register } = createClient();
	const errors = new Counter({ name: 'errors_total', help: 'E.' });
	expect(errors.countExceptions(() => 1)).toBe(1);
	expect(await errors.countExceptions(async () => 2)).toBe(2);
	expect(() =>
		errors.countExceptions(() => {
			throw new Error('broken');
		})
	).toThrow('broken');
	await expect(errors.countExceptions(() => Promise.reject(new Error('late')))).rejects.toThrow(
		'late'
	);
	expect(await samples({ register })).toEqual(['errors_total 2']);
});

test('time observes how long a function runs, until its promise settles', async () => {
	const { Histogram, Summary, register, advance } = createClient();
	const histogram = new Histogram({ name: 'h', help: 'H.', buckets: [1] });
	const summary = new Summary({ name: 's', help: 'S.', labelNames: ['x'], percentiles: [] });
	expect(histogram.time(() => (advance(250), 'result'))).toBe('result');
	await summary.labels('a').time(async () => {
		advance(500);
		await Promise.resolve();
		advance(1000);
	});
	expect(await samples({ register })).toEqual([
		'h_bucket{le="1"} 1',
		'h_bucket{le="+Inf"} 1',
		'h_sum 0.25',
		'h_count 1',
		's_sum{x="a"} 1.5',
		's_count{x="a"} 1'
	]);
});

test('time of a gauge is how long the last run took', async () => {
	const { Gauge, register, advance } = createClient();
	const last = new Gauge({ name: 'last_seconds', help: 'L.', labelNames: ['job'] });
	expect(last.labels('a').time(() => (advance(250), 'result'))).toBe('result');
	await last.labels('a').time(async () => {
		await Promise.resolve();
		advance(1500);
	});
	expect(() =>
		last.time(() => {
			advance(100);
			throw new Error('broken');
		})
	).toThrow('broken');
	expect(await samples({ register })).toEqual(['last_seconds{job="a"} 1.5', 'last_seconds 0.1']);
});

test('a refused state or fact begins no series', async () => {
	const { Enum, Info, register } = createClient();
	const state = new Enum({ name: 's', help: 'S.', states: ['a'], labelNames: ['x'] });
	const info = new Info({ name: 'i', help: 'I.', labelNames: ['x'] });
	expect(() => state.labels('1').state('b')).toThrow("'b' is not one of the states [ 'a' ]");
	expect(() => info.labels('1').info({ x: '2' })).toThrow('Overlapping labels');
	expect(() => info.labels('1').info({ 'a-b': '2' })).toThrow("Invalid label name: 'a-b'");
	expect(() => info.labels('1').info('2' as never)).toThrow('i takes an object of facts');
	expect(await samples({ register })).toEqual([]);
});

test('Enum takes texts as its states, each once', () => {
	const { Enum } = createClient();
	const declare = (states: unknown) => new Enum({ name: 's', help: 'S.', states: states as [] });
	expect(() => declare('ab')).toThrow("The states of s must be an array of texts: 'ab'");
	expect(() => declare([1])).toThrow('The states of s must be an array of texts: [ 1 ]');
	expect(() => declare(['a', 'a'])).toThrow("The states of s have 'a' twice");
});

test('Info and Enum refuse a configuration that is none', () => {
	const { Enum, Info } = createClient();
	for (const config of [undefined, null, 'x']) {
		expect(() => new Info(config as never)).toThrow('constructor expected a config object');
		expect(() => new Enum(config as never)).toThrow('constructor expected a config object');
	}
});
