import {
	formatDuration,
	isValidUtf8,
	labelPairs,
	labelsFromPairs,
	labelValue,
	parseDuration,
	quote,
	withLabel,
	type Duration,
	type Labels
} from '#engine/model';
import type { LabelPairs, ScrapeConfig } from './config/config.ts';
import { getLabel, setLabel, type LabelBuilder } from './relabel/label-builder.ts';
import { createRelabeler } from './relabel/relabel.ts';
import { PARAM_PREFIX, targetUrl } from './target-url.ts';

/** What a job says of its targets. */
export type TargetConfig = Pick<
	ScrapeConfig,
	| 'jobName'
	| 'scrapeInterval'
	| 'scrapeTimeout'
	| 'metricsPath'
	| 'scheme'
	| 'params'
	| 'convertClassicHistogramsToNhcb'
	| 'alwaysScrapeClassicHistograms'
	| 'scrapeNativeHistograms'
	| 'relabelConfigs'
>;

/** A target to be scraped. */
export interface ActiveTarget {
	readonly state: 'active';
	/** Before relabelling. */
	readonly discoveredLabels: Labels;
	/** What relabelling left, with the labels that begin with `__`: with the URL it tells the target from all others. */
	readonly allLabels: Labels;
	/** What its samples are labelled with. */
	readonly labels: Labels;
	readonly url: string;
	readonly interval: Duration;
	readonly timeout: Duration;
	/** Whether its classic histograms are stored as native ones with custom buckets. */
	readonly convertToNhcb: boolean;
	/** Whether they are stored as they are beside that. */
	readonly keepClassic: boolean;
}

/** What became of a target that was found. */
export type FoundTarget =
	| ActiveTarget
	| { readonly state: 'dropped'; readonly discoveredLabels: Labels }
	/** Its labels do not make a target; the error is in Prometheus' words. */
	| { readonly state: 'invalid'; readonly discoveredLabels: Labels; readonly error: string };

/**
 * Compiles a job's rules to what finds out about its targets: from the labels of one, and those of the group that it was found in, to
 * what is scraped and under which labels (scrape/target.go, PopulateLabels).
 */
export function createTargetLabeler(
	config: TargetConfig
): (target: LabelPairs, group: LabelPairs) => FoundTarget {
	const relabel = createRelabeler(config.relabelConfigs);
	return (target, group) => {
		const { labels: discoveredLabels, added } = discover(config, target, group);
		const labels = relabel(discoveredLabels, added);
		if (!labels) return { state: 'dropped', discoveredLabels };
		const error = targetError(labels);
		if (error !== undefined) return { state: 'invalid', discoveredLabels, error };
		const allLabels = withInstance(withoutMeta(labels));
		return {
			state: 'active',
			discoveredLabels,
			allLabels,
			labels: publicLabels(allLabels),
			url: targetUrl(labels, config.params),
			interval: parseDuration(labelValue(labels, INTERVAL)),
			timeout: parseDuration(labelValue(labels, TIMEOUT)),
			convertToNhcb: isOn(labels, CONVERT_TO_NHCB, config.convertClassicHistogramsToNhcb),
			keepClassic: isOn(labels, ALWAYS_CLASSIC, config.alwaysScrapeClassicHistograms)
		};
	};
}

const ADDRESS = '__address__';
const INTERVAL = '__scrape_interval__';
const TIMEOUT = '__scrape_timeout__';
const CONVERT_TO_NHCB = '__convert_classic_histograms_to_nhcb__';
const ALWAYS_CLASSIC = '__always_scrape_classic_histograms__';
const NATIVE_HISTOGRAMS = '__scrape_native_histograms__';

/** The labels before relabelling: the target's own, then the group's, and where those say nothing the job's settings. */
function discover(config: TargetConfig, target: LabelPairs, group: LabelPairs): LabelBuilder {
	const builder: LabelBuilder = { labels: [], added: [] };
	const own = new Set(target.map(([name]) => name));
	for (const [name, value] of target) setLabel(builder, name, value);
	for (const [name, value] of group) if (!own.has(name)) setLabel(builder, name, value);
	for (const [name, value] of settings(config)) {
		if (getLabel(builder, name) === '') setLabel(builder, name, value);
	}
	return builder;
}

