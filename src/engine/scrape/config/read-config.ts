import { quote, type Problem } from '#engine/model';
import { listType } from './collection-types.ts';
import { DEFAULT_GLOBAL, type Config, type GlobalConfig, type ScrapeConfig } from './config.ts';
import {
	createDecoder,
	decode,
	object,
	placeOf,
	warn,
	type Decoder,
	type Finding,
	type Severity,
	type Type,
	type ValueNode
} from './decode.ts';
import { finishScrapeConfig } from './finish-scrape-config.ts';
import { GLOBAL } from './global-config.ts';
import { TEXT } from './scalar-types.ts';
import { SCRAPE_CONFIGS, type RawScrapeConfig } from './scrape-config.ts';
import { readStruct, type StructOptions } from './struct.ts';
import { createPositions } from './text-position.ts';
import { UNUSED_IN_CONFIG } from './unused-fields.ts';
import { readYamlTree, type YamlTree } from './yaml-tree.ts';

/** What a text comes to. */
export interface ConfigReading {
	/** Absent when there is an error among the problems. */
	readonly config?: Config;
	/**
	 * All that is wrong or of no use, each at its place. If there are errors, the first of them is what Prometheus would have said;
	 * where it would have listed several, they come in its order.
	 */
	readonly problems: readonly Problem[];
}

/** Reads a `prometheus.yml` (config/config.go, Load). Never throws; a text without anything in it is a configuration too. */
export function readScrapeConfig(text: string): ConfigReading {
	const tree = readYamlTree(text);
	const positions = createPositions(text);
	const at = (from: number, to = from) => {
		const { line, column } = positions(from);
		const end = positions(to);
		return { line, column, ...(to > from && { endLine: end.line, endColumn: end.column }) };
	};
	const later = laterDocuments(tree).map((problem) => ({
		...problem,
		...at(tree.ignoredFrom ?? 0)
	}));
	if (tree.errors.length > 0) {
		const errors = tree.errors.map(({ message, offset }): Problem => ({
			message,
			severity: 'error',
			...at(offset)
		}));
		return { problems: [...errors, ...later] };
	}
	const decoder = createDecoder();
	const config = tree.root ? decode(decoder, tree.root, CONFIG) : EMPTY_CONFIG;
	const problems = inPrometheusOrder(decoder.findings).map(
		({ severity, message, node }): Problem => ({
			message,
			severity: severity === 'warning' ? 'warning' : 'error',
			...at(node.from, node.to)
		})
	);
	return { config: decoder.failures > 0 ? undefined : config, problems: [...problems, ...later] };
}

function laterDocuments({ ignoredFrom }: YamlTree): Pick<Problem, 'message' | 'severity'>[] {
	if (ignoredFrom === undefined) return [];
	const message =
		'what follows is not read: the document has ended here, at a `---` or a line that is indented less than the first';
	return [{ message, severity: 'warning' }];
}

/** What ends the reading comes before what is only collected, and that before the checks of the whole. */
const ORDER: readonly Severity[] = ['fatal', 'type', 'check', 'warning'];

function inPrometheusOrder(findings: readonly Finding[]): Finding[] {
	return findings.toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

const EMPTY_CONFIG: Config = { global: DEFAULT_GLOBAL, ruleFiles: [], scrapeConfigs: [] };

interface RawConfig {
	readonly global: GlobalConfig;
	readonly ruleFiles: readonly string[] | null;
	readonly scrapeConfigs: readonly (RawScrapeConfig | null)[] | null;
}

const STRUCT: StructOptions<RawConfig> = {
	name: 'config.plain',
	fields: {
		global: ['global', GLOBAL],
		ruleFiles: ['rule_files', listType('[]string', TEXT)],
		scrapeConfigs: ['scrape_configs', SCRAPE_CONFIGS]
	},
	unused: UNUSED_IN_CONFIG
};

const EMPTY: RawConfig = { global: DEFAULT_GLOBAL, ruleFiles: null, scrapeConfigs: null };

/**
 * The whole file (config/config.go, Config.UnmarshalYAML). Of a file that is nothing but null Prometheus makes a configuration of
 * zeros, which cannot be run; here it is an empty one.
 */
const CONFIG: Type<Config> = {
	name: STRUCT.name,
	zero: EMPTY_CONFIG,
	read(decoder, node) {
		const raw = readStruct(decoder, node, EMPTY, STRUCT);
		return raw && finishConfig(decoder, node, raw);
	}
};

function finishConfig(decoder: Decoder, node: ValueNode, raw: RawConfig): Config {
	const ruleFiles = raw.ruleFiles ?? [];
	for (const [i, path] of ruleFiles.entries()) {
		if (RULE_PATH.test(path)) continue;
		const place = placeOf(decoder, ruleFiles, String(i)) ?? node;
		object(decoder, place, `invalid rule file path ${quote(path)}`);
	}
	if (ruleFiles.length > 0) {
		const place = placeOf(decoder, raw, 'ruleFiles') ?? node;
		warn(decoder, place, 'rule_files is not used here: rules are not evaluated here yet');
	}
	const scrapeConfigs = finishScrapeConfigs(decoder, node, raw);
	return { global: raw.global, ruleFiles, scrapeConfigs };
}

/** Only the last part of a path may have a star (config/config.go, patRulePath). */
const RULE_PATH = /^[^*]*(\*[^/]*)?$/;

function finishScrapeConfigs(decoder: Decoder, node: ValueNode, raw: RawConfig): ScrapeConfig[] {
	const jobs = new Set<string>();
	const finished: ScrapeConfig[] = [];
	for (const [i, one] of (raw.scrapeConfigs ?? []).entries()) {
		const place = (raw.scrapeConfigs && placeOf(decoder, raw.scrapeConfigs, String(i))) ?? node;
		if (one === null) {
			object(decoder, place, 'empty or null scrape config section');
			continue;
		}
		const config = finishScrapeConfig(decoder, one, raw.global, node);
		const name = placeOf(decoder, one, 'jobName') ?? place;
		if (jobs.has(one.jobName)) {
			const message = `found multiple scrape configs with job name ${quote(one.jobName)}`;
			object(decoder, name, message);
		}
		jobs.add(one.jobName);
		if (!config) continue;
		// Upper case is as good: whoever asks a URL reads its scheme in lower case.
		if (!['http', 'https'].includes(config.scheme.toLowerCase())) {
			const scheme = placeOf(decoder, one, 'scheme') ?? place;
			warn(decoder, scheme, `no target can be scraped over ${quote(config.scheme)}: use http`);
		}
		finished.push(config);
	}
	return finished;
}
