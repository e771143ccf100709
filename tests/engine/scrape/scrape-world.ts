import {
	ABSENT,
	formatFloat,
	formatLabels,
	labels,
	metricName,
	STALE,
	withoutLabels,
	type Appendable,
	type SeriesColumns
} from '#engine/model';
import {
	ScrapeLoop,
	ScrapeMemory,
	type ScrapeLoopOptions,
	type ScrapeReport,
	type ScrapeResponse
} from '#engine/scrape';
import { Head } from '#engine/tsdb';

/** A page as text, a response as it is, or an error: what a target answers to one scrape. */
export type Answer = string | ScrapeResponse | Error;

const TARGET_LABELS = labels({ job: 'shop', instance: 'a' });
export const INTERVAL = 15_000;

/** A page in the text format, answered in 20 ms. */
export function page(text: string, contentType = 'text/plain; version=0.0.4'): ScrapeResponse {
	const body = new TextEncoder().encode(text);
	return { ok: true, status: 200, contentType, body, duration: 20 };
}

function responseTo(answer: Answer): ScrapeResponse {
	if (typeof answer === 'string') return page(answer);
	if (answer instanceof Error) return { ok: false, error: answer.message, duration: 5 };
	return answer;
}

/** A head and a scrape loop, whose target gives the answers one after the other, 15 s apart. */
export class ScrapeWorld {
	readonly head = new Head();
	readonly loop: ScrapeLoop;
	readonly accepted: string[] = [];
	#answer: Answer = '';
	#scrapes = 0;

	constructor(options: Partial<ScrapeLoopOptions> = {}, store: Appendable = this.head) {
		this.loop = new ScrapeLoop({
			target: {
				labels: TARGET_LABELS,
				url: 'http://a/metrics',
				scrape: async (accept) => {
					this.accepted.push(accept);
					return responseTo(this.#answer);
				}
			},
			memory: new ScrapeMemory(store.appender()),
			timeout: 10_000,
			...options
		});
	}

	/** When the next scrape is due. */
	get next(): number {
		return this.#scrapes * INTERVAL;
	}

	async scrape(answer: Answer, at = this.next): Promise<ScrapeReport> {
		this.#answer = answer;
		this.#scrapes++;
		return this.loop.scrapeAt(at);
	}

	/** The exposed series, each as `name{labels} value value …`, without the target's labels. */
	exposed(): string[] {
		return this.#all()
			.filter((columns) => !isReport(metricName(columns.labels)))
			.map(
				(columns) =>
					`${formatLabels(withoutLabels(columns.labels, ['job', 'instance']))} ${samples(columns)}`
			);
	}

	/** The samples of one of the series that the scrape reports about itself. */
	reported(name: string): string {
		const columns = this.#all().find((series) => metricName(series.labels) === name);
		return columns ? samples(columns) : '';
	}

	#all(): readonly SeriesColumns[] {
		return this.head.select([{ name: '__name__', type: '=~', value: '.+' }], -Infinity, Infinity);
	}
}

function isReport(name: string): boolean {
	return name === 'up' || name.startsWith('scrape_');
}

/** `value@seconds`, or `stale@seconds`, for each row that has something. */
function samples({ times, values, marks, start, end }: SeriesColumns): string {
	const texts: string[] = [];
	for (let i = start; i < end; i++) {
		const mark = marks?.[i];
		if (mark === ABSENT) continue;
		const value = mark === STALE ? 'stale' : formatFloat(values[i]!);
		texts.push(`${value}@${times[i]! / 1000}`);
	}
	return texts.join(' ');
}
