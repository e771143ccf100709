import { labels, labelsToRecord } from '#engine/model';
import { createTargetLabeler, type ActiveTarget, type TargetConfig } from '#engine/scrape';
import { describe, expect, it, test } from 'vitest';
import { rule } from './relabel/rules.ts';

type Record_ = Readonly<Record<string, string>>;

const CONFIG: TargetConfig = {
	jobName: 'job',
	scrapeInterval: 1_000,
	scrapeTimeout: 1_000,
	metricsPath: '/metrics',
	scheme: 'https',
	params: [],
	convertClassicHistogramsToNhcb: false,
	alwaysScrapeClassicHistograms: false,
	scrapeNativeHistograms: false,
	relabelConfigs: []
};

/** What becomes of a target with these labels, in a group with those. */
function find(target: Record_, config: Partial<TargetConfig> = {}, group: Record_ = {}) {
	const label = createTargetLabeler({ ...CONFIG, ...config });
	return label(Object.entries(target), Object.entries(group));
}

function active(...args: Parameters<typeof find>): ActiveTarget {
	const found = find(...args);
	if (found.state !== 'active') throw new Error(`not active: ${JSON.stringify(found)}`);
	return found;
}

/** The target cannot be scraped, and why. */
function checkError(target: Record_, error: string, config: Partial<TargetConfig> = {}): void {
	const found = find({ __address__: 'a:1', ...target }, config);
	expect(found).toMatchObject({ state: 'invalid', error });
}

describe('a target', () => {
	it('has the settings of its job as labels before relabelling', () => {
		const params = [
			['module', ['http', 'x']],
			['empty', []]
		] as const;
		const found = active({ __address__: '1.2.3.4:1000', custom: 'value' }, { params });
		expect(labelsToRecord(found.discoveredLabels)).toEqual({
			__address__: '1.2.3.4:1000',
			__always_scrape_classic_histograms__: 'false',
			__convert_classic_histograms_to_nhcb__: 'false',
			__metrics_path__: '/metrics',
			__param_module: 'http',
			__scheme__: 'https',
			__scrape_interval__: '1s',
			__scrape_native_histograms__: 'false',
			__scrape_timeout__: '1s',
			custom: 'value',
			job: 'job'
		});
	});

	it('ends up with its public labels and an instance', () => {
		const meta = { __meta_x: '1', __tmp: '2', custom: 'value' };
		const found = active({ __address__: '1.2.3.4:1000', ...meta });
		const expected = { custom: 'value', instance: '1.2.3.4:1000', job: 'job' };
		expect(found.labels).toEqual(labels(expected));
		expect(active({ __address__: '[::1]', instance: 'i' }).labels).toEqual(
			labels({ instance: 'i', job: 'job' })
		);
	});

	it('may have settings of its own', () => {
		const found = active({
			__address__: '1.2.3.4',
			__scheme__: 'http',
			__metrics_path__: '/custom',
			job: 'custom-job',
			__scrape_interval__: '3s',
			__scrape_timeout__: '2s'
		});
		expect(found.labels).toEqual(labels({ instance: '1.2.3.4', job: 'custom-job' }));
		expect(found).toMatchObject({ url: 'http://1.2.3.4/custom', interval: 3_000, timeout: 2_000 });
	});

	it('has the labels of its group, where it has none itself', () => {
		const own = { __address__: 'a:1', env: 'test', tier: '' };
		const group = { env: 'prod', tier: 'web', zone: 'b', job: 'group' };
		expect(active(own, {}, group).labels).toEqual(
			labels({ env: 'test', instance: 'a:1', job: 'group', zone: 'b' })
		);
	});

	it('is relabelled before anything is asked of it', () => {
		const toAddress = rule({ sourceLabels: ['custom'], targetLabel: '__address__' });
		const found = active({ custom: 'host:1234' }, { relabelConfigs: [toAddress] });
		expect(found.labels).toEqual(
			labels({ custom: 'host:1234', instance: 'host:1234', job: 'job' })
		);
		expect(labelsToRecord(found.discoveredLabels)).not.toHaveProperty('__address__');
		expect(found.url).toBe('https://host:1234/metrics');
	});

	it('can be dropped', () => {
		const drop = rule({ action: 'drop', sourceLabels: ['job'], regex: 'j.*' });
		const found = find({ __address__: 'a:1' }, { relabelConfigs: [drop] });
		expect(found.state).toBe('dropped');
		expect(labelsToRecord(found.discoveredLabels)).toMatchObject({ job: 'job' });
	});

	it('loses everything to labelkeep, its address too', () => {
		const keep = rule({ action: 'labelkeep', regex: 'foo' });
		checkError({}, 'no address', { relabelConfigs: [keep] });
		const drop = rule({ action: 'labeldrop', regex: '__address__' });
		checkError({}, 'no address', { relabelConfigs: [drop] });
	});
});

