import { aggregators, type Aggregate } from './aggregators.ts';
import { format } from './inspect.ts';
import type { MetricObject } from './metric.ts';
import { PROMETHEUS_CONTENT_TYPE, Registry, type RegistryContentType } from './registry.ts';
import { Snapshot } from './snapshot.ts';

/**
 * Adds up what several registries tell. In Node it also collects that from the workers of a cluster; a tab has
 * none, and here it answers as prom-client does in a process without workers.
 */
export class AggregatorRegistry extends Registry {
	/** The metrics of all workers: an empty text, for there are none. */
	async clusterMetrics(): Promise<string> {
		return '';
	}

	/**
	 * A registry with the metrics of all, each combined as its `aggregator` says; summed up where it says nothing.
	 * Takes what `getMetricsAsJSON()` of each registry gave. Throws for an aggregator that there is not.
	 */
	static aggregate(
		metricsArr: readonly (readonly object[])[],
		registryType: RegistryContentType = PROMETHEUS_CONTENT_TYPE
	): Registry {
		const registry = new Registry();
		registry.setContentType(registryType);
		for (const metrics of byName(metricsArr).values()) {
			const aggregated = aggregatorOf(metrics[0]?.aggregator ?? 'sum')(metrics);
			if (aggregated) registry.registerMetric(new Snapshot(aggregated));
		}
		return registry;
	}

	/** Which registries a worker would tell its cluster of: kept by nobody, as there is no cluster. Throws for what is none. */
	static setRegistries(regs: Registry | readonly Registry[]): void {
		for (const register of Array.isArray(regs) ? (regs as unknown[]) : [regs]) {
			if (!(register instanceof Registry)) {
				throw new TypeError(`Expected Registry, got ${typeof register}`);
			}
		}
	}
}

function byName(metricsArr: unknown): Map<string, MetricObject[]> {
	if (!Array.isArray(metricsArr) || !metricsArr.every(Array.isArray)) {
		throw new TypeError(
			'aggregate takes an array of what getMetricsAsJSON() gave, each awaited: aggregate([await one.getMetricsAsJSON()])'
		);
	}
	const groups = new Map<string, MetricObject[]>();
	for (const metric of (metricsArr as MetricObject[][]).flat()) {
		const group = groups.get(metric.name);
		if (group) group.push(metric);
		else groups.set(metric.name, [metric]);
	}
	return groups;
}

function aggregatorOf(name: string): Aggregate {
	const known: Readonly<Record<string, Aggregate>> = aggregators;
	if (Object.hasOwn(known, name)) return known[name] as Aggregate;
	const names = Object.keys(known).join(', ');
	throw new Error(`'${format(name)}' is not a defined aggregator. There are ${names}`);
}
