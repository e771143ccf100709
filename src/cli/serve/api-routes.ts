import { hostname } from 'node:os';
import {
	blocks,
	buildInfo,
	featureList,
	flags,
	formatQuery,
	httpStatus,
	noAlertmanagers,
	noAlerts,
	noNotifications,
	noRules,
	parseQuery,
	queryExemplars,
	runtimeInfo,
	statusConfig,
	toJson,
	tsdbStatus,
	walReplay,
	type ApiResponse,
	type Endpoint,
	type EndpointData
} from '#engine/api';
import { formatScrapeConfig } from '#engine/scrape';
import type { Form } from './form.ts';
import {
	instantParams,
	metadataParams,
	rangeParams,
	relabelStepsParams,
	rulesParams,
	seriesParams,
	targetMetadataParams,
	targetsParams
} from './parameters.ts';
import { failure, type Reply } from './reply.ts';
import type { Served } from './served.ts';

/** A question to the API: what it answers from, what is asked, and what a `*` of the path stands for. */
export interface ApiQuestion {
	readonly served: Served;
	readonly form: Form;
	readonly name: string;
}

/** A path below /api/v1, in which `*` is any one part, and what answers there. */
export interface ApiRoute {
	readonly path: string;
	readonly methods: readonly ('GET' | 'POST' | 'PUT')[];
	respond(question: ApiQuestion): Promise<Reply>;
}

type Respond = ApiRoute['respond'];

/** The endpoints, in the order of web/api/v1/api.go, Register. */
export const API_ROUTES: readonly ApiRoute[] = [
	getOrPost('/query', async ({ served, form }) =>
		reply('query', await served.api.query(instantParams(form)))
	),
	getOrPost('/query_range', async ({ served, form }) =>
		reply('query_range', await served.api.queryRange(rangeParams(form)))
	),
	getOrPost('/query_exemplars', async ({ served, form }) => {
		const [query, start, end] = ['query', 'start', 'end'].map(form.first);
		const found = queryExemplars({ query: query ?? '', start, end }, served.features);
		return found.status === 'success' && found.data === undefined
			? NO_CONTENT
			: reply('data', found as ApiResponse<readonly never[]>);
	}),
	getOrPost('/format_query', async ({ served, form }) =>
		reply('data', formatQuery(form.first('query'), served.features))
	),
	getOrPost('/parse_query', async ({ served, form }) =>
		reply('data', parseQuery(form.first('query'), served.features))
	),
	getOrPost('/labels', async ({ served, form }) =>
		reply('labels', await served.api.labels(seriesParams(form)))
	),
	get('/label/*/values', async ({ served, form, name }) =>
		reply('labels', await served.api.labelValues(name, seriesParams(form)))
	),
	getOrPost('/series', async ({ served, form: { withoutParts: form } }) =>
		reply('series', unreadable(form) ?? (await served.api.series(seriesParams(form))))
	),
	get('/scrape_pools', async ({ served }) => reply('scrape_pools', await served.api.scrapePools())),
	get('/targets', async ({ served, form }) =>
		reply('targets', await served.api.targets(targetsParams(form)))
	),
	get('/targets/metadata', async ({ served, form }) =>
		reply('target_metadata', await served.api.targetMetadata(targetMetadataParams(form)))
	),
	get('/targets/relabel_steps', async ({ served, form }) =>
		reply('relabel_steps', await served.api.relabelSteps(relabelStepsParams(form)))
	),
	get('/alertmanagers', async () => reply('data', noAlertmanagers())),
	get('/metadata', async ({ served, form }) =>
		reply('metadata', await served.api.metadata(metadataParams(form)))
	),
	get('/status/config', async ({ served }) =>
		reply('data', statusConfig(formatScrapeConfig(served.configuration())))
	),
	get('/status/runtimeinfo', async ({ served }) =>
		reply(
			'data',
			runtimeInfo({
				startTime: served.start,
				serverTime: served.now(),
				directory: process.cwd(),
				hostname: hostname()
			})
		)
	),
	get('/status/buildinfo', async () => reply('data', buildInfo())),
	get('/status/flags', async ({ served }) => reply('data', flags(served.flags))),
	get('/status/tsdb', async ({ served, form }) =>
		reply(
			'data',
			tsdbStatus((limit) => served.head.stats(limit), { limit: form.first('limit') })
		)
	),
	get('/status/tsdb/blocks', async () => reply('data', blocks())),
	get('/features', async ({ served }) => reply('features', featureList(served.features))),
	get('/status/walreplay', async () => reply('data', walReplay())),
	get('/notifications', async () => reply('data', noNotifications())),
	post('/read', async () =>
		failure(501, 'remote read is not answered by this lab: ask /api/v1/query_range')
	),
	post('/write', async () => failure(404, switchedOff('remote write', 'remote-write'))),
	post('/otlp/v1/metrics', async () => failure(404, switchedOff('otlp write', 'otlp'))),
	...['metric_names', 'label_names', 'label_values'].map((name) =>
		getOrPost(`/search/${name}`, async () => reply('data', unavailable('search API disabled')))
	),
	get('/alerts', async () => reply('data', noAlerts())),
	get('/rules', async ({ form: { withoutParts: form } }) =>
		reply('data', unreadable(form) ?? noRules(rulesParams(form)))
	),
	...['delete_series', 'clean_tombstones', 'snapshot'].map((name): ApiRoute => ({
		path: `/admin/tsdb/${name}`,
		methods: ['POST', 'PUT'],
		respond: async () => reply('data', unavailable('admin APIs disabled'))
	}))
];

/** What is not there unless a flag of Prometheus' command line says so, which no lab has. */
function unavailable(error: string): ApiResponse<never> {
	return { status: 'error', errorType: 'unavailable', error };
}

function switchedOff(what: string, flag: string): string {
	return `${what} receiver needs to be enabled with --web.enable-${flag}-receiver`;
}

function post(path: string, respond: Respond): ApiRoute {
	return { path, methods: ['POST'], respond };
}

function get(path: string, respond: Respond): ApiRoute {
	return { path, methods: ['GET'], respond };
}

function getOrPost(path: string, respond: Respond): ApiRoute {
	return { path, methods: ['GET', 'POST'], respond };
}

/** The few endpoints that look at a form as a whole refuse one of which a part cannot be read. */
function unreadable({ problem }: Form): ApiResponse<never> | undefined {
	if (problem === undefined) return undefined;
	const error = `error parsing form values: ${problem}`;
	return { status: 'error', errorType: 'bad_data', error };
}

/** What Prometheus answers where it has nothing to say. */
export const NO_CONTENT: Reply = {
	status: 204,
	headers: {},
	body: '',
	isCompressible: true,
	isShared: true
};

function reply<E extends Endpoint>(endpoint: E, response: ApiResponse<EndpointData[E]>): Reply {
	return {
		status: response.status === 'error' ? httpStatus(response.errorType) : 200,
		headers: { 'Content-Type': 'application/json' },
		body: toJson(endpoint, response),
		isCompressible: true,
		isShared: true
	};
}
