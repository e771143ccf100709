import { withoutParens } from './arguments.ts';
import type { Aggregation, Expr } from './ast.ts';
import type { Evaluation } from './evaluation.ts';
import { goMax, goMin } from './go-number.ts';

/** The scalar parameter of an aggregation (k, φ, a ratio) over the steps. */
export interface Parameter {
	readonly expr: Expr;
	readonly values: Float64Array;
	readonly min: number;
	readonly max: number;
	readonly hasNaN: boolean;
}

/** Evaluates the parameter of an aggregation that has one. */
export function aggregationParameter(expr: Aggregation, evaluation: Evaluation): Parameter {
	if (!expr.param) throw new Error(`parameter of ${expr.op} is missing`);
	const param = withoutParens(expr.param);
	const values = evaluation.scalar(param);
	// As in promql/value.go, newFParams: one NaN makes both bounds NaN, unless there is an infinity.
	return {
		expr: param,
		values,
		min: values.reduce((least, value) => goMin(least, value), Number.MAX_VALUE),
		max: values.reduce((greatest, value) => goMax(greatest, value), -Number.MAX_VALUE),
		hasNaN: values.some(Number.isNaN)
	};
}
