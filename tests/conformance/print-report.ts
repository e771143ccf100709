import type { FileReport } from './run-file.ts';

const WIDTH = 200;
const SHOWN_FAILURES = 1;

/** Prints a row for a script, and beneath it what is wrong with each eval that failed. */
export function printFile({ name, reports }: FileReport, isVerbose: boolean): void {
	const failed = reports.filter(({ failures }) => failures.length > 0);
	const columns = [reports.length, reports.length - failed.length, failed.length];
	const numbers = columns.map((count) => String(count).padStart(6)).join('');
	console.log(`${name.padEnd(30)}${numbers}`);
	for (const { line, query, failures } of failed) {
		console.log(`  line ${line}: ${shorten(query, isVerbose)}`);
		const shown = isVerbose ? failures : failures.slice(0, SHOWN_FAILURES);
		for (const failure of shown) console.log(`    ${shorten(failure, isVerbose)}`);
	}
}

/** Prints the last line and returns how many evals failed. */
export function printTotal(files: readonly FileReport[]): number {
	const reports = files.flatMap((file) => file.reports);
	const failed = reports.filter(({ failures }) => failures.length > 0).length;
	console.log(`${reports.length - failed} passed, ${failed} failed`);
	return failed;
}

function shorten(text: string, isVerbose: boolean): string {
	return isVerbose || text.length <= WIDTH ? text : `${text.slice(0, WIDTH)}…`;
}
