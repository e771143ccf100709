import { compareText, type TargetStatus } from '#engine/model';
import { success } from './api-error.ts';
import type { ApiResponse } from './api.ts';
import { fields, type JsonFields, type JsonMap } from './json-map.ts';

export interface TargetsParams {
	/** `active`, `dropped` or `any`; any case. */
	readonly state?: string;
	readonly scrapePool?: string;
}

/** What the targets endpoint tells. None is ever dropped here. */
export interface TargetDiscovery {
	readonly active: readonly TargetStatus[];
	/** How many were dropped of each pool; undefined when it was not asked for. */
	readonly droppedCounts?: Readonly<Record<string, number>>;
}

/** The targets of a state and a scrape pool, by pool (web/api/v1, targets). Any other word for a state means none. */
export function discoverTargets(
	targets: readonly TargetStatus[],
	{ state = '', scrapePool = '' }: TargetsParams = {}
): TargetDiscovery {
	const asked = state.toLowerCase() || 'any';
	const pools = poolsOf(targets);
	const wanted = pools.filter((pool) => scrapePool === '' || pool === scrapePool);
	const active = wanted.flatMap((pool) => targets.filter((target) => target.scrapePool === pool));
	return {
		active: asked === 'any' || asked === 'active' ? active : [],
		...((asked === 'any' || asked === 'dropped') && {
			droppedCounts: Object.fromEntries(pools.map((pool) => [pool, 0]))
		})
	};
}

/** The scrape_pools endpoint. */
export function scrapePools(targets: readonly TargetStatus[]): ApiResponse<JsonMap> {
	return success({ scrapePools: poolsOf(targets) });
}

/**
 * The status/config endpoint: a configuration with which a Prometheus would scrape the same targets under the same names.
 * A target's path and scheme are those of the first one of its pool.
 */
export function scrapeConfiguration(targets: readonly TargetStatus[]): ApiResponse<JsonFields> {
	const configs = poolsOf(targets).map((pool) =>
		scrapeConfig(
			pool,
			targets.filter(({ scrapePool }) => scrapePool === pool)
		)
	);
	const yaml = configs.length > 0 ? `scrape_configs:\n${configs.join('')}` : 'global: {}\n';
	return success(fields({ yaml }));
}

/** An item of the list in YAML, where texts may be written as in JSON. */
function scrapeConfig(job: string, targets: readonly TargetStatus[]): string {
	const urls = targets.map(({ scrapeUrl }) => URL_PARTS.exec(scrapeUrl) ?? []);
	const [first] = targets;
	const [, scheme = 'http', , path = '/'] = urls[0] ?? [];
	const addresses = urls.map(([, , address = '']) => JSON.stringify(address));
	return [
		`- job_name: ${JSON.stringify(job)}`,
		`  scrape_interval: ${first?.scrapeInterval ?? ''}`,
		`  scrape_timeout: ${first?.scrapeTimeout ?? ''}`,
		`  metrics_path: ${JSON.stringify(path)}`,
		`  scheme: ${scheme}`,
		'  static_configs:',
		`  - targets: [${addresses.join(', ')}]`,
		''
	].join('\n');
}

/** Scheme, host with its port, and path. */
const URL_PARTS = /^(\w+):\/\/([^/]+)([^?]*)/;

function poolsOf(targets: readonly TargetStatus[]): string[] {
	return [...new Set(targets.map(({ scrapePool }) => scrapePool))].sort(compareText);
}
