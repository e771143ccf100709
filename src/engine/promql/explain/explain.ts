import { NO_LABELS, type Labels, type Querier, type Timestamp } from '#engine/model';
import type { Expr } from '../ast.ts';
import type { Evaluation } from '../evaluation.ts';
import { adviseAllowed } from '../hints/allowed.ts';
import { instantResult, runQuery, stepsResult, type QueryOptions } from '../query.ts';
import type { QueryRange } from '../query-range.ts';
import type { QueryOutcome } from '../value.ts';
import { DEFAULT_MAX_SAMPLES } from '../sample-budget.ts';
import { captureAt } from './capture-at.ts';
import { describeTree } from './describe.ts';
import type { Detail } from './detail.ts';
import { detailOf, type DetailSource } from './details.ts';
import {
	DEFAULT_LIMITS,
	type ExplainedNode,
	type ExplainLimits,
	type ExplainOutcome,
	type Explanation,
	type Focus
} from './explanation.ts';
import { lastStepWithValue } from './focus-step.ts';
import { hintFor, type FailedPart } from './hint.ts';
import { Recorder } from './recorder.ts';
import { nodesOf, treeOf, type TreeNode } from './tree.ts';
import { reasonOfVanishing, vanishingNode } from './vanish.ts';
import { visitUnvisited } from './visit.ts';

/** What can be set for one explanation, beside what can be set for the query. */
export interface ExplainOptions extends QueryOptions {
	/** A clock in any unit; without one all times are 0. */
	readonly now?: () => number;
	/** The step and the series to look into; unless set, the last step that has a value and the first series there. */
	readonly focus?: { readonly time?: Timestamp; readonly labels?: Labels };
	readonly limits?: Partial<ExplainLimits>;
}

/**
 * Evaluates a query, at one moment or over a range, and tells what each part of it did. Errors are those of `query` and
 * `queryRange`; nothing is thrown. The evaluation is theirs, with a probe around each node; then the query is evaluated
 * once more at the step of the focus alone, for the quantities behind its functions.
 */
export function explain(
	querier: Querier,
	text: string,
	at: Timestamp | QueryRange,
	options: ExplainOptions = {}
): ExplainOutcome {
	const limits: ExplainLimits = { ...DEFAULT_LIMITS, ...options.limits };
	const { outcome, attempt } = watch(querier, text, at, options, limits);
	if (!attempt) {
		if (outcome.ok) throw new Error('a query succeeded without being evaluated');
		return { ...outcome, ...hint(outcome.message, text) };
	}
	const explanation = explainAttempt(attempt, outcome, options, limits);
	if (outcome.ok) {
		const said = adviseAllowed(text, attempt.tree.expr, explanation.vanishedAt !== undefined);
		return { ok: true, ...(said !== undefined && { hint: said }), explanation };
	}
	const failed = failedPart(attempt, explanation);
	return { ...outcome, ...hint(outcome.message, text, failed), explanation };
}

function hint(message: string, query: string, failed?: FailedPart): { readonly hint?: string } {
	const text = hintFor(message, query, failed);
	return text === undefined ? {} : { hint: text };
}

function failedPart({ tree }: Attempt, { root, failedAt }: Explanation): FailedPart | undefined {
	const node = [...nodesOf(tree)].find(({ id }) => id === failedAt);
	return node && { expr: node.expr, detail: detailAt(root, node.id) };
}

function detailAt(node: ExplainedNode, id: number): Detail | undefined {
	if (node.id === id) return node.detail;
	return node.children.map((child) => detailAt(child, id)).find((detail) => detail !== undefined);
}

/** One evaluation, and what was written down about it. */
interface Attempt {
	readonly tree: TreeNode;
	readonly evaluation: Evaluation;
	readonly recorder: Recorder;
	readonly querier: Querier;
}

function watch(
	querier: Querier,
	text: string,
	at: Timestamp | QueryRange,
	options: ExplainOptions,
	limits: ExplainLimits
): { readonly outcome: QueryOutcome<unknown>; readonly attempt: Attempt | undefined } {
	const isInstant = typeof at === 'number';
	const newRecorder = () => new Recorder(options.now ?? (() => 0), limits);
	let recorder = newRecorder();
	let attempt: Attempt | undefined;
	const watched: Querier = {
		select: (...args) => recorder.watch(querier).select(...args),
		series: (...args) => querier.series(...args)
	};
	const evaluate = (expr: Expr, evaluation: Evaluation) => {
		attempt = { tree: treeOf(expr), evaluation, recorder, querier };
		return isInstant ? instantResult(expr, evaluation) : stepsResult(expr, evaluation);
	};
	const outcome = runQuery<unknown>(
		watched,
		text,
		isInstant ? { start: at, end: at, step: 0 } : at,
		{ ...options, probe: () => (recorder = newRecorder()) },
		evaluate
	);
	return { outcome, attempt };
}

function explainAttempt(
	attempt: Attempt,
	outcome: QueryOutcome<unknown>,
	options: ExplainOptions,
	limits: ExplainLimits
): Explanation {
	const { tree, evaluation, recorder, querier } = attempt;
	const { records, failedAt } = recorder;
	if (outcome.ok) visitUnvisited(tree, (expr) => records.get(expr)?.grid, evaluation);
	const scope = { ...evaluation.scope, querier };
	const focus = chooseFocus(tree, evaluation, recorder, options);
	const capture = captureAt(tree, focus, scope, options);
	const { maxSamples = DEFAULT_MAX_SAMPLES } = options;
	const about = { capture, scope, focus: focus.labels, limits, records, maxSamples };
	const details = detailsOf(tree, about);
	const explanation: Explanation = {
		grid: evaluation.grid,
		focus,
		root: describeTree(tree, records, details),
		annotations: outcome.ok ? outcome.annotations : []
	};
	if (!outcome.ok) {
		const failed = [...nodesOf(tree)].find(({ expr }) => expr === failedAt);
		return { ...explanation, failedAt: (failed ?? tree).id };
	}
	if (records.get(tree.expr)?.series !== 0) return explanation;
	const vanishing = vanishingNode(tree, records);
	const reason = reasonOfVanishing(vanishing, { records, details, scope });
	return { ...explanation, vanishedAt: { node: vanishing.id, reason } };
}

function detailsOf(tree: TreeNode, source: DetailSource): Map<number, Detail> {
	const details = new Map<number, Detail>();
	for (const { id, expr } of nodesOf(tree)) {
		const detail = detailOf(expr, source);
		if (detail) details.set(id, detail);
	}
	return details;
}

function chooseFocus(
	tree: TreeNode,
	{ grid }: Evaluation,
	{ records }: Recorder,
	{ focus = {} }: ExplainOptions
): Focus {
	const time = focus.time ?? lastStepWithValue(tree, grid, records);
	const sample = records.get(tree.expr)?.sample ?? [];
	const first = sample.find(({ times }) => times[times.length - 1] === time) ?? sample[0];
	return { time, labels: focus.labels ?? first?.labels ?? NO_LABELS };
}
