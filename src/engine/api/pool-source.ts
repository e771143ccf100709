import type { DroppedTarget, Labels, MetricMetadata, TargetStatus } from '#engine/model';

/** What the API asks of a scrape pool, which is the targets of one job. */
export interface PoolSource {
	/** The `job_name`. */
	readonly name: string;
	targets(): readonly TargetStatus[];
	/** As many as are remembered. */
	readonly dropped: readonly DroppedTarget[];
	/** How many were dropped, remembered or not. */
	readonly droppedCount: number;
	/** What the pages of each target said of their metric families, by the labels of the target. */
	metadata(): Iterable<readonly [Labels, Iterable<readonly [string, MetricMetadata]>]>;
	/** What each of the pool's relabel_configs makes of a label set, one after the other. */
	relabelSteps(labels: Labels): readonly RelabelStep[];
}

/** A rule of relabel_configs (model/relabel, Config). */
export interface RelabelStepRule {
	readonly sourceLabels?: readonly string[] | undefined;
	readonly separator: string;
	/** Absent when none was given, which means `(.*)`. */
	readonly regex?: string | undefined;
	readonly modulus: number;
	readonly targetLabel: string;
	readonly replacement: string;
	readonly action: string;
}

/** A label set after one of the rules. */
export interface RelabelStep {
	readonly rule: RelabelStepRule;
	/** Empty from the rule on that drops the set. */
	readonly output: Labels;
	readonly keep: boolean;
}
