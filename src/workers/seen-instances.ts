import type { Lab } from '#engine/lab';
import { labelValue } from '#engine/model';
import type { SeenInstance } from './protocol.ts';

/** The instances of a lab, and whether there is a target at the address of each. */
export function seenInstances(lab: Lab): readonly SeenInstance[] {
	const addresses = new Set<string>();
	for (const pool of lab.pools) {
		for (const { target } of pool.targets) {
			addresses.add(labelValue(target.allLabels, '__address__'));
		}
	}
	return lab.status().map((status) => ({ ...status, isTarget: addresses.has(status.name) }));
}
