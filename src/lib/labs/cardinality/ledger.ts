import type { StoreStatus } from '#workers/protocol';

/** A label and how many values of it the head has seen. */
export interface LedgerRow {
	readonly name: string;
	readonly values: number;
	/** Values that came on top in a virtual minute, since the count before. */
	readonly growth: number;
}

/** Labels that every series has from its target; they do not grow. */
const OWN = new Set(['__name__', 'job', 'instance', 'le']);

/** The learner's labels, the one with most values first. `before` is an older count, `minutes` of virtual time ago. */
export function ledger(
	status: StoreStatus,
	before: StoreStatus | undefined,
	minutes: number
): readonly LedgerRow[] {
	const old = new Map(before?.labelValueCountByLabelName.map(({ name, value }) => [name, value]));
	return status.labelValueCountByLabelName
		.filter(({ name }) => !OWN.has(name))
		.map(({ name, value }) => ({
			name,
			values: value,
			growth: before && minutes > 0 ? Math.max(0, (value - (old.get(name) ?? 0)) / minutes) : 0
		}));
}