function settings(config: TargetConfig): LabelPairs {
	return [
		['job', config.jobName],
		[INTERVAL, formatDuration(config.scrapeInterval)],
		[TIMEOUT, formatDuration(config.scrapeTimeout)],
		['__metrics_path__', config.metricsPath],
		['__scheme__', config.scheme],
		[CONVERT_TO_NHCB, String(config.convertClassicHistogramsToNhcb)],
		[ALWAYS_CLASSIC, String(config.alwaysScrapeClassicHistograms)],
		[NATIVE_HISTOGRAMS, String(config.scrapeNativeHistograms)],
		...config.params.map(([name, [value = '']]) => [PARAM_PREFIX + name, value] as const)
	];
}

/** Why the labels that relabelling left are not those of a target, first things first; undefined when they are. */
function targetError(labels: Labels): string | undefined {
	const address = labelValue(labels, ADDRESS);
	if (address === '') return 'no address';
	if (address.includes('/')) return `${quote(address)} is not a valid hostname`;
	return timingError(labels) ?? switchError(labels) ?? valueError(labels);
}

function timingError(labels: Labels): string | undefined {
	const [interval, timeout] = [labelValue(labels, INTERVAL), labelValue(labels, TIMEOUT)];
	const error = durationError('interval', interval) ?? durationError('timeout', timeout);
	if (error !== undefined || parseDuration(timeout) <= parseDuration(interval)) return error;
	return `scrape timeout cannot be greater than scrape interval (${quote(timeout)} > ${quote(interval)})`;
}

function durationError(what: string, text: string): string | undefined {
	try {
		return parseDuration(text) === 0 ? `scrape ${what} cannot be 0` : undefined;
	} catch (error) {
		return `error parsing scrape ${what}: ${(error as Error).message}`;
	}
}

const SWITCHES = [
	[CONVERT_TO_NHCB, 'convert classic histograms to nhcb'],
	[ALWAYS_CLASSIC, 'always scrape classic histograms'],
	[NATIVE_HISTOGRAMS, 'scrape native histograms']
] as const;

/** What Go reads as true or false (strconv.ParseBool). */
const BOOLEAN = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;

/** What a switch among the labels says; what the job says where relabelling took it away. */
function isOn(labels: Labels, name: string, otherwise: boolean): boolean {
	const value = labelValue(labels, name);
	return value === '' ? otherwise : /^[1tT]/.test(value);
}

function switchError(labels: Labels): string | undefined {
	for (const [name, description] of SWITCHES) {
		const value = labelValue(labels, name);
		if (value === '' || BOOLEAN.test(value)) continue;
		return `error parsing ${description}: strconv.ParseBool: parsing ${quote(value)}: invalid syntax`;
	}
	return undefined;
}

/** Labels of a discovery are gone by then, whatever is in them. */
function valueError(labels: Labels): string | undefined {
	for (const [name, value] of labelPairs(labels)) {
		if (name.startsWith(META_PREFIX) || isValidUtf8(value)) continue;
		return `invalid label value for ${quote(name)}: ${quote(value)}`;
	}
	return undefined;
}

const META_PREFIX = '__meta_';

function withoutMeta(labels: Labels): Labels {
	return labelsFromPairs([...labelPairs(labels)].filter(([name]) => !name.startsWith(META_PREFIX)));
}

/** Labels that begin with `__` are between discovery and the target; no sample has them. */
function publicLabels(labels: Labels): Labels {
	return labelsFromPairs([...labelPairs(labels)].filter(([name]) => !name.startsWith('__')));
}

function withInstance(labels: Labels): Labels {
	if (labelValue(labels, 'instance') !== '') return labels;
	return withLabel(labels, 'instance', labelValue(labels, ADDRESS));
}
