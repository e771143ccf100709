import type { Lab } from '#engine/lab';
import { labelValue, quote } from '#engine/model';
import { readInput } from './files.ts';
import { inWords } from './in-words.ts';
import { UsageError } from './usage-error.ts';
import { readYaml } from './yaml-text.ts';

/** Has the world scraped by a `prometheus.yml` from its beginning. All errors in it are told, each at its place, by a UsageError. */
export async function configure(lab: Lab, path: string): Promise<void> {
	const problems = await lab.configure(readYaml(path, readInput(path)));
	const lines = problems.map((problem) => inWords({ ...problem, file: path }));
	if (problems.some(({ severity }) => severity === 'error')) throw new UsageError(lines.join('\n'));
	for (const line of [...lines, ...failedTargets(lab, path)]) console.error(`lab: ${line}`);
}

/** What makes no target, as the log of Prometheus has it (scrape/scrape.go, Sync), but by address. */
function failedTargets(lab: Lab, path: string): string[] {
	return [...lab.pools].flatMap(({ config, invalid }) =>
		invalid.map(({ discoveredLabels, error }) => {
			const address = quote(labelValue(discoveredLabels, '__address__'));
			const job = quote(config.jobName);
			return `${path}: creating target failed: instance ${address} of job ${job}: ${error}`;
		})
	);
}
