import type { ParsedExemplar } from '../page-reader.ts';
import type { ClassicGroup } from './group.ts';

/**
 * Takes the exemplars of a page's groups together, one group after the other in the order of the page. Prometheus does so in slots
 * that it uses again (NHCBParser.nextExemplarPtr, swapExemplars), with what that brings, which is kept here: an exemplar without a
 * timestamp takes over the one that the slot had before, and after a group with exemplars that made no histogram the next one gets
 * those, or empty ones, instead of its own.
 */
export class ExemplarSlots {
	readonly #page: ReadonlyMap<number, ParsedExemplar>;
	readonly #slots: ParsedExemplar[] = [];
	#length = 0;

	constructor(page: ReadonlyMap<number, ParsedExemplar>) {
		this.#page = page;
	}

	/** The exemplars that the histogram of a group gets; none are given out when it has become no histogram. */
	collect({ lines }: ClassicGroup, isConverted: boolean): readonly ParsedExemplar[] {
		let count = 0;
		for (const line of lines) {
			this.#reserve(count);
			const exemplar = this.#page.get(line);
			if (!exemplar) continue;
			const at = this.#length - 1;
			this.#slots[at] = { ...timestampOf(this.#slots[at]), ...exemplar };
			this.#reserve(++count);
		}
		if (!isConverted) return [];
		this.#length = 0;
		return Array.from({ length: count }, (_, i) => this.#slots[i] ?? EMPTY);
	}

	/** Takes the next slot into use, unless the last one is free. */
	#reserve(count: number): void {
		if (count !== this.#length - 1) this.#length++;
	}
}

const EMPTY: ParsedExemplar = { labels: [], value: 0 };

function timestampOf(exemplar: ParsedExemplar | undefined): { readonly timestamp?: number } {
	return exemplar?.timestamp === undefined ? {} : { timestamp: exemplar.timestamp };
}
