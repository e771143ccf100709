import type { Chance } from '../chance.ts';
import { randomText, valueOf, type KINDS, type Tree } from './random-values.ts';
import { writeTree } from './write-tree.ts';

/** A configuration file, mostly a good one. */
export function randomConfig(chance: Chance): string {
	const sections: [string, Tree][] = [
		['global', chance.is(0.05) ? '' : randomGlobal(chance)],
		['rule_files', many(chance, 2, () => valueOf(chance, 'path'))],
		['scrape_configs', many(chance, 3, () => randomScrapeConfig(chance))]
	];
	if (chance.is(0.1)) sections.push([chance.pick(['remote_write', 'remote_read']), '']);
	return writeTree(chance, { pairs: some(chance, sections, 0.85) });
}

type Kinds = Readonly<Record<string, keyof typeof KINDS>>;

const LIMITS: Kinds = {
	body_size_limit: 'size',
	sample_limit: 'number',
	target_limit: 'number',
	label_limit: 'number',
	label_name_length_limit: 'number',
	label_value_length_limit: 'number',
	keep_dropped_targets: 'number'
};

/** What `global` and a scrape config have alike. */
const SHARED: Kinds = {
	...LIMITS,
	scrape_interval: 'duration',
	scrape_timeout: 'duration',
	scrape_native_histograms: 'boolean',
	convert_classic_histograms_to_nhcb: 'boolean',
	always_scrape_classic_histograms: 'boolean',
	extra_scrape_metrics: 'boolean',
	metric_name_validation_scheme: 'validation',
	metric_name_escaping_scheme: 'escaping'
};

const IN_GLOBAL: Kinds = {
	...SHARED,
	evaluation_interval: 'duration',
	rule_query_offset: 'duration'
};

const IN_SCRAPE_CONFIG: Kinds = {
	...SHARED,
	honor_labels: 'boolean',
	honor_timestamps: 'boolean',
	track_timestamps_staleness: 'boolean',
	enable_compression: 'boolean',
	follow_redirects: 'boolean',
	enable_http2: 'boolean',
	metrics_path: 'urlPath',
	scheme: 'scheme',
	fallback_scrape_protocol: 'protocol',
	native_histogram_bucket_limit: 'number',
	native_histogram_min_bucket_factor: 'factor'
};

function valuesOf(chance: Chance, kinds: Kinds): [string, Tree][] {
	return Object.entries(kinds).map(([name, kind]) => [name, valueOf(chance, kind)]);
}

function randomGlobal(chance: Chance): Tree {
	const fields: [string, Tree][] = [
		...valuesOf(chance, IN_GLOBAL),
		['external_labels', randomLabels(chance)],
		['scrape_protocols', randomProtocols(chance)]
	];
	return { pairs: withTypo(chance, some(chance, fields, 0.15)) };
}

function randomScrapeConfig(chance: Chance): Tree {
	if (chance.is(0.005)) return '';
	const rules = () => many(chance, 3, () => randomRule(chance));
	const fields: [string, Tree][] = [
		...valuesOf(chance, IN_SCRAPE_CONFIG),
		['params', randomParams(chance)],
		['scrape_protocols', randomProtocols(chance)],
		['relabel_configs', rules()],
		['metric_relabel_configs', rules()],
		['bearer_token', 'a']
	];
	const chosen = some(chance, fields, 0.1);
	if (chance.is(0.8)) chosen.push(['static_configs', many(chance, 3, () => randomGroup(chance))]);
	if (chance.is(0.99)) chosen.splice(chance.below(2), 0, ['job_name', valueOf(chance, 'job')]);
	return { pairs: withTypo(chance, chosen) };
}

function randomProtocols(chance: Chance): Tree {
	const list = many(chance, 3, () => valueOf(chance, 'protocol'));
	return chance.is(0.05) ? list : list.slice(0, 1);
}

function randomGroup(chance: Chance): Tree {
	if (chance.is(0.005)) return '';
	const fields: [string, Tree][] = [['targets', many(chance, 3, () => valueOf(chance, 'target'))]];
	if (chance.is(0.4)) fields.push(['labels', randomLabels(chance)]);
	return { pairs: withTypo(chance, fields) };
}

function randomParams(chance: Chance): Tree {
	const names = ['module', 'a1', 'a10', 'a2', '"y"', '_x', 'match[]', '"é"'];
	const values = () => many(chance, 3, () => randomText(chance));
	return { pairs: some(chance, names, 0.2).map((name) => [name, values()] as const) };
}

function randomLabels(chance: Chance): Tree {
	const pairs = many(chance, 3, () => [valueOf(chance, 'labelName'), randomText(chance)] as const);
	const names = new Set<Tree>();
	return {
		pairs: pairs.flatMap(([name, value]) => {
			if (typeof name !== 'string' || (names.has(name) && chance.is(0.95))) return [];
			names.add(name);
			return [[name, value] as const];
		})
	};
}

/** How likely a rule has each field: what its action needs nearly always, what it must not have hardly ever. */
function randomRule(chance: Chance): Tree {
	if (chance.is(0.005)) return '';
	const action = valueOf(chance, 'action');
	const isOne = (names: RegExp) => typeof action === 'string' && names.test(action);
	const takesNames = isOne(/^label/);
	const fields: [string, Tree, number][] = [
		[
			'source_labels',
			many(chance, 3, () => valueOf(chance, 'sourceLabel')),
			takesNames ? 0.01 : 0.8
		],
		['separator', valueOf(chance, 'separator'), isOne(/equal|label/) ? 0.01 : 0.2],
		['regex', valueOf(chance, 'regex'), isOne(/equal/) ? 0.01 : 0.6],
		['modulus', chance.is(0.5) ? '7' : valueOf(chance, 'number'), isOne(/hashmod/) ? 0.99 : 0.01],
		['target_label', valueOf(chance, 'targetLabel'), isOne(/label|keep$|drop$/) ? 0.01 : 0.99],
		[
			'replacement',
			valueOf(chance, 'replacement'),
			isOne(/case|equal|labeldrop|labelkeep/) ? 0.01 : 0.4
		],
		['action', action, isOne(/replace/) ? 0.5 : 1]
	];
	const chosen = fields.filter(([, , likely]) => chance.is(likely));
	return {
		pairs: withTypo(
			chance,
			chosen.map(([name, value]): [string, Tree] => [name, value])
		)
	};
}

/** The fields, now and then with one that nobody knows. */
function withTypo(chance: Chance, fields: [string, Tree][]): [string, Tree][] {
	return chance.is(0.01) ? [...fields, [chance.pick(['typo', 'job', '""']), '1']] : fields;
}

function many<T>(chance: Chance, most: number, make: () => T): T[] {
	return Array.from({ length: chance.below(most + 1) }, make);
}

/** Some of the fields, in one of two orders, now and then one of them twice. */
function some<T>(chance: Chance, fields: readonly T[], likely: number): T[] {
	const chosen = fields.filter(() => chance.is(likely));
	if (chosen.length > 0 && chance.is(0.01)) chosen.push(chance.pick(chosen));
	return chance.is(0.3) ? chosen.reverse() : chosen;
}
