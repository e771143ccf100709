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

/** Anything that can be scraped. Learner code in any language and the simulated services all are. */
export interface Target {
	/** What every sample of this target is labelled with: `job`, `instance`, … */
	readonly labels: Labels;
	/** Shown to people: `http://10.0.0.1:8000/metrics`. */
	readonly url: string;
	scrape(accept: string): Promise<ScrapeResponse>;
}
