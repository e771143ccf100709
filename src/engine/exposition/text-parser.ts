import { NEWLINE } from './bytes.ts';
import { DecimalReader } from './decimal.ts';
import { PageError } from './page-error.ts';
import { NOTHING, type PageMemory } from './page-memory.ts';
import { PagePass } from './page-pass.ts';
import type { PageContent, ParsedExposition } from './parsed-page.ts';
import { placeOf } from './place.ts';
import { SymbolTable } from './symbols.ts';

/** Reads the pages of one target, one after the other. */
export interface TextParser {
	/**
	 * Reads a page as OpenMetrics if its content type says so, otherwise as the text format. The body is not kept.
	 * A page that cannot be read leaves what the parser remembers of the ones before as it was.
	 *
	 * A series is the same object as on the last page, and as on those since `settle` was called last, even where they could not be read.
	 */
	parse(body: Uint8Array, contentType: string): ParsedExposition;
	/** Forgets the pages before the last one. */
	settle(): void;
}

/** Pages before the last one that are remembered at most: where each shows other series, they would fill the memory. */
const MOST_OLDER = 4;

/**
 * A parser for the pages of one target. It remembers the last page and compares each line with it before it reads it:
 * from one scrape to the next only values change, and those are read straight from the bytes.
 */
export function createTextParser(): TextParser {
	return new StatefulParser();
}

class StatefulParser implements TextParser {
	readonly #symbols = new SymbolTable();
	readonly #decimals = new DecimalReader();
	#memory = NOTHING;
	#older: readonly PageMemory[] = [];
	#isOpenMetrics = false;
	#content: PageContent = { series: [], metadata: new Map() };

	parse(body: Uint8Array, contentType: string): ParsedExposition {
		const isOpenMetrics = isOpenMetricsType(contentType);
		const page = copyOf(body, isOpenMetrics);
		// The formats differ in what a line may be; a series is the same in both.
		const isSwitched = isOpenMetrics !== this.#isOpenMetrics;
		const memory = isSwitched ? NOTHING : this.#memory;
		const pass = new PagePass(
			page,
			isOpenMetrics,
			memory,
			isSwitched ? [this.#memory, ...this.#older] : this.#older,
			this.#symbols,
			this.#decimals
		);
		try {
			pass.run();
		} catch (error) {
			if (!(error instanceof PageError)) throw error;
			const before = pass.soFar();
			if (pass.hasNewLines) this.#keepOlder(pass.remember());
			return { ok: false, message: error.message, ...placeOf(page, error.offset ?? 0), before };
		}
		this.#isOpenMetrics = isOpenMetrics;
		if (memory === NOTHING || pass.hasNewLines) {
			this.#content = pass.content();
			this.#keepOlder(this.#memory);
		}
		this.#memory = pass.remember();
		return pass.result(this.#content);
	}

	settle(): void {
		if (this.#older.length > 0) this.#older = [];
	}

	/** Of too many the first stays, which is most like what comes, and the later ones. */
	#keepOlder(memory: PageMemory): void {
		if (memory === NOTHING) return;
		const kept = [...this.#older, memory];
		this.#older = kept.length > MOST_OLDER ? kept.toSpliced(1, 1) : kept;
	}
}

/** The media type alone decides; whether it is one that Prometheus reads at all is for whoever scrapes to say. */
function isOpenMetricsType(contentType: string): boolean {
	const [mediaType = ''] = contentType.split(';');
	return mediaType.trim().toLowerCase() === 'application/openmetrics-text';
}

/** The page is kept, the body is its owner's to reuse. The text format does without a last line break; its reader does not. */
function copyOf(body: Uint8Array, isOpenMetrics: boolean): Uint8Array {
	const page = new Uint8Array(body.length + (isOpenMetrics ? 0 : 1));
	page.set(body);
	if (!isOpenMetrics) page[body.length] = NEWLINE;
	return page;
}
