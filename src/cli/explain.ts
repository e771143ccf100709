import { adviseOn, readInstant, readRange, type ApiResponse } from '#engine/api';
import type { Timestamp } from '#engine/model';
import { explain as explainQuery, type QueryRange } from '#engine/promql';
import { explanationAsText } from './explain-text.ts';
import { readArguments } from './options.ts';
import type { Printed } from './query.ts';
import { openSource, tellLateness, timeParams, type Source, type TimeParams } from './source.ts';

/** What a terminal has room for; the JSON has all that an explanation holds otherwise. */
const TEXT_LIMITS = { groups: 6, members: 3 };

/** `lab explain`: what the query did, node by node, and advice on it. Wrong options and files throw a UsageError. */
export async function explain(args: readonly string[]): Promise<Printed> {
	const { expression, options } = readArguments(args, { takesJson: true });
	const source = await openSource(options);
	const when = timeParams(options, source);
	tellLateness(when, source);
	const at = momentOf(when, source);
	if (at.status === 'error') return { text: `error: ${at.error}`, isError: true };
	const { querier, api } = source;
	const outcome = explainQuery(querier, expression, at.data, {
		...source.queryOptions(),
		now: () => performance.now(),
		...(options.json ? {} : { limits: TEXT_LIMITS })
	});
	const findings = await adviseOn(expression, api, when.kind === 'range');
	const text = options.json
		? JSON.stringify({ ...outcome, findings }, unheardOf)
		: explanationAsText(expression, outcome, findings);
	return { text, isError: !outcome.ok };
}

function momentOf(when: TimeParams, { now }: Source): ApiResponse<Timestamp | QueryRange> {
	return when.kind === 'instant' ? readInstant(when, now) : readRange(when);
}

/** JSON has no NaN and no infinities; they become texts as in Prometheus' own answers. */
function unheardOf(_: string, value: unknown): unknown {
	if (typeof value !== 'number' || Number.isFinite(value)) return value;
	if (Number.isNaN(value)) return 'NaN';
	return value > 0 ? '+Inf' : '-Inf';
}
