import type { ValueType } from './ast.ts';
import type { ScalarFunction, VectorFunction } from './element.ts';
import type { WindowCallOptions, WindowFunction } from './range-vector.ts';

/**
 * How a function is evaluated: as a scalar, as a stream of series, or, with a range vector argument, by a kernel that is
 * given one series and its windows at a time.
 */
export type FunctionEvaluator =
	| { readonly kind: 'scalar'; readonly run: ScalarFunction }
	| { readonly kind: 'vector'; readonly run: VectorFunction }
	| ({ readonly kind: 'window'; readonly run: WindowFunction } & WindowCallOptions);

/** One row of the function table: signature, implementation, documentation. Type check, completion, hover and evaluator all read it. */
export interface FunctionDefinition {
	readonly name: string;
	/** Types of the arguments; the last `optional` many may be left out; with `variadic` the last one may repeat without end. */
	readonly args: readonly ValueType[];
	readonly optional: number;
	readonly variadic: boolean;
	readonly returns: ValueType;
	readonly experimental: boolean;
	/** One line for hover and completion. */
	readonly doc: string;
	readonly evaluate: FunctionEvaluator;
}

/** The functions of the language by name. */
export type FunctionTable = ReadonlyMap<string, FunctionDefinition>;
