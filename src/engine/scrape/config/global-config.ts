import { compareText, isBareLabelName, isValidLabelName, isValidUtf8, quote } from '#engine/model';
import {
	DEFAULT_GLOBAL,
	NO_LIMITS,
	type GlobalConfig,
	type LabelPairs,
	type NameValidationScheme,
	type ScrapeProtocol
} from './config.ts';
import { mapType } from './collection-types.ts';
import {
	nullable,
	placeOf,
	refuse,
	warn,
	type Decoder,
	type Type,
	type ValueNode
} from './decode.ts';
import { expandEnvironment } from './environment.ts';
import { LIMIT_FIELDS } from './limits.ts';
import { BOOLEAN, DURATION, TEXT, VALIDATION_SCHEME } from './scalar-types.ts';
import { protocolsError, SCRAPE_PROTOCOL_LIST } from './scrape-protocols.ts';
import { readStruct, type StructOptions } from './struct.ts';
import { NO_FILES } from './unused-fields.ts';

/** `global` as it is written. */
interface RawGlobal extends Omit<
	GlobalConfig,
	| 'externalLabels'
	| 'scrapeProtocols'
	| 'metricNameValidationScheme'
	| 'scrapeNativeHistograms'
	| 'extraScrapeMetrics'
> {
	readonly externalLabels: ReadonlyMap<string, string> | null;
	readonly scrapeProtocols: readonly string[] | null;
	readonly metricNameValidationScheme: NameValidationScheme | '';
	readonly scrapeNativeHistograms: boolean | null;
	readonly extraScrapeMetrics: boolean | null;
}

const STRUCT: StructOptions<RawGlobal> = {
	name: 'config.plain',
	fields: {
		...LIMIT_FIELDS,
		scrapeInterval: ['scrape_interval', DURATION],
		scrapeTimeout: ['scrape_timeout', DURATION],
		scrapeProtocols: ['scrape_protocols', SCRAPE_PROTOCOL_LIST],
		evaluationInterval: ['evaluation_interval', DURATION],
		ruleQueryOffset: ['rule_query_offset', DURATION],
		externalLabels: ['external_labels', mapType('map[string]string', TEXT, TEXT)],
		metricNameValidationScheme: ['metric_name_validation_scheme', VALIDATION_SCHEME],
		metricNameEscapingScheme: ['metric_name_escaping_scheme', TEXT],
		scrapeNativeHistograms: ['scrape_native_histograms', nullable(BOOLEAN)],
		convertClassicHistogramsToNhcb: ['convert_classic_histograms_to_nhcb', BOOLEAN],
		alwaysScrapeClassicHistograms: ['always_scrape_classic_histograms', BOOLEAN],
		extraScrapeMetrics: ['extra_scrape_metrics', nullable(BOOLEAN)]
	},
	unused: { query_log_file: NO_FILES, scrape_failure_log_file: NO_FILES }
};

/** Not the defaults: an interval that is not given is looked for after the timeout has been compared with it. */
const EMPTY: RawGlobal = {
	...DEFAULT_GLOBAL,
	...NO_LIMITS,
	scrapeInterval: 0,
	scrapeTimeout: 0,
	evaluationInterval: 0,
	externalLabels: null,
	metricNameValidationScheme: '',
	metricNameEscapingScheme: '',
	scrapeNativeHistograms: null,
	extraScrapeMetrics: null
};

/** `global` (config/config.go, GlobalConfig.UnmarshalYAML). */
export const GLOBAL: Type<GlobalConfig> = {
	name: STRUCT.name,
	zero: DEFAULT_GLOBAL,
	read(decoder, node) {
		const raw = readStruct(decoder, node, EMPTY, STRUCT);
		return raw && checkGlobal(decoder, node, raw);
	}
};

function checkGlobal(decoder: Decoder, node: ValueNode, raw: RawGlobal): GlobalConfig | undefined {
	const at = (field: keyof RawGlobal) => placeOf(decoder, raw, field) ?? node;
	const metricNameValidationScheme = raw.metricNameValidationScheme || 'utf8';
	const externalLabels = readLabels(decoder, raw.externalLabels, metricNameValidationScheme);
	if (!externalLabels) return undefined;
	const scrapeInterval = raw.scrapeInterval || DEFAULT_GLOBAL.scrapeInterval;
	if (raw.scrapeTimeout > scrapeInterval) {
		return refuse(
			decoder,
			at('scrapeTimeout'),
			'global scrape timeout greater than scrape interval'
		);
	}
	const wrong = raw.scrapeProtocols && protocolsError(raw.scrapeProtocols);
	if (wrong) return refuse(decoder, at('scrapeProtocols'), `${wrong} for global config`);
	return {
		...raw,
		externalLabels,
		metricNameValidationScheme,
		scrapeInterval,
		scrapeTimeout: raw.scrapeTimeout || Math.min(DEFAULT_GLOBAL.scrapeTimeout, scrapeInterval),
		evaluationInterval: raw.evaluationInterval || DEFAULT_GLOBAL.evaluationInterval,
		scrapeProtocols: raw.scrapeProtocols as readonly ScrapeProtocol[] | null,
		scrapeNativeHistograms: raw.scrapeNativeHistograms ?? DEFAULT_GLOBAL.scrapeNativeHistograms,
		extraScrapeMetrics: raw.extraScrapeMetrics ?? DEFAULT_GLOBAL.extraScrapeMetrics
	};
}

/** External labels with the environment filled in; undefined when one of them cannot be. */
function readLabels(
	decoder: Decoder,
	map: ReadonlyMap<string, string> | null,
	scheme: NameValidationScheme
): LabelPairs | undefined {
	const pairs: [string, string][] = [];
	for (const [name, value] of [...(map ?? [])].sort(([a], [b]) => compareText(a, b))) {
		const node = map && placeOf(decoder, map, name);
		if (!map || !node) continue;
		const isValid = scheme === 'legacy' ? isBareLabelName(name) : isValidLabelName(name);
		if (!isValid) return refuse(decoder, node, `${quote(name)} is not a valid label name`);
		if (!isValidUtf8(value)) {
			return refuse(decoder, node, `${quote(value)} is not a valid label value`);
		}
		const expanded = expandEnvironment(value, (variable) =>
			warn(decoder, node, `${variable} is empty: there are no environment variables here`)
		);
		pairs.push([name, expanded]);
	}
	return pairs;
}
