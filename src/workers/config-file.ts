import { checkConfig, type Lab } from '#engine/lab';
import type { Problem } from '#engine/model';
import { CONFIG_FILE } from './protocol.ts';

/** Scrapes by another `prometheus.yml`; its problems are told under the name of the file. */
export async function configured(lab: Lab, config: string): Promise<readonly Problem[]> {
	return inConfigFile(await lab.configure(config));
}

/** The problems of a `prometheus.yml` that is only read. */
export function checked(config: string): readonly Problem[] {
	return inConfigFile(checkConfig(config));
}

function inConfigFile(problems: readonly Problem[]): readonly Problem[] {
	return problems.map((problem) => ({ ...problem, file: CONFIG_FILE }));
}
