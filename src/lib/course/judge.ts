import type { Evidence } from '#engine/lab';
import type { Problem } from '#engine/model';
import { adviceOn } from './advice.ts';
import type { Check, Finding, Mistake } from './check-kit.ts';

/** What a trial gave: evidence, or the reasons why the code did not even load. */
export type Tried =
	| { readonly ok: true; readonly evidence: Evidence }
	| { readonly ok: false; readonly problems: readonly Problem[] };

/** One row of the verdict. It passed when there is no finding. */
export interface Row {
	readonly id: string;
	readonly title: string;
	readonly hint: string;
	readonly finding?: Finding;
}

export interface Judgement {
	readonly passed: boolean;
	readonly rows: readonly Row[];
	/** A known mistake that explains the first row that did not pass. */
	readonly mistake?: { readonly id: string; readonly sentence: string };
}

const RUNS = {
	id: 'runs',
	title: 'The code loads and answers every request',
	hint: 'The editor marks the place.'
};

/**
 * The verdict on some code after its trials, each in a world or with a seed of its own. A row passes when it passes in every
 * trial; a mistake is looked for in the first trial that does not pass.
 */
export function judge(
	trials: readonly Tried[],
	checks: readonly Check[],
	mistakes: readonly Mistake[]
): Judgement {
	const unloaded = trials.find((trial) => !trial.ok);
	if (unloaded && !unloaded.ok) return stopped(unloaded.problems, checks);
	const evidence = trials.flatMap((trial) => (trial.ok ? [trial.evidence] : []));
	const troubled = evidence.find(({ problems }) => problems.length > 0);
	if (troubled) return stopped(troubled.problems, checks);
	const rows: Row[] = [RUNS, ...checks.map((check) => row(check, evidence))];
	const passed = evidence.length > 0 && rows.every(({ finding }) => !finding);
	return { passed, rows, ...(!passed && { mistake: spot(evidence, checks, mistakes) }) };
}

/** What else would be said of code that does not run would be noise: only its problems are shown. */
function stopped(problems: readonly Problem[], checks: readonly Check[]): Judgement {
	const [first] = problems;
	const place = first?.line === undefined ? '' : ` Line ${first.line}.`;
	const message = first?.message ?? 'It does not load';
	const finding = { sentence: `${sentenceOf(message)}.${place}` };
	const unseen = { sentence: 'Not looked at, because the code does not run yet.' };
	const rows = checks.map(({ id, title, hint }) => ({ id, title, hint, finding: unseen }));
	return {
		passed: false,
		rows: [{ ...RUNS, hint: adviceOn(message) ?? RUNS.hint, finding }, ...rows],
		mistake: { id: RUNS.id, sentence: finding.sentence }
	};
}

function sentenceOf(message: string): string {
	return message.replace(/\.$/, '');
}

function row({ id, title, hint, judge }: Check, evidence: readonly Evidence[]): Row {
	for (const one of evidence) {
		const finding = judge(one);
		if (finding) return { id, title, hint, finding };
	}
	return { id, title, hint };
}

function spot(
	evidence: readonly Evidence[],
	checks: readonly Check[],
	mistakes: readonly Mistake[]
): Judgement['mistake'] {
	const failing = evidence.find((one) => checks.some(({ judge }) => judge(one)));
	if (!failing) return undefined;
	for (const { id, spot } of mistakes) {
		const sentence = spot(failing);
		if (sentence) return { id, sentence };
	}
	return undefined;
}
