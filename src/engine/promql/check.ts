import { matcherTest, METRIC_NAME } from '#engine/model';
import { AGGREGATORS } from './aggregators.ts';
import type {
	Aggregation,
	BinaryExpr,
	Call,
	Expr,
	Subquery,
	UnaryExpr,
	ValueType,
	VectorSelector
} from './ast.ts';
import type { FunctionDefinition, FunctionTable } from './function-definition.ts';
import { messages } from './messages.ts';
import type { ParseError } from './parse-error.ts';

/**
 * What an expression evaluates to. It does not look inside for mistakes (see `checkTypes`).
 * Throws when the tree calls a function that the table has not; the parser makes no such tree.
 */
export function expressionType(expr: Expr, functions: FunctionTable): ValueType {
	switch (expr.kind) {
		case 'number':
			return 'scalar';
		case 'string':
			return 'string';
		case 'selector':
		case 'aggregation':
			return 'vector';
		case 'matrix':
		case 'subquery':
			return 'matrix';
		case 'call':
			return functions.get(expr.func)?.returns ?? 'vector';
		case 'paren':
		case 'unary':
			return expressionType(expr.expr, functions);
		case 'binary':
			return isScalar(expr.lhs, functions) && isScalar(expr.rhs, functions) ? 'scalar' : 'vector';
	}
}

function isScalar(expr: Expr, functions: FunctionTable): boolean {
	return expressionType(expr, functions) === 'scalar';
}

/** Everything about the types of a tree that Prometheus refuses, in the order in which it finds it (parse.go, checkAST). */
export function checkTypes(expr: Expr, functions: FunctionTable, query: string): ParseError[] {
	const check: Check = { functions, query, errors: [] };
	checkNode(check, expr);
	return check.errors;
}

interface Check {
	readonly functions: FunctionTable;
	readonly query: string;
	readonly errors: ParseError[];
}

function report(check: Check, message: string, { span }: { span: ParseError['span'] }): void {
	check.errors.push({ message, span });
}

/** Checks a tree and returns its type. */
function checkNode(check: Check, expr: Expr): ValueType {
	switch (expr.kind) {
		case 'aggregation':
			checkAggregation(check, expr);
			break;
		case 'binary':
			return checkBinary(check, expr);
		case 'call':
			return checkCall(check, expr);
		case 'paren':
			return checkNode(check, expr.expr);
		case 'unary':
			return checkUnary(check, expr);
		case 'subquery':
			checkSubquery(check, expr);
			break;
		case 'matrix':
			checkNode(check, expr.selector);
			break;
		case 'selector':
			checkSelector(check, expr, false);
	}
	return expressionType(expr, check.functions);
}

function expectType(check: Check, expr: Expr, expected: ValueType, context: string): void {
	const type = checkNode(check, expr);
	if (type !== expected) report(check, messages.wrongType(expected, context, type), expr);
}

function checkAggregation(check: Check, { op, expr, param }: Aggregation): void {
	expectType(check, expr, 'vector', 'aggregation expression');
	const { parameter } = AGGREGATORS[op];
	if (param && parameter) expectType(check, param, parameter, 'aggregation parameter');
}

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);
const SET_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'unless']);

function checkBinary(check: Check, expr: BinaryExpr): ValueType {
	const left = checkNode(check, expr.lhs);
	const right = checkNode(check, expr.rhs);
	const bothScalar = left === 'scalar' && right === 'scalar';
	checkOperator(check, expr, bothScalar);
	if (!isOperand(left)) report(check, messages.operandType, expr.lhs);
	if (!isOperand(right)) report(check, messages.operandType, expr.rhs);
	checkMatching(check, expr, left === 'vector' && right === 'vector');
	if ((left === 'scalar' || right === 'scalar') && SET_OPERATORS.has(expr.op)) {
		report(check, messages.setOperatorOnScalar(expr.op), expr);
	}
	return bothScalar ? 'scalar' : 'vector';
}

function isOperand(type: ValueType): boolean {
	return type === 'scalar' || type === 'vector';
}

function checkOperator(check: Check, expr: BinaryExpr, bothScalar: boolean): void {
	const operator = { span: operatorSpan(check, expr) };
	const isComparison = COMPARISONS.has(expr.op);
	if (expr.returnBool && !isComparison) report(check, messages.boolMisplaced, operator);
	if (isComparison && !expr.returnBool && bothScalar) report(check, messages.boolMissing, operator);
	const { matching } = expr;
	if (!matching?.on || matching.include.length === 0) return;
	const included = new Set(matching.include);
	for (const label of matching.labels) {
		if (included.has(label)) report(check, messages.labelInOnAndGroup(label), operator);
	}
}

