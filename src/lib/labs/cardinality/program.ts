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
			'// The name of the pod: another one with every deployment.\nconst pod = `shop-${Date.now().toString(36)}`;'
	},
	path: { value: 'const { path } = request;' },
	user_id: { value: 'const user_id = request.userId;' },
	request_id: { value: 'const request_id = crypto.randomUUID();' },
	log: {
		log: 'if (status >= 500) console.log(`${status} ${method} ${endpoint} user_id=${request.userId}`);'
	}
};

function typescriptText({ label, kind }: Choice): string {
	const { setup, value, log } = TYPESCRIPT[label];
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
					'\tbuckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]',
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
			'# The name of the pod: another one with every deployment.\npod = f"shop-{int(time.time())}"'
	},
	path: { value: 'path = request.path' },
	user_id: { value: 'user_id = request.user_id' },
	request_id: { value: 'request_id = uuid.uuid4()' },
	log: {
		log: 'if status >= 500:\n            print(f"{status} {method} {endpoint} user_id={request.user_id}")'
	}
};

function pythonText({ label, kind }: Choice): string {
	const { setup, value, log } = PYTHON[label];
	const names = labelNames(label);
	const hasDurations = kind !== 'counter';
	const quoted = names.map((name) => `"${name}"`).join(', ');
	const modules = [
		...(hasDurations || label === 'pod' ? ['import time'] : []),
		...(label === 'request_id' ? ['import uuid'] : [])
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
					'    buckets=[0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0],',
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
