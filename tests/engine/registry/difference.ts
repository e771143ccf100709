import type { Client } from './program.ts';

/** Where the registry departs from prom-client on purpose. What either does is checked against what is written here. */
export interface Difference {
	readonly name: string;
	readonly why: string;
	/** Errors are compared as `Name: message`. */
	readonly run: (client: Client) => unknown;
	readonly here: unknown;
	readonly there: unknown;
}

/** The lines of a register's samples, without its HELP and TYPE lines. */
export async function samples({ register }: Pick<Client, 'register'>): Promise<string[]> {
	const page = await register.metrics();
	return page.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}
