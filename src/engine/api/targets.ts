import {
	compareText,
	labelValue,
	matcherTest,
	quote,
	type DroppedTarget,
	type Labels,
	type MetricMetadata,
	type TargetStatus
} from '#engine/model';
import { formatParseError, parseSelector } from '#engine/promql';
import { badData, invalidParameter } from './api-error.ts';
import type { RelabelStepsParams, TargetMetadataParams, TargetsParams } from './api.ts';
import { metadataLimit } from './count-parameter.ts';
import { labelsFromJson } from './labels-json.ts';
import { knownMetadata } from './metadata.ts';
import type { PoolSource, RelabelStep } from './pool-source.ts';

/** What the targets endpoint tells. */
export interface TargetDiscovery {
	readonly active: readonly TargetStatus[];
	/** Those of each pool that are remembered. */
	readonly dropped: readonly DroppedTarget[];
	/** How many were dropped of each pool, whatever pool was asked for; undefined when the state asked for is another. */
	readonly droppedCounts?: Readonly<Record<string, number>>;
}

/** What a target says of a metric family. */
export interface TargetMetadata extends MetricMetadata {
	readonly target: Labels;
	/** The family; undefined where it was asked for. */
	readonly metric?: string;
}

/** The targets of a state and a scrape pool, by pool (web/api/v1, targets). Any other word for a state means none. */
export function discoverTargets(
	sources: Iterable<PoolSource>,
	{ state = '', scrapePool = '' }: TargetsParams = {}
): TargetDiscovery {
	const asked = state.toLowerCase() || 'any';
	const pools = byName(sources);
	const wanted = pools.filter(({ name }) => scrapePool === '' || name === scrapePool);
	const isAskedFor = (word: string) => asked === 'any' || asked === word;
	return {
		active: isAskedFor('active') ? wanted.flatMap((pool) => pool.targets()) : [],
		...(isAskedFor('dropped')
			? {
					dropped: wanted.flatMap(({ dropped }) => dropped),
					droppedCounts: Object.fromEntries(
						pools.map(({ name, droppedCount }) => [name, droppedCount])
					)
				}
			: { dropped: [] })
	};
}

/** The names of all scrape pools, in the order of the alphabet. */
export function scrapePoolNames(sources: Iterable<PoolSource>): readonly string[] {
	return byName(sources).map(({ name }) => name);
}

/**
 * What targets say of metric families (web/api/v1, targetMetadata). The limit is looked at between targets and not within one, as in
 * Prometheus; targets come by pool, there in any order. Throws an ApiError.
 */
export function targetMetadata(
	sources: Iterable<PoolSource>,
	{ matchTarget = '', metric = '', limit: limitText }: TargetMetadataParams
): TargetMetadata[] {
	const limit = metadataLimit('limit', limitText) ?? -1;
	const isWanted = targetTest(matchTarget);
	const found: TargetMetadata[] = [];
	for (const pool of byName(sources)) {
		for (const [target, families] of pool.metadata()) {
			if (limit >= 0 && found.length >= limit) return found;
			if (!isWanted(target)) continue;
			for (const [name, metadata] of families) {
				if (metric === '') found.push({ target, metric: name, ...knownMetadata(metadata) });
				else if (metric === name) found.push({ target, ...knownMetadata(metadata) });
			}
		}
	}
	return found;
}

/** What the rules of a pool make of a label set (web/api/v1, targetRelabelSteps). Throws an ApiError. */
export function relabelStepsOf(
	sources: Iterable<PoolSource>,
	{ scrapePool, labels }: RelabelStepsParams
): readonly RelabelStep[] {
	if (scrapePool === '') throw badData('no scrapePool parameter provided');
	if (labels === '') throw badData('no labels parameter provided');
	const read = labelsFromJson(labels);
	if (!read.ok) throw badData(`error parsing labels: ${read.error}`);
	for (const pool of sources) {
		if (pool.name === scrapePool) return pool.relabelSteps(read.labels);
	}
	throw badData(`error retrieving scrape config: scrape pool ${quote(scrapePool)} not found`);
}

function targetTest(selector: string): (target: Labels) => boolean {
	if (selector === '') return () => true;
	const parsed = parseSelector(selector);
	if (!parsed.ok) {
		const [first] = parsed.errors;
		throw invalidParameter(
			'match_target',
			first ? formatParseError(selector, first) : 'no selector'
		);
	}
	const tests = parsed.selector.matchers.map(
		(matcher) => [matcher.name, matcherTest(matcher)] as const
	);
	return (target) => tests.every(([name, test]) => test(labelValue(target, name)));
}

function byName(sources: Iterable<PoolSource>): PoolSource[] {
	return [...sources].sort((a, b) => compareText(a.name, b.name));
}
