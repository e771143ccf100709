import { SCRIPT_OPTIONS, runScript, type EvalReport } from '../promql/run-script.ts';
import type { OfficialScript } from './official-scripts.ts';

/** What became of the evals of one script. */
export interface FileReport {
	readonly name: string;
	readonly reports: readonly EvalReport[];
}

/** Runs one script. Where the script as a whole can not be run, each of its evals has failed; nothing is thrown. */
export function runFile({ name, text }: OfficialScript): FileReport {
	const evals = evalLines(text);
	try {
		const reports = runScript(text, SCRIPT_OPTIONS);
		if (reports.length === evals.length) return { name, reports };
		return allFailed(name, evals, `${reports.length} of ${evals.length} evals were found`);
	} catch (error) {
		return allFailed(name, evals, (error as Error).message);
	}
}

type EvalLine = Pick<EvalReport, 'line' | 'query'>;

function allFailed(name: string, evals: readonly EvalLine[], reason: string): FileReport {
	const failures = [`the script can not be run: ${reason}`];
	return { name, reports: evals.map((one) => ({ ...one, failures })) };
}

/** The lines of a script that begin an eval, found without the parser whose work they check. */
function evalLines(text: string): EvalLine[] {
	return text
		.split('\n')
		.map((line, i) => ({ line: i + 1, query: line.trim() }))
		.filter(({ query }) => /^eval(_\w+)?\s/.test(query));
}
