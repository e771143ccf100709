import type { ApiResponse } from '#engine/api';
import { labelValue } from '#engine/model';
import type { InstantResult } from '#engine/promql';

/** Something that somebody wants to know of the shop, and how the running system is asked. */
export interface Question {
	readonly id: 'share' | 'endpoint' | 'plan' | 'user';
	readonly text: string;
	readonly query: string;
	/** The label that the answer must carry; without one it is a number. */
	readonly by?: string;
	/** How the log would say it, where Prometheus cannot. */
	readonly inLog?: RegExp;
	/** Whether the lab knows the truth behind the query. */
	readonly hasTruth?: true;
}

const ERRORS = 'http_requests_total{status=~"5.."}';

/** The four questions. Their windows are of two minutes, so that an edit of the code shows soon. */
export const QUESTIONS: readonly Question[] = [
	{
		id: 'share',
		text: 'What share of requests fails?',
		query: `sum(rate(${ERRORS}[2m])) / sum(rate(http_requests_total[2m]))`,
		hasTruth: true
	},
	{
		id: 'endpoint',
		text: 'Which endpoint fails most?',
		query: `topk(1, sum by (endpoint) (rate(${ERRORS}[2m])))`,
		by: 'endpoint'
	},
	{
		id: 'plan',
		text: 'Which plan sees most requests fail?',
		query: 'topk(1, sum by (plan) (rate(http_requests_total{plan!="", status=~"5.."}[2m])))',
		by: 'plan'
	},
	{
		id: 'user',
		text: 'Which user has seen most requests fail?',
		query: 'topk(1, sum by (user_id) (http_requests_total{user_id!="", status=~"5.."}))',
		by: 'user_id',
		inLog: /user_id=(\S+)/
	}
];

/** What became of a question: who answers it, if anybody does, and what. */
export interface Answer {
	readonly question: Question;
	readonly from: 'prometheus' | 'log' | 'nobody';
	readonly text: string;
	/** What a perfect observer would have said, where the lab knows it: a share. */
	readonly truth?: number;
	/** The share that Prometheus says, for the same question. */
	readonly share?: number;
}

/** Whether an answer is there and far from the truth. */
export function isWrong({ share, truth }: Answer): boolean {
	return share !== undefined && truth !== undefined && Math.abs(share - truth) > truth / 4;
}

/** Judges what the query API said, and looks into the log where it said nothing. Lines are the newest last. */
export function judge(
	question: Question,
	response: ApiResponse<InstantResult>,
	log: readonly string[]
): Answer {
	const text = response.status === 'success' ? answerText(question, response.data) : undefined;
	if (text !== undefined) {
		const share = question.by ? undefined : shareOf(response);
		return { question, from: 'prometheus', text, ...(share !== undefined && { share }) };
	}
	const line = question.inLog && log.findLast((one) => question.inLog?.test(one));
	if (line) return { question, from: 'log', text: question.inLog?.exec(line)?.[1] ?? line };
	return { question, from: 'nobody', text: '' };
}

function answerText(question: Question, result: InstantResult): string | undefined {
	const sample = result.type === 'vector' ? result.samples[0] : undefined;
	if (!sample || Number.isNaN(sample.value)) return undefined;
	if (question.by) return labelValue(sample.labels, question.by) || undefined;
	return percent(sample.value);
}

function shareOf(response: ApiResponse<InstantResult>): number | undefined {
	const data = response.status === 'success' ? response.data : undefined;
	return data?.type === 'vector' ? data.samples[0]?.value : undefined;
}

/** A share as the answers write it. */
export function percent(share: number): string {
	return `${(share * 100).toFixed(2)} %`;
}

/** How many of the questions have an answer, from wherever. */
export function answeredCount(answers: readonly Answer[]): number {
	return answers.filter(({ from }) => from !== 'nobody').length;
}

/** Questions answered for every thousand series: what the labels are worth. Undefined without series. */
export function score(answers: readonly Answer[], series: number): number | undefined {
	return series > 0 ? (answeredCount(answers) * 1000) / series : undefined;
}
