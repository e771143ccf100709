import {
	count,
	firstDifference,
	labelNamesOf,
	list,
	number,
	samplesOf,
	total,
	truthBy,
	typeOf,
	type Check,
	type Evidence,
	type Mistake
} from '$lib/course/check-kit.ts';
import { labelValue } from '#engine/model';

const NAME = 'http_errors_total';
const LABELS = ['endpoint', 'status'] as const;

const counted = (evidence: Evidence) => samplesOf(evidence, NAME);
const happened = (evidence: Evidence, status: string) =>
	truthBy(evidence, LABELS).filter(({ labels }) => labelValue(labels, 'status') === status);
const isFailed = (status: string) => Number(status) >= 400;

export const checks: readonly Check[] = [
	{
		id: 'counter',
		title: `/metrics shows a counter \`${NAME}\` with the labels \`endpoint\` and \`status\``,
		hint: 'It is made once, at the top of the file, with the names of its labels.',
		judge: (evidence) => {
			const type = typeOf(evidence, NAME);
			if (type !== 'counter') {
				return { sentence: type ? `\`${NAME}\` is a ${type}.` : `There is no \`${NAME}\`.` };
			}
			const names = labelNamesOf(counted(evidence));
			if (names.join() === LABELS.join()) return undefined;
			return { sentence: `Its labels are ${list(names) || 'none yet: nothing is counted'}.` };
		}
	},
	{
		id: 'not-found',
		title: 'Requests for unknown products are counted',
		hint: 'The first `return` of `handle` leaves before the work.',
		judge: (evidence) => firstDifference(NAME, happened(evidence, '404'), counted(evidence))
	},
	{
		id: 'failed',
		title: 'Requests that fail are counted',
		hint: 'An exception skips every line below it, unless that stands in `except`|`catch` or `finally`.',
		judge: (evidence) => firstDifference(NAME, happened(evidence, '500'), counted(evidence))
	},
	{
		id: 'nothing-else',
		title: 'Requests that go well are not counted',
		hint: 'What is counted depends on how the request ends.',
		judge: (evidence) => {
			const others = countedWell(evidence);
			return others === 0
				? undefined
				: {
						sentence: `${count(others, 'request')} among them went well.`,
						expected: 0,
						got: others
					};
		}
	},
	{
		id: 'answers',
		title: 'Users get the answers they got before',
		hint: 'An exception must go on its way when it has been counted, and 404 stays 404.',
		judge: (evidence) => {
			const gone = ['404', '500'].filter((status) => happened(evidence, status).length === 0);
			if (gone.length === 0) return undefined;
			return { sentence: `Nobody got a ${list(gone)}, and some should have.` };
		}
	}
];

export const mistakes: readonly Mistake[] = [
	{
		id: 'swallowed-exception',
		spot: (evidence) =>
			happened(evidence, '500').length === 0
				? 'The exception is counted and goes no further, so users whose request failed are told that it went well. `raise`|`throw` it again.'
				: undefined
	},
	{
		id: 'everything',
		spot: (evidence) =>
			countedWell(evidence) > 0
				? `${number(countedWell(evidence))} of ${count(total(counted(evidence)), 'request')} in a counter of errors went well. \`finally\` runs on every way out; here only some of them count.`
				: undefined
	},
	{
		id: 'no-exception',
		spot: (evidence) =>
			isMissing(evidence, '500')
				? `${count(total(happened(evidence, '500')), 'request')} failed and none of them is counted: \`process_request\`|\`processRequest\` does not answer 500, it ends with an exception.`
				: undefined
	},
	{
		id: 'no-early-return',
		spot: (evidence) =>
			isMissing(evidence, '404')
				? `${count(total(happened(evidence, '404')), 'request')} asked for an unknown product and none of them is counted. The first \`return\` leaves before anything is.`
				: undefined
	}
];

function countedWell(evidence: Evidence): number {
	return total(counted(evidence).filter(({ labels }) => !isFailed(labelValue(labels, 'status'))));
}

/** People got this status, and it is not among what is counted. */
function isMissing(evidence: Evidence, status: string): boolean {
	return total(happened(evidence, status)) > 0 && total(counted(evidence), { status }) === 0;
}
