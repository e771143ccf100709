import type { CodeLanguage } from '#workers/protocol';
import type { Choice, ExtraLabel } from './choice.ts';

/** How a label is written: what is made once when the program starts, and the value for a request. */
interface LabelCode {
	readonly setup?: string;
	/** Lines that have the value under the label's name afterwards. */
	readonly value?: string;
	readonly log?: string;
}

/** The learner's program with the chosen label: some twenty lines, of which the label is two. */
export function programText(choice: Choice, language: CodeLanguage): string {
	return language === 'python' ? pythonText(choice) : typescriptText(choice);
}

/** The names of the labels, in their order. */
export function labelNames(label: ExtraLabel): readonly string[] {
	const own = ['method', 'endpoint', 'status'];
	return label === 'none' || label === 'log' ? own : [...own, label];
}

const TYPESCRIPT: Readonly<Record<ExtraLabel, LabelCode>> = {
	none: {},
	plan: { value: "const plan = ['free', 'free', 'team', 'pro'][request.userId % 4];" },
	pod: {
		setup:
			'// The name of the pod: another one with every start.\nconst pod = `shop-${Date.now().toString(36)}-${crypto.randomUUID().slice(0, 4)}`;'
	},
	path: { value: 'const { path } = request;' },
	user_id: { value: 'const user_id = request.userId;' },
	request_id: { value: 'const request_id = crypto.randomUUID();' },
	log: {
		log: 'if (status >= 500) console.log(`${status} ${method} ${endpoint} user_id=${request.userId}`);'
	}
};

/** Where a value comes from whose length can be chosen. */
const TYPESCRIPT_ID: Partial<Record<ExtraLabel, string>> = {
	path: 'request.path',
	user_id: 'request.userId',
	request_id: 'crypto.randomUUID()'
};

/** The usual eight, fewer, and more: every edge is a series of every child. */
const EDGES: Readonly<Record<number, readonly number[]>> = {
	4: [0.1, 0.5, 1, 5],
	8: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
	16: [0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.35, 0.5, 0.75, 1, 1.5, 2.5, 5],
	32: Array.from({ length: 32 }, (_, i) => Number((0.01 * 1.2222 ** i).toPrecision(2)))
};

function edgesOf({ edges = 8 }: Choice): readonly number[] {
	const found = EDGES[edges];
	if (!found) throw new Error(`there is no histogram with ${edges} edges`);
	return found;
}

/** The labels whose values are as long as somebody makes them. */
function isFilledUp({ label, valueLength = 0 }: Choice): boolean {
	return valueLength > 0 && (label === 'user_id' || label === 'request_id' || label === 'path');
}

function typescriptText(choice: Choice): string {
	const { label, kind, valueLength } = choice;
	const { setup, value: plain, log } = TYPESCRIPT[label];
	const value =
		plain && isFilledUp(choice)
			? `const ${label} = String(${TYPESCRIPT_ID[label]}).padEnd(${valueLength}, '_');`
			: plain;
	const names = labelNames(label);
	const hasDurations = kind !== 'counter';
	const quoted = names.map((name) => `'${name}'`).join(', ');
	return [
		`import { Counter${hasDurations ? ', Histogram' : ''} } from 'prom-client';`,
		"import { processRequest, type Request, type Response } from 'shop';",
		'',
		'const requests = new Counter({',
		"\tname: 'http_requests_total',",
		"\thelp: 'Total HTTP requests',",
		`\tlabelNames: [${quoted}]`,
		'});',
		...(hasDurations
			? [
					'const durations = new Histogram({',
					"\tname: 'http_request_duration_seconds',",
					"\thelp: 'Request duration in seconds',",
					`\tlabelNames: [${quoted}],`,
					`\tbuckets: [${edgesOf(choice).join(', ')}]`,
					'});'
				]
			: []),
		...(setup ? [setup] : []),
		'',
		'export async function handle(request: Request): Promise<Response> {',
		...(hasDurations ? ['\tconst began = Date.now();'] : []),
		'\tlet status = 500;',
		'\ttry {',
		'\t\tconst response = await processRequest(request);',
		'\t\tstatus = response.status;',
		'\t\treturn response;',
		'\t} finally {',
		'\t\tconst { method, endpoint } = request;',
		...(value ? [`\t\t${value}`] : []),
		`\t\trequests.inc({ ${names.join(', ')} });`,
		...(hasDurations
			? [`\t\tdurations.observe({ ${names.join(', ')} }, (Date.now() - began) / 1000);`]
			: []),
		...(log ? [`\t\t${log}`] : []),
		'\t}',
		'}',
		''
	].join('\n');
}

const PYTHON: Readonly<Record<ExtraLabel, LabelCode>> = {
	none: {},
	plan: { value: 'plan = ["free", "free", "team", "pro"][request.user_id % 4]' },
	pod: {
		setup:
			'# The name of the pod: another one with every start.\npod = f"shop-{int(time.time())}-{uuid.uuid4().hex[:4]}"'
	},
	path: { value: 'path = request.path' },
	user_id: { value: 'user_id = request.user_id' },
	request_id: { value: 'request_id = uuid.uuid4()' },
	log: {
		log: 'if status >= 500:\n            print(f"{status} {method} {endpoint} user_id={request.user_id}")'
	}
};

const PYTHON_ID: Partial<Record<ExtraLabel, string>> = {
	path: 'request.path',
	user_id: 'request.user_id',
	request_id: 'uuid.uuid4()'
};

function pythonNumber(value: number): string {
	return Number.isInteger(value) ? `${value}.0` : String(value);
}

function pythonText(choice: Choice): string {
	const { label, kind, valueLength } = choice;
	const { setup, value: plain, log } = PYTHON[label];
	const value =
		plain && isFilledUp(choice)
			? `${label} = str(${PYTHON_ID[label]}).ljust(${valueLength}, "_")`
			: plain;
	const names = labelNames(label);
	const hasDurations = kind !== 'counter';
	const quoted = names.map((name) => `"${name}"`).join(', ');
	const modules = [
		...(hasDurations || label === 'pod' ? ['import time'] : []),
		...(label === 'request_id' || label === 'pod' ? ['import uuid'] : [])
	];
	return [
		...modules,
		...(modules.length > 0 ? [''] : []),
		`from prometheus_client import Counter, ${hasDurations ? 'Histogram, ' : ''}start_http_server`,
		'from shop import process_request',
		'',
		'REQUESTS = Counter(',
		`    "http_requests_total", "Total HTTP requests", [${quoted}]`,
		')',
		...(hasDurations
			? [
					'DURATIONS = Histogram(',
					'    "http_request_duration_seconds",',
					'    "Request duration in seconds",',
					`    [${quoted}],`,
					`    buckets=[${edgesOf(choice).map(pythonNumber).join(', ')}],`,
					')'
				]
			: []),
		...(setup ? [setup] : []),
		'',
		'',
		'def handle(request):',
		...(hasDurations ? ['    began = time.time()'] : []),
		'    status = 500',
		'    try:',
		'        status = process_request(request)',
		'        return status',
		'    finally:',
		'        method, endpoint = request.method, request.endpoint',
		...(value ? [`        ${value}`] : []),
		`        REQUESTS.labels(${names.join(', ')}).inc()`,
		...(hasDurations
			? [`        DURATIONS.labels(${names.join(', ')}).observe(time.time() - began)`]
			: []),
		...(log ? [`        ${log}`] : []),
		'',
		'',
		'start_http_server(8000)',
		''
	].join('\n');
}
