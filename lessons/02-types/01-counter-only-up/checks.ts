import {
	count,
	firstDifference,
	labelNamesOf,
	list,
	metricNames,
	number,
	samplesOf,
	total,
	truthBy,
	typeOf,
	valuesOf,
	type Check,
	type Count,
	type Evidence,
	type Finding,
	type Mistake
} from '$lib/course/check-kit.ts';
import { labelValue } from '#engine/model';
import * as errors from './variants/errors/checks.ts';

const NAME = 'http_requests_total';
const LABELS = ['endpoint', 'method', 'status'] as const;

const counted = (evidence: Evidence) => samplesOf(evidence, NAME);
const happened = (evidence: Evidence) => truthBy(evidence, LABELS);

export const checks: readonly Check[] = [
	{
		id: 'counter',
		title: `/metrics shows a counter \`${NAME}\``,
		hint: '`Counter(name, documentation, labelnames)`|`new Counter({ name, help, labelNames })`, once, at the top of the file.',
		judge: (evidence) => {
			const type = typeOf(evidence, NAME);
			if (type === 'counter') return undefined;
			return { sentence: type ? `\`${NAME}\` is a ${type}.` : missing(metricNames(evidence)) };
		}
	},
	{
		id: 'labels',
		title: 'Its labels are `method`, `endpoint` and `status`',
		hint: '`labelnames`|`labelNames` lists them; `labels(…)` fills them in the same order.',
		judge: (evidence) => {
			const samples = counted(evidence);
			if (samples.length === 0) {
				return {
					sentence: 'It has no series yet: a counter with labels shows one once it is counted.'
				};
			}
			const names = labelNamesOf(samples);
			if (names.join() === LABELS.join()) return undefined;
			return { sentence: `Its labels are ${list(names.map(code)) || 'none'}.` };
		}
	},
	{
		id: 'success',
		title: 'Requests that go well are counted',
		hint: 'The status, 200 or 201, comes from `process_request`|`processRequest`.',
		judge: exactly((status) => status < 400)
	},
	{
		id: 'early-return',
		title: 'Requests for unknown products are counted',
		hint: 'The first `return` of `handle` leaves before the work.',
		judge: exactly((status) => status === 404)
	},
	{
		id: 'exception',
		title: 'Requests that fail are counted',
		hint: 'When `process_request`|`processRequest` fails with an exception, no line below it runs, unless it stands in `finally` or `except`|`catch`.',
		judge: exactly((status) => status >= 500)
	},
	{
		id: 'nothing-else',
		title: 'Nothing else is counted',
		hint: 'Each request once, with the status that the user got.',
		judge: (evidence) => firstDifference(NAME, zeros(unheardOf(evidence)), counted(evidence))
	},
	{
		id: 'answers',
		title: 'Users get the answers they got before',
		hint: 'An exception must go on its way when it has been counted, and 404 stays 404.',
		judge: (evidence) => {
			const gone = ['404', '500'].filter((status) => total(happened(evidence), { status }) === 0);
			if (gone.length === 0) return undefined;
			return { sentence: `Nobody got a ${list(gone)}, and some should have.` };
		}
	}
];

