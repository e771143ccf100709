import { readFileSync } from 'node:fs';
import { writeOpenMetricsDump } from '#engine/exposition';
import { loadOpenMetrics } from '../../../src/cli/open-metrics.ts';
import type { Life } from './life.ts';
import { everySeries, sampleLines } from './samples.ts';

/** What changes on the way through a dump: nothing, where these are undefined. */
export interface ReadBackDifferences {
	/** Between the lab's head and the one of the dump read back, staleness markers apart. */
	readonly head?: string;
	/** Between the dump and the one that the second head gives. */
	readonly dump?: string;
}

/** Reads the dump of a life, and dumps it again. */
export function compareReadBack({ lab, dump }: Pick<Life, 'lab' | 'dump'>): ReadBackDifferences {
	const { head, metadata } = loadOpenMetrics(dump);
	const series = everySeries(head);
	const again = [...writeOpenMetricsDump(series, metadata)].join('');
	const text = readFileSync(dump, 'utf8');
	return {
		head: firstDifference(sampleLines(everySeries(lab.querier)), sampleLines(series)),
		dump: firstDifference(text.split('\n'), again.split('\n'))
	};
}

function firstDifference(a: readonly string[], b: readonly string[]): string | undefined {
	const length = Math.max(a.length, b.length);
	for (let i = 0; i < length; i++) {
		if (a[i] !== b[i]) return `line ${i + 1}\n    first  ${a[i]}\n    second ${b[i]}`;
	}
	return undefined;
}
