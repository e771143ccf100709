import {
	count,
	labelNamesOf,
	list,
	metricNames,
	number,
	samplesOf,
	total,
	trueSeconds,
	truthBy,
	typeOf,
	valuesOf,
	type Check,
	type Count,
	type Evidence,
	type Finding,
	type Mistake
} from '$lib/course/check-kit.ts';
import { areDefaultEdges, edgesAscending } from '$lib/course/quantile-kit.ts';
import { labelValue } from '#engine/model';

/** A histogram that is to time all of `handle`. */
export interface Wanted {
	readonly name: string;
	readonly label: 'endpoint' | 'method';
	/** In seconds. */
	readonly edges: readonly number[];
}

/** How much of the true seconds may be missing or too many, as a share. */
const TOLERANCE = 0.01;

/** What is asked of a histogram that times every request, whole and however it ends. */
export function timingChecks(wanted: Wanted): readonly Check[] {
	const { name, label, edges } = wanted;
	return [
		{
			id: 'histogram',
			title: `/metrics shows a histogram \`${name}\``,
			hint: '`Histogram(name, documentation, labelnames, buckets)`|`new Histogram({ name, help, labelNames, buckets })`, once, at the top of the file.',
			judge: (evidence) => {
				const type = typeOf(evidence, name);
				if (type === 'histogram') return undefined;
				return {
					sentence: type ? `\`${name}\` is a ${type}.` : missing(name, metricNames(evidence))
				};
			}
		},
		{
			id: 'label',
			title: `Its label is \`${label}\``,
			hint: 'Each value of the label has a histogram of its own: all its buckets, a sum and a count.',
			judge: (evidence) => {
				const samples = samplesOf(evidence, `${name}_count`);
				if (samples.length === 0) {
					return { sentence: 'It has no series yet: one with labels shows when it has observed.' };
				}
				const names = labelNamesOf(samples);
				if (names.join() === label) return undefined;
				return { sentence: `Its labels are ${list(names.map(code)) || 'none'}.` };
			}
		},
		{
			id: 'edges',
			title: `Its edges are ${list(edges.map(String))}`,
			hint: 'In seconds, as the metric is. `+Inf` comes by itself.',
			judge: (evidence) => {
				const own = edgesAscending(evidence, name);
				if (own.join() === edges.join()) return undefined;
				return { sentence: `Its edges are ${list(own.map(String)) || 'none'}.` };
			}
		},
		{
			id: 'count',
			title: 'Every request is observed once',
			hint: 'Also those that fail: an exception skips every line below the one that it comes from. On that way too the clock must be stopped, by `with`|`finally`.',
			judge: (evidence) =>
				firstApart(
					wanted,
					'count',
					truthBy(evidence, [label]),
					evidence,
					(got, real) => got === real
				)
		},
		{
			id: 'sum',
			title: 'The sum is that of the seconds they took',
			hint: 'The timer runs from the first line of `handle` to its last: through the check of the login, and until the work is done: `return process_request(request)`|`return await processRequest(request)`.',
			judge: (evidence) =>
				firstApart(
					wanted,
					'sum',
					trueSeconds(evidence, [label]),
					evidence,
					(got, real) => Math.abs(got - real) <= TOLERANCE * real
				)
		},
		{
			id: 'answers',
			title: 'Users get the answers they got before',
			hint: 'An exception that was timed goes on its way.',
			judge: (evidence) =>
				failed(evidence) > 0 ? undefined : { sentence: 'Nobody got a 500, and some should have.' }
		}
	];
}

