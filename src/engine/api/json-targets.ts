import type { DroppedTarget, TargetStatus } from '#engine/model';
import { jsonData } from './json-map.ts';
import { labelsObject } from './json-sample.ts';
import { htmlSafeText, jsonArray, jsonObject, standardText } from './json-text.ts';
import { rfc3339 } from './json-time.ts';
import type { RelabelStep, RelabelStepRule } from './pool-source.ts';
import type { TargetDiscovery, TargetMetadata } from './targets.ts';

/** The `data` of the targets endpoint. */
export function discoveryData({ active, dropped, droppedCounts }: TargetDiscovery): string {
	return jsonObject([
		['activeTargets', jsonArray(active.map(targetObject))],
		['droppedTargets', jsonArray(dropped.map(droppedObject))],
		['droppedTargetCounts', jsonData(droppedCounts ?? null)]
	]);
}

function targetObject(target: TargetStatus): string {
	return jsonObject([
		['discoveredLabels', labelsObject(target.discoveredLabels)],
		['labels', labelsObject(target.labels)],
		['scrapePool', htmlSafeText(target.scrapePool)],
		['scrapeUrl', htmlSafeText(target.scrapeUrl)],
		['globalUrl', htmlSafeText(target.scrapeUrl)],
		['lastError', htmlSafeText(target.lastError)],
		['lastScrape', `"${rfc3339(target.lastScrape)}"`],
		['lastScrapeDuration', JSON.stringify(target.lastScrapeDuration)],
		['health', htmlSafeText(target.health)],
		['scrapeInterval', htmlSafeText(target.scrapeInterval)],
		['scrapeTimeout', htmlSafeText(target.scrapeTimeout)]
	]);
}

function droppedObject({ discoveredLabels, scrapePool }: DroppedTarget): string {
	return jsonObject([
		['discoveredLabels', labelsObject(discoveredLabels)],
		['scrapePool', htmlSafeText(scrapePool)]
	]);
}

/** The `data` of the endpoint for metadata by target. */
export function targetMetadataData(families: readonly TargetMetadata[]): string {
	return jsonArray(
		families.map(({ target, metric, type, help, unit }) =>
			jsonObject([
				['target', labelsObject(target)],
				...(metric ? [['metric', htmlSafeText(metric)] as const] : []),
				['type', htmlSafeText(type)],
				['help', htmlSafeText(help)],
				['unit', htmlSafeText(unit)]
			])
		)
	);
}

/** The `data` of the relabel_steps endpoint. */
export function relabelStepsData(steps: readonly RelabelStep[]): string {
	const written = steps.map(({ rule, output, keep }) =>
		jsonObject([
			['rule', ruleObject(rule)],
			['output', labelsObject(output)],
			['keep', String(keep)]
		])
	);
	return jsonObject([['steps', jsonArray(written)]]);
}

/** Go leaves out what is empty or zero where the field says so; an expression is none of that, and Go's own encoder writes it. */
function ruleObject(rule: RelabelStepRule): string {
	const { sourceLabels = [], regex = '(.*)', modulus, targetLabel } = rule;
	const fields: [string, string][] = [];
	if (sourceLabels.length > 0) {
		fields.push(['source_labels', jsonArray(sourceLabels.map(htmlSafeText))]);
	}
	fields.push(['separator', htmlSafeText(rule.separator)], ['regex', standardText(regex)]);
	if (modulus !== 0) fields.push(['modulus', String(modulus)]);
	if (targetLabel !== '') fields.push(['target_label', htmlSafeText(targetLabel)]);
	fields.push(
		['replacement', htmlSafeText(rule.replacement)],
		['action', htmlSafeText(rule.action)]
	);
	return jsonObject(fields);
}

/** The `data` of the scrape_pools endpoint. */
export function scrapePoolsData(names: readonly string[]): string {
	return jsonObject([['scrapePools', jsonArray(names.map(htmlSafeText))]]);
}
