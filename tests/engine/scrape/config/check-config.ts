import { expect, test } from 'vitest';
import {
	readScrapeConfig,
	type Config,
	type ScrapeConfig
} from '../../../../src/engine/scrape/config/index.ts';

/** Reads a file in which nothing may be wrong. */
export function readGood(text: string): Config {
	const { config, problems } = readScrapeConfig(text);
	expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
	return config as Config;
}

/** The only scrape config of a file in which nothing may be wrong. */
export function readJob(text: string): ScrapeConfig {
	const { scrapeConfigs } = readGood(text);
	expect(scrapeConfigs).toHaveLength(1);
	return scrapeConfigs[0] as ScrapeConfig;
}

/** What is wrong with a file, each with its line and column, the first as Prometheus says it. */
export function errorsOf(text: string): string[] {
	const { config, problems } = readScrapeConfig(text);
	expect(config).toBeUndefined();
	return problems
		.filter(({ severity }) => severity === 'error')
		.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** What a good file is warned of. */
export function warningsOf(text: string): string[] {
	const { config, problems } = readScrapeConfig(text);
	expect(config).toBeDefined();
	return problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** A file with one job, whose further fields are the given lines. */
export function job(...lines: string[]): string {
	return ['scrape_configs:', '- job_name: shop', ...lines.map((line) => `  ${line}`), ''].join(
		'\n'
	);
}

/** A file with one job, which has one rule of the given lines. The rule begins in line 4, column 5. */
export function rule(...lines: string[]): string {
	return job('relabel_configs:', ...lines.map((line, i) => (i === 0 ? `- ${line}` : `  ${line}`)));
}

/** A test of what a file is refused for. */
export function check(name: string, text: string, ...expected: string[]): void {
	test(name, () => expect(errorsOf(text)).toEqual(expected));
}
