import type { MetricType } from '#engine/model';
import type { Line } from './page-memory.ts';

/** How a page is laid out: what its samples alone do not tell. */
export interface PageLayout {
	readonly isOpenMetrics: boolean;
	/** In order; every sample is in one. */
	readonly sections: readonly PageSection[];
	/** Whether the page breaks off after a sample: what follows that one is not known then. */
	readonly breaksOff: boolean;
}

/** Samples that follow each other without a line of another kind between them, blank ones excepted. */
export interface PageSection {
	/** The number of its first sample; it reaches to the next section. */
	readonly from: number;
	/** What the last TYPE line said, and of which family; both empty before the first. */
	readonly type: MetricType | '';
	readonly family: string;
}

/** The layout of a page with those lines. `isWhole`: there are no others. */
export function layoutOf(
	lines: readonly Line[],
	isOpenMetrics: boolean,
	isWhole: boolean
): PageLayout {
	const sections: PageSection[] = [];
	let type: MetricType | '' = '';
	let family = '';
	let samples = 0;
	let isWithin = false;
	for (const { series, fact } of lines) {
		if (series && !isWithin) sections.push({ from: samples, type, family });
		if (series) samples++;
		if (fact?.type) [type, family] = [fact.type, fact.name];
		isWithin = series !== undefined;
	}
	return { isOpenMetrics, sections, breaksOff: isWithin && !isWhole };
}
