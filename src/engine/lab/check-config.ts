import type { Problem } from '#engine/model';
import { readScrapeConfig } from '#engine/scrape';

/** What `configure` would say of this `prometheus.yml`. It is only read: nothing is scraped by it. */
export function checkConfig(text: string): readonly Problem[] {
	return readScrapeConfig(text).problems;
}
