import type { LabEvent } from '#engine/lab';
import type { ChartBand, ChartEvent } from '$lib/charts/series.ts';
import type { LabState } from '$lib/state/lab.svelte.ts';

type Fault = LabState['faults'][number];

/** Faults as stretches of a chart, for as long as they last. */
export function faultBands(faults: readonly Fault[]): ChartBand[] {
	return faults.map((fault) => ({
		from: fault.at,
		to: faultEnd(fault),
		label: faultLabel(fault),
		kind: 'fault'
	}));
}

/** When a fault is over. */
export function faultEnd(fault: Fault): number {
	return fault.at + (fault.kind === 'crash' ? fault.downFor : fault.for);
}

function faultLabel(fault: Fault): string {
	switch (fault.kind) {
		case 'crash':
			return `${hostOf(fault.instance)} down`;
		case 'error-burst':
			return `${Math.round(fault.share * 100)} % errors`;
		case 'slow-dependency':
			return `${fault.dependency} ${fault.factor}× slower`;
		case 'lost-scrape':
			return fault.instance ? `${hostOf(fault.instance)} not scraped` : 'scrapes lost';
		case 'outbound-cut':
			return 'calls out cut';
	}
}

function hostOf(instance: string): string {
	return instance.replace(/:\d+$/, '');
}

const MARKS: Partial<Record<LabEvent['kind'], ChartEvent['kind']>> = {
	deploy: 'change',
	reload: 'change',
	rate: 'change',
	crash: 'fault',
	restart: 'recovery'
};

const LABELS: Partial<Record<LabEvent['kind'], string>> = {
	deploy: 'deploy',
	reload: 'reload',
	crash: 'died',
	restart: 'restart'
};

/** What happened at a moment, as marks of a chart. Faults are bands already. */
export function eventMarks(events: readonly LabEvent[]): ChartEvent[] {
	return events.flatMap((event) => {
		const kind = MARKS[event.kind];
		return kind
			? [{ at: event.at, kind, label: LABELS[event.kind] ?? shortRate(event.label) }]
			: [];
	});
}

function shortRate(label: string): string {
	const rate = /[\d.]+/.exec(label)?.[0];
	return rate ? `${rate}/s` : label;
}