/** From the first thing after the left side that is no white space, even if that is a comment or `anchored`, as in Prometheus. */
function operatorSpan({ query }: Check, { lhs, opSpan }: BinaryExpr): ParseError['span'] {
	let from = lhs.span.to;
	while (from < opSpan.from && /[ \t\r\n]/.test(query.charAt(from))) from++;
	return { from, to: opSpan.to };
}

function checkMatching(check: Check, expr: BinaryExpr, ofVectors: boolean): void {
	const { op, matching } = expr;
	if (!matching) return;
	if (!ofVectors) {
		if (matching.labels.length > 0) report(check, messages.matchingBetweenVectors, expr);
		if (matching.fill) report(check, messages.fillBetweenVectors, expr);
	} else if (SET_OPERATORS.has(op)) {
		if (matching.cardinality !== 'many-to-many') {
			report(check, messages.groupingOfSetOperator(op), expr);
			report(check, messages.setOperatorCardinality, expr);
		}
		if (matching.fill) report(check, messages.fillOfSetOperator, expr);
	}
}

function checkCall(check: Check, call: Call): ValueType {
	const definition = check.functions.get(call.func);
	if (!definition) {
		report(check, messages.unknownFunction(call.func), call);
		return 'vector';
	}
	checkArgumentCount(check, call, definition);
	const isInfo = definition.name === 'info' && call.args.length > 1;
	if (isInfo) checkInfoSelector(check, call, definition.name);
	call.args.forEach((arg, i) => {
		const expected = definition.args[Math.min(i, definition.args.length - 1)];
		const tooMany = i >= definition.args.length && hasFixedCount(definition);
		if (expected === undefined || tooMany) return;
		const type = isInfo && i === 1 ? checkInfoArgument(check, arg) : checkNode(check, arg);
		if (type !== expected)
			report(check, messages.wrongArgumentType(expected, call.func, type), arg);
	});
	return definition.returns;
}

function hasFixedCount({ optional, variadic }: FunctionDefinition): boolean {
	return optional === 0 && !variadic;
}

function checkArgumentCount(check: Check, call: Call, definition: FunctionDefinition): void {
	const got = call.args.length;
	const most = definition.args.length;
	const least = most - definition.optional;
	if (hasFixedCount(definition)) {
		if (got !== most) report(check, messages.argumentCount(most, call.func, got), call);
	} else if (got < least) {
		report(check, messages.tooFewArguments(least, call.func, got), call);
	} else if (got > most && !definition.variadic) {
		report(check, messages.tooManyArguments(most, call.func, got), call);
	}
}

/** The second argument of info() chooses labels: a selector without a name, which may match everything. */
function checkInfoSelector(check: Check, call: Call, name: string): void {
	const arg = call.args[1] as Expr;
	const type = expressionType(arg, check.functions);
	if (type !== 'vector') report(check, messages.wrongArgumentType('vector', name, type), call);
	if (arg.kind !== 'selector') report(check, messages.infoNeedsLabels, arg);
	else if (arg.name !== '' && !arg.nameInBraces) report(check, messages.infoGotName, arg);
}

function checkInfoArgument(check: Check, arg: Expr): ValueType {
	if (arg.kind !== 'selector') return checkNode(check, arg);
	checkSelector(check, arg, true);
	return 'vector';
}

function checkUnary(check: Check, expr: UnaryExpr): ValueType {
	const type = checkNode(check, expr.expr);
	if (!isOperand(type)) report(check, messages.unaryOperand(type), expr);
	return type;
}

function checkSubquery(check: Check, expr: Subquery): void {
	const type = checkNode(check, expr.expr);
	if (type !== 'vector') report(check, messages.subqueryOperand(type), expr);
}

function checkSelector(check: Check, selector: VectorSelector, mayBeEmpty: boolean): void {
	const { name, nameInBraces, matchers } = selector;
	if (name !== '' && !nameInBraces) {
		for (const matcher of matchers.slice(0, -1)) {
			if (matcher.name === METRIC_NAME)
				report(check, messages.nameTwice(name, matcher.value), selector);
		}
	} else if (!mayBeEmpty && matchers.every((matcher) => matcherTest(matcher)(''))) {
		report(check, messages.emptySelector, selector);
	}
}