test('a target needs an address that is a host', () => {
	checkError({ __address__: '' }, 'no address');
	checkError({ __address__: 'http://a' }, '"http://a" is not a valid hostname');
});

test('interval and timeout have to be durations, and the timeout the shorter one', () => {
	const unit = 'unknown unit "notseconds" in duration "2notseconds"';
	checkError({ __scrape_interval__: '2notseconds' }, `error parsing scrape interval: ${unit}`);
	checkError({ __scrape_timeout__: '2notseconds' }, `error parsing scrape timeout: ${unit}`);
	checkError({ __scrape_interval__: '0s' }, 'scrape interval cannot be 0');
	checkError({ __scrape_timeout__: '0' }, 'scrape timeout cannot be 0');
	checkError(
		{ __scrape_timeout__: '2s' },
		'scrape timeout cannot be greater than scrape interval ("2s" > "1s")'
	);
	const dropped = rule({ action: 'labeldrop', regex: '__scrape_interval__' });
	checkError({}, 'error parsing scrape interval: empty duration string', {
		relabelConfigs: [dropped]
	});
});

test('switches are true or false, as Go spells them', () => {
	for (const [name, description] of [
		['__convert_classic_histograms_to_nhcb__', 'convert classic histograms to nhcb'],
		['__always_scrape_classic_histograms__', 'always scrape classic histograms'],
		['__scrape_native_histograms__', 'scrape native histograms']
	] as const) {
		const error = 'strconv.ParseBool: parsing "maybe": invalid syntax';
		checkError({ [name]: 'maybe' }, `error parsing ${description}: ${error}`);
		expect(active({ __address__: 'a:1', [name]: 'T' }).state).toBe('active');
	}
});

test('values are UTF-8, but for those that are only about the discovery', () => {
	checkError({ custom: '\udcbd' }, 'invalid label value for "custom": "\\xbd"');
	expect(active({ __address__: 'a:1', __meta_x: '\udcbd' }).state).toBe('active');
});

describe('the URL', () => {
	const check = (target: Record_, url: string, params: TargetConfig['params'] = []) =>
		expect(active({ __address__: 'a:1', ...target }, { params }).url).toBe(url);

	it('has the parameters, of which labels set the first value', () => {
		check(
			{
				__address__: 'example.com:1234',
				__metrics_path__: '/metricz',
				__param_abc: 'overwrite',
				__param_cde: 'huu'
			},
			'https://example.com:1234/metricz?abc=overwrite&abc=bar&abc=baz&cde=huu&xyz=hoo',
			[
				['abc', ['foo', 'bar', 'baz']],
				['xyz', ['hoo']]
			]
		);
	});

	it('keeps the port as it is', () => {
		check({ __address__: '1.2.3.4:443' }, 'https://1.2.3.4:443/metrics');
		check({ __address__: '[::1]' }, 'https://[::1]/metrics');
	});

	it('escapes what Go escapes in each of its parts', () => {
		check({ __metrics_path__: "/a b?c'(é)/:@" }, 'https://a:1/a%20b%3Fc%27%28%C3%A9%29/:@');
		check({ __metrics_path__: 'metrics' }, 'https://a:1/metrics');
		check({ __metrics_path__: '*' }, 'https://a:1/*');
		check(
			{ __param_q: 'up{a="b c"}+1/*é' },
			'https://a:1/metrics?q=up%7Ba%3D%22b+c%22%7D%2B1%2F%2A%C3%A9'
		);
		check({ __address__: 'a b"<é>' }, 'https://a%20b"<%C3%A9>/metrics');
	});

	it('does without a scheme that relabelling took away', () => {
		const relabelConfigs = [rule({ action: 'labeldrop', regex: '__scheme__' })];
		expect(active({ __address__: 'a:1' }, { relabelConfigs }).url).toBe('//a:1/metrics');
	});
});
