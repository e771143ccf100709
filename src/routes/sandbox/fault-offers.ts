import { formatDuration, MINUTE, type Duration, type Timestamp } from '#engine/model';
import type { LabState } from '$lib/state/lab.svelte.ts';
import { faultEnd } from './chart-marks.ts';

type Fault = LabState['faults'][number];

/** Something a person can make go wrong, and what will happen then. */
export interface FaultOffer {
	readonly kind: Fault['kind'];
	readonly title: string;
	readonly text: string;
	/** The fault, from this moment on. */
	readonly at: (now: Timestamp) => Fault;
}

const CRASH: Duration = MINUTE;
const BURST: Duration = 2 * MINUTE;
const SLOW: Duration = 3 * MINUTE;
const LOST: Duration = 2 * MINUTE;

/** What can go wrong now. The crash strikes the first instance of the shop that is up. */
export function faultOffers(instances: LabState['instances']): readonly FaultOffer[] {
	const shop = instances.filter(({ job }) => job === 'shop');
	const victim = (shop.find(({ isUp }) => isUp) ?? shop[0])?.name ?? 'shop-1:8000';
	return [
		{
			kind: 'crash',
			title: `Crash ${victim.replace(/:\d+$/, '')}`,
			text: `Down for ${formatDuration(CRASH)}; then its counters begin again at 0.`,
			at: (at) => ({ kind: 'crash', at, instance: victim, downFor: CRASH })
		},
		{
			kind: 'error-burst',
			title: 'Burst of errors',
			text: `30 of 100 requests get a 500, for ${formatDuration(BURST)}.`,
			at: (at) => ({ kind: 'error-burst', at, for: BURST, share: 0.3 })
		},
		{
			kind: 'slow-dependency',
			title: 'Slow payments',
			text: `Orders wait ten times as long for it, for ${formatDuration(SLOW)}.`,
			at: (at) => ({
				kind: 'slow-dependency',
				at,
				for: SLOW,
				dependency: 'payments',
				factor: 10
			})
		},
		{
			kind: 'lost-scrape',
			title: 'Lose scrapes',
			text: `None gets through for ${formatDuration(LOST)}. The shop is well.`,
			at: (at) => ({ kind: 'lost-scrape', at, for: LOST })
		}
	];
}

/** When the fault of a kind that is going on now ends; undefined while there is none. */
export function activeUntil(
	faults: readonly Fault[],
	kind: Fault['kind'],
	now: Timestamp
): Timestamp | undefined {
	const ends = faults
		.filter((fault) => fault.kind === kind && fault.at <= now && now < faultEnd(fault))
		.map(faultEnd);
	return ends.length > 0 ? Math.max(...ends) : undefined;
}
