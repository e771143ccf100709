import type { PoolSource } from '#engine/api';
import { relabelSteps, type ScrapePool } from '#engine/scrape';

/** A scrape pool as the API asks it. */
export function poolSource(pool: ScrapePool): PoolSource {
	return {
		name: pool.config.jobName,
		targets: () => pool.status(),
		dropped: pool.dropped,
		droppedCount: pool.droppedCount,
		metadata: () => Array.from(pool.targets, ({ target, loop }) => [target.labels, loop.metadata]),
		relabelSteps: (labels) => relabelSteps(pool.config.relabelConfigs, labels)
	};
}
