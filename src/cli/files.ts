import { readFileSync } from 'node:fs';
import { UsageError } from './usage-error.ts';

/** The bytes of a file that the person named. */
export function readInput(path: string): Uint8Array {
	try {
		return readFileSync(path);
	} catch (error) {
		const reason = (error as NodeJS.ErrnoException).code ?? String(error);
		throw new UsageError(`cannot read ${path}: ${REASONS[reason] ?? reason}`);
	}
}

const REASONS: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such file',
	EISDIR: 'it is a folder',
	EACCES: 'permission denied'
};

/** The text that is piped or typed into the command, without the line break at its end. */
export function readStandardInput(): string {
	try {
		return new TextDecoder().decode(readFileSync(STANDARD_INPUT)).replace(/\r?\n$/, '');
	} catch (error) {
		throw new UsageError(`cannot read standard input: ${(error as Error).message}`);
	}
}

const STANDARD_INPUT = 0;

/** The text of a file that the person named. */
export function readText(path: string): string {
	return new TextDecoder().decode(readInput(path));
}