/** Mistakes by their ids. */
export function timingMistakes(wanted: Wanted): Readonly<Record<string, Mistake['spot']>> {
	const { name, label } = wanted;
	const observed = (evidence: Evidence) => total(samplesOf(evidence, `${name}_count`));
	const seconds = (evidence: Evidence) => total(samplesOf(evidence, `${name}_sum`));
	const there = (evidence: Evidence) => total(truthBy(evidence, [label]));
	const truly = (evidence: Evidence) => total(trueSeconds(evidence, [label]));
	return {
		summary: (evidence) =>
			typeOf(evidence, name) === 'summary'
				? `\`${name}\` is a Summary. It has a sum and a count as well, and no boxes: how many requests took at most 0.25 s nobody can ask it.`
				: undefined,
		gauge: (evidence) =>
			typeOf(evidence, name) === 'gauge'
				? `\`${name}\` is a Gauge: it holds how long the last request took, and each request wipes out the one before. Of ${count(there(evidence), 'request')} it knows as many as there are series.`
				: undefined,
		'never-observed': (evidence) =>
			typeOf(evidence, name) === 'histogram' && observed(evidence) === 0
				? `The histogram is there and has observed nothing in ${count(there(evidence), 'request')}: no clock was started and stopped again around them.`
				: undefined,
		'no-endpoint': (evidence) => {
			const samples = samplesOf(evidence, `${name}_count`);
			return samples.length > 0 && !labelNamesOf(samples).includes(label)
				? `Without the label \`${label}\`, ${count(observed(evidence), 'request')} are in one set of boxes: a slow order cannot be told from a slow look at the products.`
				: undefined;
		},
		'one-endpoint': (evidence) => {
			const [first, ...others] = valuesOf(samplesOf(evidence, `${name}_count`), label);
			const routes = valuesOf(truthBy(evidence, [label]), label);
			return first !== undefined && others.length === 0 && routes.length > 1
				? `Every request is timed as ${first}, and there are ${number(routes.length)} routes. Which one it is says \`request.endpoint\`.`
				: undefined;
		},
		'raw-path': (evidence) => {
			const routes = valuesOf(truthBy(evidence, [label]), label);
			const [path] = valuesOf(samplesOf(evidence, `${name}_count`), label).filter(
				(value) => !routes.includes(value)
			);
			return path?.startsWith('/')
				? `The label \`${label}\` holds paths as users typed them, such as ${path}. Each new one is a histogram of its own, ${number(wanted.edges.length + 3)} lines. \`request.endpoint\` is the route, ${routes.find((one) => one.includes('{')) ?? routes[0]}.`
				: undefined;
		},
		'default-buckets': (evidence) => {
			const edges = edgesAscending(evidence, name);
			return areDefaultEdges(edges)
				? `These are ${count(edges.length, 'edge')} that nobody asked for: where no \`buckets\` are given, the client library takes its own.`
				: undefined;
		},
		'other-edges': (evidence) => {
			const edges = edgesAscending(evidence, name);
			const lacking = wanted.edges.filter((edge) => !edges.includes(edge));
			const extra = edges.filter((edge) => !wanted.edges.includes(edge));
			if (edges.length === 0 || lacking.length + extra.length === 0) return undefined;
			return lacking.length > 0
				? `It has no edge at ${list(lacking.map(String))}. How many requests took at most ${lacking[0]} s can only be told where an edge is: what lies between two of them is one number.`
				: `It has ${list(extra.map(String))} besides the edges that are asked for. An edge more is a line more for each \`${label}\`, in every scrape.`;
		},
		'swallowed-exception': (evidence) =>
			failed(evidence) === 0
				? 'The exception is caught and goes no further, so users whose request failed are told that it went well. Time it, and let it go on.'
				: undefined,
		milliseconds: (evidence) => {
			const times = seconds(evidence) / truly(evidence);
			return times > 500 && times < 2000
				? `The sum says ${number(Math.round(seconds(evidence)))} seconds for ${count(there(evidence), 'request')}, a thousand times too many: these are milliseconds, and all of them lie beyond the last edge.`
				: undefined;
		},
		'no-failures': (evidence) =>
			observed(evidence) === there(evidence) - failed(evidence)
				? `${count(failed(evidence), 'request')} failed and the histogram has none of them. They took their time before they did, and the exception skipped the line that would have said so.`
				: undefined,
		part: (evidence) => {
			const lacking = truly(evidence) - seconds(evidence);
			return observed(evidence) >= there(evidence) && lacking > TOLERANCE * truly(evidence)
				? `All requests are counted, and ${number(Math.round(lacking))} of their ${number(Math.round(truly(evidence)))} seconds are missing: the clock starts too late or stops too early. Users wait for all of \`handle\`, from the check of the login to the end of the work: the clock has to run for as long.`
				: undefined;
		}
	};
}

/** The first series whose `_sum` or `_count` is not what it should be. */
function firstApart(
	{ name, label }: Wanted,
	part: 'sum' | 'count',
	truth: readonly Count[],
	evidence: Evidence,
	isRight: (got: number, real: number) => boolean
): Finding | undefined {
	const samples = samplesOf(evidence, `${name}_${part}`);
	for (const { labels, value } of truth) {
		const own = labelValue(labels, label);
		const got = total(samples, { [label]: own });
		if (isRight(got, value)) continue;
		const unit = part === 'sum' ? ' seconds' : '';
		return {
			sentence: `\`${name}_${part}{${label}="${own}"}\` is ${rounded(got)}, and there were ${rounded(value)}${unit}.`,
			expected: value,
			got
		};
	}
	return undefined;
}

function failed(evidence: Evidence): number {
	return total(truthBy(evidence, ['status']), { status: '500' });
}

function rounded(value: number): string {
	return number(Math.round(100 * value) / 100);
}

function missing(name: string, names: readonly string[]): string {
	return names.length === 0
		? 'There is no metric of yours in /metrics yet.'
		: `There is no \`${name}\` in /metrics. There is ${list(names.map(code))}.`;
}

function code(word: string): string {
	return `\`${word}\``;
}
