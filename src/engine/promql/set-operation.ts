import { labelsKey } from '#engine/model';
import type { BinaryExpr, Expr } from './ast.ts';
import { isInstant, type Emit, type Evaluation, type VectorSeries } from './evaluation.ts';
import { signature, type LabelChoice } from './matching.ts';
import { join } from './names.ts';
import { countPresent } from './step-buffers.ts';

/** Evaluates `and`, `unless` or `or`: series are chosen by their matching labels, values do not matter. */
export function combineSets(expr: BinaryExpr, evaluation: Evaluation, emit: Emit): void {
	const choice: LabelChoice = {
		names: expr.matching?.labels ?? [],
		only: expr.matching?.on ?? false
	};
	if (expr.op === 'or') unite(expr, choice, evaluation, emit);
	else restrict(expr, choice, evaluation, emit);
}

/** Where some series of a signature has a value. */
type Presence = Map<string, Uint8Array>;

/** `and` keeps what the right side has too, `unless` what it has not. */
function restrict(
	{ op, lhs, rhs }: BinaryExpr,
	choice: LabelChoice,
	evaluation: Evaluation,
	emit: Emit
): void {
	const right = presenceOf(rhs, choice, evaluation);
	const never = new Uint8Array(evaluation.grid.count);
	evaluation.vector(lhs, (series) => {
		const mask = right.get(signature(series.labels, choice)) ?? never;
		keepWhere(series.present, mask, op === 'and' ? 1 : 0);
		emitOrGiveBack(series, evaluation, emit);
	});
}

function presenceOf(expr: Expr, choice: LabelChoice, evaluation: Evaluation): Presence {
	const presence: Presence = new Map();
	evaluation.vector(expr, (series) => {
		markPresent(presence, signature(series.labels, choice), series);
		evaluation.buffers.giveBack(series);
	});
	return presence;
}

/** `or` adds to the left side what it has no match for. The left side is held, since the right may continue its series. */
function unite(
	{ lhs, rhs }: BinaryExpr,
	choice: LabelChoice,
	evaluation: Evaluation,
	emit: Emit
): void {
	const presence: Presence = new Map();
	const united = createUnion(evaluation);
	evaluation.vector(lhs, (series) => {
		markPresent(presence, signature(series.labels, choice), series);
		united.add(series);
	});
	evaluation.vector(rhs, (series) => {
		const mask = presence.get(signature(series.labels, choice));
		if (mask) keepWhere(series.present, mask, 0);
		united.add(series);
	});
	for (const series of united.all()) emitOrGiveBack(series, evaluation, emit);
}

/** Series of two vectors, in order. Those of equal labels continue each other; in an instant query nothing can be continued. */
interface Union {
	add(series: VectorSeries): void;
	all(): Iterable<VectorSeries>;
}

function createUnion({ grid }: Evaluation): Union {
	if (isInstant(grid)) {
		const list: VectorSeries[] = [];
		return { add: (series) => list.push(series), all: () => list };
	}
	const byLabels = new Map<string, VectorSeries>();
	return {
		add(series) {
			const key = labelsKey(series.labels);
			const known = byLabels.get(key);
			byLabels.set(key, known ? join(known, series) : series);
		},
		all: () => byLabels.values()
	};
}

function markPresent(presence: Presence, key: string, { present }: VectorSeries): void {
	const mask = presence.get(key);
	if (!mask) {
		presence.set(key, present.slice());
		return;
	}
	for (let i = 0; i < mask.length; i++) mask[i] = (mask[i] as number) | (present[i] as number);
}

/** Keeps the steps at which the mask has the given bit. */
function keepWhere(present: Uint8Array, mask: Uint8Array, bit: 0 | 1): void {
	for (let i = 0; i < present.length; i++) if (mask[i] !== bit) present[i] = 0;
}

function emitOrGiveBack(series: VectorSeries, { buffers }: Evaluation, emit: Emit): void {
	if (countPresent(series.present) > 0) emit(series);
	else buffers.giveBack(series);
}
