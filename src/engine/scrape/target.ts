import type { Duration, Labels } from '#engine/model';

/** What a scrape of a target brought. All durations are virtual. */
export type ScrapeResponse =
	| {
			readonly ok: true;
			readonly status: number;
			readonly contentType: string;
			readonly body: Uint8Array;
			readonly duration: Duration;
	  }
	| {
			readonly ok: false;
			/** As Prometheus would report it: `connection refused`, `context deadline exceeded`. */
			readonly error: string;
			readonly duration: Duration;
	  };

/** What a scrape asks for. */
export interface ScrapeRequest {
	readonly url: string;
	/** The Accept header. */
	readonly accept: string;
	/** An answer that takes longer is given up. */
	readonly timeout: Duration;
}

/** What answers scrapes: the network, as a Prometheus server sees it. It never rejects. */
export type Fetch = (request: ScrapeRequest) => Promise<ScrapeResponse>;

/** Anything that can be scraped. Learner code in any language and the simulated services all are. */
export interface Target {
	/** What every sample of this target is labelled with: `job`, `instance`, … */
	readonly labels: Labels;
	/** Shown to people: `http://10.0.0.1:8000/metrics`. */
	readonly url: string;
	scrape(accept: string): Promise<ScrapeResponse>;
}
