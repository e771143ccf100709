import type { Evidence } from '#engine/lab';
import type { Problem } from '#engine/model';
import { adviceOn } from './advice.ts';
import type { Check, Finding, Mistake, Remark } from './check-kit.ts';

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
	/** What else there is to say of an answer that passed. */
	readonly remark?: string;
}

/** What has to be so before anything else can be looked at, and what is said of the rest when it is not. */
interface First extends Pick<Row, 'id' | 'title' | 'hint'> {
	readonly unseen: string;
}

const RUNS: First = {
	id: 'runs',
	title: 'The code loads and answers every request',
	hint: 'The editor marks the place.',
	unseen: 'Not looked at, because the code does not run yet.'
};

const READS: First = {
	id: 'read',
	title: 'Prometheus can read the configuration',
	hint: 'The editor marks the place.',
	unseen: 'Not looked at, because Prometheus does not start with it.'
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
	return judgeBy(RUNS, trials, checks, mistakes);
}

/** The verdict on a `prometheus.yml` after its trials. */
export function judgeConfig(
	trials: readonly Tried[],
	{
		checks,
		mistakes,
		remarks = []
	}: {
		readonly checks: readonly Check[];
		readonly mistakes: readonly Mistake[];
		readonly remarks?: readonly Remark[];
	}
): Judgement {
	const judgement = judgeBy(READS, trials, checks, mistakes);
	const [first] = trials;
	if (!judgement.passed || !first?.ok) return judgement;
	const remark = remarks.map(({ spot }) => spot(first.evidence)).find(Boolean);
	return remark ? { ...judgement, remark } : judgement;
}

function judgeBy(
	first: First,
	trials: readonly Tried[],
	checks: readonly Check[],
	mistakes: readonly Mistake[]
): Judgement {
	const unloaded = trials.find((trial) => !trial.ok);
	if (unloaded && !unloaded.ok) return stopped(first, unloaded.problems, checks);
	const evidence = trials.flatMap((trial) => (trial.ok ? [trial.evidence] : []));
	const troubled = evidence.find(({ problems }) => problems.length > 0);
	if (troubled) return stopped(first, troubled.problems, checks);
	const { id, title, hint } = first;
	const rows: Row[] = [{ id, title, hint }, ...checks.map((check) => row(check, evidence))];
	const passed = evidence.length > 0 && rows.every(({ finding }) => !finding);
	return { passed, rows, ...(!passed && { mistake: spot(evidence, checks, mistakes) }) };
}

/** What else would be said of something that does not run would be noise: only its problems are shown. */
function stopped(
	{ id, title, hint, unseen }: First,
	problems: readonly Problem[],
	checks: readonly Check[]
): Judgement {
	const [first] = problems;
	const place = first?.line === undefined ? '' : ` Line ${first.line}.`;
	const message = first?.message ?? 'It does not load';
	const finding = { sentence: `${sentenceOf(message)}.${place}` };
	const rows = checks.map(({ id, title, hint }) => ({
		id,
		title,
		hint,
		finding: { sentence: unseen }
	}));
	return {
		passed: false,
		rows: [{ id, title, hint: adviceOn(message) ?? hint, finding }, ...rows],
		mistake: { id, sentence: finding.sentence }
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
		const sentence = spot(failing, evidence);
		if (sentence) return { id, sentence };
	}
	return undefined;
}
