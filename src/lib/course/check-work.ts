import { judgeQuery } from './judge-query.ts';
import { judge, type Judgement } from './judge.ts';
import type { Language, Lesson } from './lesson.ts';
import { codeChecksOf, queryMistakesOf, type Checks } from './modules.ts';
import type { CodeWork, QueryWork, TaskWork } from './task-work.svelte.ts';
import { askQueries, tryCode, type RunTrial } from './trials.ts';

/** What a check needs besides the work. */
interface Circumstances {
	readonly run: RunTrial;
	readonly lesson: Lesson;
	readonly checks: Checks;
	/** Of code. */
	readonly language: Language;
}

/** Tries what was written in worlds that are not on show, and judges what comes out. */
export function checkWork(work: TaskWork, circumstances: Circumstances): Promise<Judgement> {
	return work.kind === 'code' ? checkCode(work, circumstances) : checkQuery(work, circumstances);
}

async function checkCode(
	{ task, pieces }: CodeWork,
	{ run, lesson, checks, language }: Circumstances
): Promise<Judgement> {
	const piece = pieces[language];
	const asked = codeChecksOf(checks, task);
	const trials = await tryCode(run, lesson, piece.files);
	piece.checked = trials.flatMap((one) => (one.ok ? one.evidence.problems : one.problems));
	piece.judgement = judge(trials, asked.checks, asked.mistakes);
	return piece.judgement;
}

async function checkQuery(
	{ task, piece }: QueryWork,
	{ run, lesson, checks }: Circumstances
): Promise<Judgement> {
	const query = piece.document.text;
	const [answers = []] = await askQueries(run, lesson, task, [query]);
	piece.judgement = judgeQuery(query, answers, queryMistakesOf(checks, task));
	return piece.judgement;
}
