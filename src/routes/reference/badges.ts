import type { HistogramSupport, ReferenceEntry } from '#engine/promql';

/** A short fact about an entry. */
export interface EntryBadge {
	readonly text: string;
	readonly tone: 'plain' | 'warn';
}

const HISTOGRAMS: Readonly<Record<HistogramSupport, string>> = {
	taken: 'native histograms too',
	needed: 'native histograms only',
	'left out': 'numbers only',
	none: ''
};

/** The facts that stand beside the name of an entry. */
export function badgesOf({ kind, histograms, experimental }: ReferenceEntry): EntryBadge[] {
	const isCall = kind === 'function' || kind === 'aggregator';
	const texts = [kind === 'aggregator' ? kind : '', isCall ? HISTOGRAMS[histograms] : ''];
	const plain = texts.filter(Boolean).map((text) => ({ text, tone: 'plain' }) as const);
	return experimental ? [...plain, { text: 'experimental', tone: 'warn' }] : plain;
}
