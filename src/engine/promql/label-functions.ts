import {
	compileRegex,
	compileTemplate,
	groupNames,
	isValidLabelName,
	labelValue,
	matchedGroups,
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
	const expression = stringArgument(call, 4);
	const pattern = compilePattern(expression);
	refuseInvalidName(target, 'destination', 'label_replace');
	const expand = compileTemplate(replacement, groupNames(expression));
	relabel(call, evaluation, emit, target, (labels) => {
		const groups = matchedGroups(pattern, labelValue(labels, source));
		return groups && expand(groups);
	});
};

function compilePattern(expression: string): ReturnType<typeof compileRegex> {
	try {
		return compileRegex(expression);
	} catch {
		throw new QueryError(`invalid regular expression in label_replace(): ${expression}`);
	}
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
