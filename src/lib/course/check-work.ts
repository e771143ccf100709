import { judgeQuery } from './judge-query.ts';
import { judge, judgeConfig, type Judgement } from './judge.ts';
import type { Language, Lesson } from './lesson.ts';
import { codeChecksOf, configChecksOf, queryMistakesOf, type Checks } from './modules.ts';
import type { CodeWork, ConfigWork, QueryWork, TaskWork } from './task-work.svelte.ts';
import { askQueries, tryCode, tryConfig, type RunTrial } from './trials.ts';

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
	switch (work.kind) {
		case 'code':
			return checkCode(work, circumstances);
		case 'query':
			return checkQuery(work, circumstances);
		case 'config':
			return checkConfig(work, circumstances);
	}
}

async function checkCode(
	{ task, pieces }: CodeWork,
	{ run, lesson, checks, language }: Circumstances
): Promise<Judgement> {
	const piece = pieces[language];
	const { text } = piece.document;
	const asked = codeChecksOf(checks, task);
	const trials = await tryCode(run, lesson, piece.files, asked.asks);
	const problems = trials.flatMap((one) => (one.ok ? one.evidence.problems : one.problems));
	// The verdict is on the text that was checked, and lines of one that was written meanwhile are not marked by it.
	piece.checked = text === piece.document.text ? problems : [];
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

async function checkConfig(
	{ task, piece }: ConfigWork,
	{ run, lesson, checks }: Circumstances
): Promise<Judgement> {
	const { text } = piece.document;
	const asked = configChecksOf(checks, task);
	const trials = await tryConfig(run, lesson, text, asked.asks);
	const [first] = trials;
	// The worlds differ, and the text is the same in all of them. One that was written meanwhile is read by itself.
	const problems = first?.ok ? first.evidence.problems : (first?.problems ?? []);
	if (text === piece.document.text) piece.checked = problems;
	piece.judgement = judgeConfig(trials, asked);
	return piece.judgement;
}
