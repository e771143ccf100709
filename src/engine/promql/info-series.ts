import {
	formatLabelSet,
	labelValue,
	matcherTest,
	METRIC_NAME,
	metricName,
	type Labels,
	type Matcher,
	type Querier,
	type Span
} from '#engine/model';
import type { Expr, VectorSelector } from './ast.ts';
import { lastStepTime, resolveAt, type Evaluation, type VectorSeries } from './evaluation.ts';
import { infoReference, type InfoReference } from './info-reference.ts';
import { signature } from './matching.ts';
import { QueryError } from './query-error.ts';
import { selectInstant } from './selector.ts';

/** The labels by which Prometheus takes series to be about the same thing. Fixed, so that info metrics need not be known. */
const IDENTIFYING_LABELS = ['instance', 'job'];

const TARGET_INFO: Matcher = { name: METRIC_NAME, type: '=', value: 'target_info' };
const ANY_INFO: Matcher = { name: METRIC_NAME, type: '=~', value: '.+_info' };

/** What the second argument of info() asks for. */
export interface InfoSelection {
	/** Conditions on the name of info metrics. */
	readonly names: readonly Matcher[];
	/** Conditions on the other labels, which are then the only ones to be added. */
	readonly data: readonly Matcher[];
}

/** Reads the second argument; without one, all labels of target_info are wanted. */
export function infoSelection(selector: VectorSelector | undefined): InfoSelection {
	const matchers = selector?.matchers ?? [];
	return {
		names: nameConditions(matchers.filter(({ name }) => name === METRIC_NAME)),
		data: matchers.filter(({ name }) => name !== METRIC_NAME)
	};
}

/** Conditions that only exclude names leave the metrics that end in _info (promql/info.go, effectiveInfoNameMatchers). */
function nameConditions(written: readonly Matcher[]): readonly Matcher[] {
	if (written.length === 0) return [TARGET_INFO];
	return written.some(isPositive) ? written : [ANY_INFO, ...written];
}

function isPositive({ type }: Matcher): boolean {
	return type === '=' || type === '=~';
}

/** Whether the name is that of an info metric, to which nothing is added. */
export function isInfoMetric(labels: Labels, { names }: InfoSelection): boolean {
	return names.every((matcher) => matcherTest(matcher)(metricName(labels)));
}

/** What identifies a series: its `instance` and `job`. */
export function identity(labels: Labels): string {
	return signature(labels, { names: IDENTIFYING_LABELS, only: true });
}

/** An info series: at each present step the time of its sample in `values`, in seconds. */
export type InfoSeries = Pick<VectorSeries, 'labels' | 'values' | 'present'>;

/**
 * The info series that may be about any of the given series. They are looked at at each step as it is, but of their samples only those
 * count that are in the lookback window of the argument's `@` and offset (promql/info.go, fetchInfoSeries).
 */
export function selectInfoSeries(
	base: readonly VectorSeries[],
	{ names, data }: InfoSelection,
	argument: Expr,
	span: Span,
	evaluation: Evaluation
): readonly InfoSeries[] {
	const identities = identityConditions(base);
	if (identities.length === 0) return [];
	const matchers = [...identities, ...data, ...names];
	const selector: VectorSelector = { kind: 'selector', span, name: '', matchers, offset: 0 };
	const within = withinReference(infoReference(argument), evaluation);
	refuseHistograms(selector, within);
	const found: InfoSeries[] = [];
	selectInstant(selector, within, (series) => found.push(series), 'timestamp');
	return found;
}

/** The evaluation with no other samples than those of the reference. */
function withinReference(reference: InfoReference, evaluation: Evaluation): Evaluation {
	const { scope, grid } = evaluation;
	const { querier, lookback } = scope;
	const at = resolveAt(reference.at, scope);
	if (at === undefined && reference.offset === 0) return evaluation;
	const first = (at ?? grid.start) - lookback + 1 - reference.offset;
	const last = (at ?? grid.end ?? lastStepTime(grid)) - reference.offset;
	const within: Querier = {
		...querier,
		select: (matchers, from, to) =>
			querier.select(matchers, Math.max(from, first), Math.min(to, last))
	};
	return { ...evaluation, scope: { ...scope, querier: within } };
}

/** Conditions that the identifying labels have one of the values that they have in these series. */
function identityConditions(base: readonly VectorSeries[]): Matcher[] {
	return IDENTIFYING_LABELS.flatMap((name): Matcher[] => {
		const values = new Set(base.map(({ labels }) => labelValue(labels, name)));
		values.delete('');
		if (values.size === 0) return [];
		return [{ name, type: '=~', value: [...values].map(quoteMeta).join('|') }];
	});
}

/** Go's regexp.QuoteMeta. */
function quoteMeta(text: string): string {
	return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}

function refuseHistograms(selector: VectorSelector, evaluation: Evaluation): void {
	const { budget } = evaluation.scope;
	const held = budget.held();
	selectInstant(selector, evaluation, (series) => {
		if (series.histograms) {
			const metric = formatLabelSet(series.labels);
			throw new QueryError(`this should be an info metric, with float samples: ${metric}`);
		}
		evaluation.buffers.giveBack(series);
	});
	budget.resetTo(held);
}