export const mistakes: readonly Mistake[] = [
	{
		id: 'gauge',
		spot: (evidence) =>
			typeOf(evidence, NAME) === 'gauge'
				? `\`${NAME}\` is a Gauge. The numbers are the same today, but a gauge may also go down, and then nobody can tell a restart from a fall. What only goes up is a Counter.`
				: undefined
	},
	{
		id: 'never-incremented',
		spot: (evidence) =>
			typeOf(evidence, NAME) && total(counted(evidence)) === 0
				? `The counter is there and has counted nothing: \`inc()\` was not called once in ${count(total(happened(evidence)), 'request')}.`
				: undefined
	},
	{
		id: 'no-status-label',
		spot: (evidence) => {
			const names = labelNamesOf(counted(evidence));
			return names.length > 0 && !names.includes('status')
				? `Without the label \`status\`, ${count(total(happened(evidence)), 'request')} are one heap: the ${number(failed(evidence))} that failed cannot be told from the others.`
				: undefined;
		}
	},
	{
		id: 'swapped-labels',
		spot: (evidence) => {
			const [value] = valuesOf(counted(evidence), 'method').filter((one) => one.startsWith('/'));
			return value
				? `The label \`method\` holds ${value}, which is an endpoint. \`labels(…)\` takes its values in the order of \`labelnames\`|\`labelNames\`: method, endpoint, status.`
				: undefined;
		}
	},
	{
		id: 'raw-path',
		spot: (evidence) => {
			const routes = valuesOf(happened(evidence), 'endpoint');
			const paths = valuesOf(counted(evidence), 'endpoint').filter((one) => !routes.includes(one));
			const [path] = paths;
			return path?.startsWith('/')
				? `The label \`endpoint\` holds paths as users typed them, such as ${path}: ${count(counted(evidence).length, 'series')} where ${number(happened(evidence).length)} would do, and one more for every product anybody asks for. \`request.endpoint\` is the route, ${routes.find((one) => one.includes('{')) ?? routes[0]}.`
				: undefined;
		}
	},
	{
		id: 'swallowed-exception',
		spot: (evidence) =>
			total(happened(evidence), { status: '500' }) === 0
				? 'The exception is caught and goes no further, so users whose request failed are told that it went well. Count it, then `raise`|`throw` it again, or use `finally`.'
				: undefined
	},
	{
		id: 'guessed-status',
		spot: (evidence) => {
			const statuses = valuesOf(counted(evidence), 'status');
			const others =
				total(happened(evidence)) - total(happened(evidence), { status: statuses[0] ?? '' });
			return statuses.length === 1 && total(counted(evidence)) >= total(happened(evidence))
				? `Every request is counted as ${statuses[0]}, and ${number(others)} of ${number(total(happened(evidence)))} ended otherwise. The status is known when the request ends: count there, with the status it ended with.`
				: undefined;
		}
	},
	{
		id: 'counted-twice',
		spot: (evidence) => {
			const [status] = valuesOf(happened(evidence), 'status').filter(
				(one) => countedAs(evidence, one) === 2 * happenedAs(evidence, one)
			);
			return status
				? `Every request that ended with ${status} is counted twice: ${number(countedAs(evidence, status))} for ${number(happenedAs(evidence, status))}. One exit passes two places that count.`
				: undefined;
		}
	},
	{
		id: 'exceptions-only',
		spot: (evidence) => {
			const others = total(happened(evidence)) - failed(evidence);
			return countedAs(evidence, '500') > 0 && total(counted(evidence)) === failed(evidence)
				? `Only the ${count(failed(evidence), 'request')} that failed ${failed(evidence) === 1 ? 'is' : 'are'} counted. The other ${number(others)} left \`handle\` by a \`return\`, and were requests too.`
				: undefined;
		}
	},
	{
		id: 'success-only',
		spot: (evidence) =>
			isMissing(evidence, '404') && isMissing(evidence, '500')
				? `Only requests that went well are counted. ${number(happenedAs(evidence, '404'))} ended with 404 and ${number(happenedAs(evidence, '500'))} with 500, and the counter has none of them: both leave \`handle\` before it.`
				: undefined
	},
	{
		id: 'no-exception',
		spot: (evidence) =>
			isMissing(evidence, '500')
				? `${count(happenedAs(evidence, '500'), 'request')} failed and the counter has none of them. \`process_request\`|\`processRequest\` ended with an exception, and an exception skips every line below it.`
				: undefined
	},
	{
		id: 'no-early-return',
		spot: (evidence) =>
			isMissing(evidence, '404')
				? `${count(happenedAs(evidence, '404'), 'request')} asked for an unknown product and the counter has none of them. The first \`return\` leaves before anything is counted.`
				: undefined
	}
];

export const variants = { errors };

function exactly(
	isMeant: (status: number) => boolean
): (evidence: Evidence) => Finding | undefined {
	return (evidence) => {
		const meant = truthBy(evidence, LABELS).filter(({ labels }) =>
			isMeant(Number(labelValue(labels, 'status')))
		);
		return firstDifference(NAME, meant, counted(evidence));
	};
}

/** Series of the learner's that stand for nothing that happened. */
function unheardOf(evidence: Evidence): Count[] {
	const real = new Set(happened(evidence).map(({ labels }) => labels.join()));
	return counted(evidence).filter(({ labels, value }) => value !== 0 && !real.has(labels.join()));
}

function zeros(counts: readonly Count[]): Count[] {
	return counts.map(({ labels }) => ({ labels, value: 0 }));
}

function countedAs(evidence: Evidence, status: string): number {
	return total(counted(evidence), { status });
}

function happenedAs(evidence: Evidence, status: string): number {
	return total(happened(evidence), { status });
}

/** People got this status, and the counter, which counts others, has none of them. */
function isMissing(evidence: Evidence, status: string): boolean {
	return (
		counted(evidence).length > 0 &&
		happenedAs(evidence, status) > 0 &&
		countedAs(evidence, status) === 0
	);
}

function failed(evidence: Evidence): number {
	return happenedAs(evidence, '500');
}

function missing(names: readonly string[]): string {
	return names.length === 0
		? 'There is no metric of yours in /metrics yet.'
		: `There is no \`${NAME}\` in /metrics. There is ${list(names.map(code))}.`;
}

function code(word: string): string {
	return `\`${word}\``;
}
