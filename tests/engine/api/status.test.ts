import { describe, expect, it } from 'vitest';
import {
	blocks,
	buildInfo,
	featureList,
	flags,
	noAlertmanagers,
	noAlerts,
	noNotifications,
	noRules,
	runtimeInfo,
	statusConfig,
	toJson,
	tsdbStatus,
	walReplay,
	type ApiResponse,
	type JsonData
} from '#engine/api';
import { labels } from '#engine/model';
import { Head } from '#engine/tsdb';
import { T } from './support.ts';

const json = (response: ApiResponse<JsonData>) => toJson('data', response);
const data = (text: string) => `{"status":"success","data":${text}}`;
const badData = (error: string) => ({ status: 'error', errorType: 'bad_data', error });

describe('the status of the TSDB', () => {
	const head = new Head();
	const appender = head.appender();
	appender.begin(T);
	for (const a of ['1', '2', '3']) appender.add(appender.ref(labels({ __name__: 'x', a })), 1);
	appender.commit();
	const status = (limit?: string) => tsdbStatus((length) => head.stats(length), { limit });

	it('counts series, pairs and values', () => {
		expect(json(status('1'))).toBe(
			data(
				'{"headStats":{"numSeries":3,"numLabelPairs":4,"chunkCount":0,"minTime":1767603600000,"maxTime":1767603600000},' +
					'"seriesCountByMetricName":[{"name":"x","value":3}],"labelValueCountByLabelName":[{"name":"a","value":3}],' +
					'"memoryInBytesByLabelName":[{"name":"__name__","value":33}],"seriesCountByLabelValuePair":[{"name":"__name__=x","value":3}]}'
			)
		);
	});

	it('of an empty head begins after everything and ends before', () => {
		const empty = new Head();
		expect(json(tsdbStatus((length) => empty.stats(length), {}))).toContain(
			'"minTime":9223372036854775807,"maxTime":-9223372036854775808}'
		);
	});

	it.each([
		['0', 'limit must be a positive number'],
		['-1', 'limit must be a positive number'],
		['x', 'limit must be a positive number'],
		['10001', 'limit must not exceed 10000']
	])('is refused for a limit of %s', (limit, error) => {
		expect(status(limit)).toEqual(badData(error));
	});
});

describe('rules', () => {
	it('are none', () => {
		expect(json(noRules({ type: 'Alert', match: ['{a="b"}'], excludeAlerts: 'TRUE' }))).toBe(
			data('{"groups":[]}')
		);
		expect(json(noRules({ groupLimit: '5' }))).toBe(data('{"groups":[]}'));
	});

	it.each([
		[{ type: 'x' }, 'invalid parameter "type": not supported value "x"'],
		[
			{ excludeAlerts: 'x' },
			'invalid parameter "exclude_alerts": error converting exclude_alerts: strconv.ParseBool: parsing "x": invalid syntax'
		],
		[
			{ groupNextToken: 'x' },
			'invalid parameter "group_next_token": group_limit needs to be present in order to paginate over the groups'
		],
		[
			{ groupLimit: 'x' },
			'invalid parameter "group_limit": group_limit needs to be a valid number: strconv.ParseInt: parsing "x": invalid syntax'
		],
		[
			{ groupLimit: '2147483648' },
			'invalid parameter "group_limit": group_limit needs to be a valid number: strconv.ParseInt: parsing "2147483648": value out of range'
		],
		[
			{ groupLimit: '0' },
			'invalid parameter "group_limit": group_limit needs to be greater than 0'
		],
		[
			{ groupLimit: '1', groupNextToken: 'x' },
			`invalid parameter "group_next_token": invalid group_next_token 'x'. were rule groups changed?`
		],
		[{ match: ['{}'] }, 'match[] must contain at least one non-empty matcher'],
		[{ match: ['['] }, '1:1: parse error: unexpected "["']
	])('are refused for %j', (params, error) => {
		expect(noRules(params)).toMatchObject({ status: 'error', errorType: 'bad_data' });
		expect(noRules(params)).toMatchObject({ error: expect.stringContaining(error) as string });
	});
});

describe('what is always the same', () => {
	it.each([
		[noAlerts(), '{"alerts":[]}'],
		[noAlertmanagers(), '{"activeAlertmanagers":[],"droppedAlertmanagers":[]}'],
		[noNotifications(), '[]'],
		[blocks(), '{"blocks":[]}'],
		[statusConfig('a: <b>\n'), '{"yaml":"a: \\u003cb\\u003e\\n"}'],
		[walReplay(), '{"min":0,"max":0,"current":0}'],
		[flags({ b: '<', a: '' }), '{"a":"","b":"\\u003c"}']
	] as [ApiResponse<JsonData>, string][])('%#', (response, expected) => {
		expect(json(response)).toBe(data(expected));
	});

	it('is the version', () => {
		expect(json(buildInfo())).toMatch(/^\{"status":"success","data":\{"version":"3\.14\.0",/);
	});

	it('are the facts of the process', () => {
		const facts = { startTime: T, serverTime: T + 1500, directory: '/', hostname: 'h' };
		expect(json(runtimeInfo(facts))).toMatch(
			/^\{"status":"success","data":\{"startTime":"2026-01-05T09:00:00Z","CWD":"\/","hostname":"h","serverTime":"2026-01-05T09:00:01\.5Z",/
		);
	});
});

describe('features', () => {
	/** As Prometheus 3.14 tells them with no switch on. */
	const OPERATORS =
		'{"!=":true,"!~":true,"%":true,"*":true,"+":true,"-":true,"/":true,"<":true,"</":true,"<=":true,"==":true,"=~":true,">":true,">/":true,">=":true,"@":true,"^":true,"and":true,"atan2":true,"avg":true,"bottomk":true,"count":true,"count_values":true,"group":true,"limit_ratio":false,"limitk":false,"max":true,"min":true,"or":true,"quantile":true,"stddev":true,"stdvar":true,"sum":true,"topk":true,"unless":true}';

	it('are written as they are read', () => {
		expect(toJson('features', featureList())).toContain(`"promql_operators":${OPERATORS}}`);
	});

	it('are there when they are switched on', () => {
		const list = (features: object) => toJson('features', featureList(features));
		expect(list({})).toContain('"mad_over_time":false');
		expect(list({ experimentalFunctions: true })).toContain('"mad_over_time":true');
		expect(list({ binopFillModifiers: true })).toContain('"fill_left":true');
		expect(list({})).toContain('"fill_left":false');
	});
});
