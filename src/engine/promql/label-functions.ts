import {
	compileRegex,
	isValidLabelName,
	labelValue,
	METRIC_NAME,
	withLabel,
	type Labels
} from '#engine/model';
import { argument, stringArgument } from './arguments.ts';
import type { Call } from './ast.ts';
import type { VectorFunction } from './element.ts';
import type { Emit, Evaluation } from './evaluation.ts';
import { joiningSink, merge } from './names.ts';
import { QueryError } from './query-error.ts';

/** label_replace(v, dst, replacement, src, regex): sets dst to the expanded replacement where src matches. */
export const labelReplace: VectorFunction = (call, evaluation, emit) => {
	const target = stringArgument(call, 1);
	const replacement = stringArgument(call, 2);
	const source = stringArgument(call, 3);
	const pattern = compilePattern(stringArgument(call, 4));
	refuseInvalidName(target, 'destination', 'label_replace');
	relabel(call, evaluation, emit, target, (labels) => {
		const matcher = pattern.matcher(labelValue(labels, source));
		if (!matcher.matches()) return undefined;
		return expand(replacement, (name) => groupText(matcher, pattern, name));
	});
};

type Pattern = ReturnType<typeof compileRegex>;
type PatternMatcher = ReturnType<Pattern['matcher']>;

function compilePattern(expression: string): Pattern {
	try {
		return compileRegex(expression);
	} catch {
		throw new QueryError(`invalid regular expression in label_replace(): ${expression}`);
	}
}

/** The text of a numbered or named group; empty when there is no such group, or it took no part in the match. */
function groupText(matcher: PatternMatcher, pattern: Pattern, name: string): string {
	if (/^\d+$/.test(name)) {
		const number = Number(name);
		return number <= matcher.groupCount() ? (matcher.group(number) ?? '') : '';
	}
	return name in pattern.namedGroups() ? (matcher.group(name) ?? '') : '';
}

/** Expands `$1`, `$name` and `${name}` as Go's regexp.Expand does: a name is as long as it can be, `$$` is a dollar. */
function expand(template: string, group: (name: string) => string): string {
	return template.replace(
		/\$(?:\$|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu,
		(_, bare, braced) => (bare === undefined && braced === undefined ? '$' : group(bare ?? braced))
	);
}

/** label_join(v, dst, separator, src…): sets dst to the joined source labels. */
export const labelJoin: VectorFunction = (call, evaluation, emit) => {
	const target = stringArgument(call, 1);
	const separator = stringArgument(call, 2);
	const sources = call.args.slice(3).map((_, i) => stringArgument(call, i + 3));
	for (const source of sources) refuseInvalidName(source, 'source', 'label_join');
	refuseInvalidName(target, 'destination', 'label_join');
	relabel(call, evaluation, emit, target, (labels) =>
		sources.map((source) => labelValue(labels, source)).join(separator)
	);
};

function refuseInvalidName(name: string, role: string, func: string): void {
	if (!isValidLabelName(name))
		throw new QueryError(`invalid ${role} label name in ${func}(): ${name}`);
}

/** Sets one label of each series to a value of its labels; undefined leaves the series as it is. */
function relabel(
	call: Call,
	evaluation: Evaluation,
	emit: Emit,
	target: string,
	valueOf: (labels: Labels) => string | undefined
): void {
	const sink = joiningSink(evaluation, emit, merge);
	evaluation.vector(argument(call, 0), (series) => {
		const value = valueOf(series.labels);
		if (value === undefined) {
			sink.push(series);
			return;
		}
		sink.push({
			labels: withLabel(series.labels, target, value),
			values: series.values,
			present: series.present,
			histograms: series.histograms,
			dropName: series.dropName && target !== METRIC_NAME
		});
	});
	sink.close();
}
