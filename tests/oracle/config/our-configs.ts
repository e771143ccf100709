import { formatFloat } from '#engine/model';
import {
	formatScrapeConfig,
	readScrapeConfig,
	type Config,
	type LabelPairs
} from '../../../src/engine/scrape/config/index.ts';
import { flatten, type Reading } from './prometheus-configs.ts';

/** What we make of a file, in the words of the comparison. */
export function readOurs(text: string): Reading & { readonly hasWarnings?: boolean } {
	try {
		const { config, problems } = readScrapeConfig(text);
		const hasWarnings = problems.some(({ severity }) => severity === 'warning');
		if (config) {
			return { text: formatScrapeConfig(config), values: flatten(toWire(config)), hasWarnings };
		}
		const first = problems.find(({ severity }) => severity === 'error');
		return { error: first?.message ?? 'refused without a reason', line: first?.line };
	} catch (thrown) {
		return { error: `thrown: ${thrown instanceof Error ? thrown.stack : String(thrown)}` };
	}
}

/** Mappings as the Go program shows them. */
function toWire({ global, ruleFiles, scrapeConfigs }: Config): unknown {
	return {
		ruleFiles,
		global: { ...global, externalLabels: record(global.externalLabels) },
		scrapeConfigs: scrapeConfigs.map((config) => ({
			...config,
			nativeHistogramMinBucketFactor: goNumber(config.nativeHistogramMinBucketFactor),
			params: Object.fromEntries(config.params),
			relabelConfigs: config.relabelConfigs.map(withRegex),
			metricRelabelConfigs: config.metricRelabelConfigs.map(withRegex),
			staticConfigs: config.staticConfigs.map(({ targets, labels }) => ({
				targets,
				labels: record(labels)
			}))
		}))
	};
}

/** JSON knows no infinity. */
function goNumber(value: number): number | string {
	return Number.isFinite(value) ? value : formatFloat(value);
}

function record(labels: LabelPairs): Record<string, string> {
	return Object.fromEntries(labels);
}

function withRegex<T extends { readonly regex?: string }>(rule: T): T {
	return { ...rule, regex: rule.regex ?? '(.*)' };
}
