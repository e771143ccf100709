import type {
	Aggregation,
	AggregationOp,
	BinaryExpr,
	BinaryOp,
	Call,
	Expr,
	ParenExpr,
	StringLiteral,
	VectorMatching,
	VectorSelector
} from './ast.ts';
import { AGGREGATORS } from './aggregators.ts';
import { checkTypes, expressionType } from './check.ts';
import { Cursor } from './cursor.ts';
import { NO_FEATURES, type Features } from './features.ts';
import type { FunctionTable } from './function-definition.ts';
import { messages } from './messages.ts';
import { parseGrouping, parseMatching } from './parse-grouping.ts';
import { parseModifiers } from './parse-modifiers.ts';
import { parseNumberLiteral, parseSign } from './parse-number.ts';
import { parseNamedSelector, parseUnnamedSelector } from './parse-selector.ts';
import type { ParseError } from './parse-error.ts';
import { unquote } from './strings.ts';
import {
	isAggregator,
	isMetricName,
	isPreprocessor,
	startsExpression,
	type TokenKind
} from './tokens.ts';

/** A query as a tree, or everything found wrong with it, what Prometheus would say first of all first. */
export type ParseResult =
	| { readonly ok: true; readonly expr: Expr }
	| { readonly ok: false; readonly errors: readonly ParseError[] };

/** Reads and type-checks a query against a function table. Never throws, whatever the text. */
export function parseQuery(
	query: string,
	functions: FunctionTable,
	features: Features = NO_FEATURES
): ParseResult {
	const cursor = new Cursor(query, functions, features);
	const expr = cursor.attempt(parseWhole);
	if (expr === undefined || cursor.errors.length > 0) return { ok: false, errors: cursor.errors };
	const errors = checkTypes(expr, functions, query);
	return errors.length > 0 ? { ok: false, errors } : { ok: true, expr };
}

/** What a text that should be one series selector reads as. */
export type SelectorResult =
	| { readonly ok: true; readonly selector: VectorSelector }
	| { readonly ok: false; readonly errors: readonly ParseError[] };

/** Reads a bare series selector, such as the parameter match[] of the HTTP API. Never throws. */
export function parseSelector(text: string): SelectorResult {
	const cursor = new Cursor(text, new Map(), NO_FEATURES);
	const selector = cursor.attempt(() => {
		const parsed = parseBareSelector(cursor);
		cursor.expect('eof');
		return parsed;
	});
	if (!selector || cursor.errors.length > 0) return { ok: false, errors: cursor.errors };
	return { ok: true, selector };
}

function parseBareSelector(cursor: Cursor): VectorSelector {
	const kind = cursor.peek();
	if (kind === '{') return parseUnnamedSelector(cursor);
	if (!isMetricName(kind)) cursor.unexpected();
	const name = cursor.text();
	const from = cursor.start();
	return parseNamedSelector(cursor, name, from, cursor.take());
}

function parseWhole(cursor: Cursor): Expr {
	if (cursor.peek() === 'eof') cursor.fail(messages.noExpression, { from: 0, to: 0 });
	const expr = parseExpression(cursor);
	cursor.expect('eof');
	return expr;
}

/** How strongly the binary operators bind. A sign binds like a product, so -2^2 is -(2^2). */
const BINDING: Partial<Record<TokenKind, number>> = {
	or: 1,
	and: 2,
	unless: 2,
	'==': 3,
	'!=': 3,
	'<': 3,
	'<=': 3,
	'>': 3,
	'>=': 3,
	'</': 3,
	'>/': 3,
	'+': 4,
	'-': 4,
	'*': 5,
	'/': 5,
	'%': 5,
	atan2: 5,
	'^': 6
};
const BINDING_OF_POWER = 6;

function parseExpression(cursor: Cursor): Expr {
	return parseBinary(cursor, 0);
}

/** Precedence climbing: an operand, then operators that bind at least as strongly as `least`. */
function parseBinary(cursor: Cursor, least: number): Expr {
	let left = parseOperand(cursor);
	for (;;) {
		const op = cursor.peek();
		const binding = BINDING[op];
		if (binding === undefined || binding < least) return left;
		left = parseRightSide(cursor, left, op as BinaryOp, binding);
	}
}

function parseRightSide(cursor: Cursor, lhs: Expr, op: BinaryOp, binding: number): BinaryExpr {
	const opSpan = cursor.span();
	const leftHeight = cursor.height;
	cursor.take();
	const returnBool = cursor.accept('bool');
	const written = parseMatching(cursor);
	cursor.enter();
	const rhs = parseBinary(cursor, op === '^' ? binding : binding + 1);
	cursor.leave();
	cursor.raise(Math.max(leftHeight, cursor.height));
	const span = { from: lhs.span.from, to: rhs.span.to };
	if (written.fill && !cursor.features.binopFillModifiers) {
		cursor.report(messages.fillNotEnabled, span);
	}
	const node: BinaryExpr = {
		kind: 'binary',
		span,
		opSpan,
		op,
		lhs,
		rhs,
		returnBool
	};
	const matching = effectiveMatching(cursor, node, written);
	return matching ? { ...node, matching } : node;
}

/** The matching of two vectors. Elsewhere only labels and fills are kept, for the type check to complain about. */
function effectiveMatching(
	cursor: Cursor,
	{ op, lhs, rhs }: BinaryExpr,
	written: VectorMatching
): VectorMatching | undefined {
	const ofVectors =
		expressionType(lhs, cursor.functions) === 'vector' &&
		expressionType(rhs, cursor.functions) === 'vector';
	if (!ofVectors && written.labels.length === 0 && !written.fill) return undefined;
	const isSetOperator = op === 'and' || op === 'or' || op === 'unless';
	return isSetOperator && written.cardinality === 'one-to-one'
		? { ...written, cardinality: 'many-to-many' }
		: written;
}

/** An operand: a sign and what it binds, or a primary expression with its modifiers. */
function parseOperand(cursor: Cursor): Expr {
	const kind = cursor.peek();
	return kind === '+' || kind === '-'
		? parseSigned(cursor, kind)
		: parseModifiers(cursor, parsePrimary(cursor, kind));
}

function parseSigned(cursor: Cursor, op: '+' | '-'): Expr {
	const from = cursor.start();
	const sign = parseSign(cursor);
	cursor.enter();
	const expr = parseBinary(cursor, BINDING_OF_POWER);
	cursor.leave();
	const span = { from, to: expr.span.to };
	if (expr.kind === 'number') return { ...expr, span, value: sign * expr.value };
	cursor.raise(cursor.height);
	return { kind: 'unary', span, op, expr };
}

function parsePrimary(cursor: Cursor, kind: TokenKind): Expr {
	cursor.height = 1;
	switch (kind) {
		case 'number':
		case 'duration':
			return parseNumberLiteral(cursor);
		case 'string':
			return parseString(cursor);
		case '(':
			return parseParenthesized(cursor);
		case '{':
			return parseUnnamedSelector(cursor);
	}
	return isMetricName(kind) ? parseName(cursor, kind) : cursor.unexpected();
}

function parseString(cursor: Cursor): StringLiteral {
	const span = cursor.span();
	const value = unquote(cursor.text());
	cursor.take();
	return { kind: 'string', span, value };
}

function parseParenthesized(cursor: Cursor): ParenExpr {
	const from = cursor.start();
	cursor.take();
	const expr = cursor.nested(parseExpression);
	const to = cursor.expect(')');
	cursor.raise(cursor.height);
	return { kind: 'paren', span: { from, to }, expr };
}

/** A name is a function when a parenthesis follows, an aggregation when it is one, else a metric. */
function parseName(cursor: Cursor, kind: TokenKind): Expr {
	const name = cursor.text();
	const { from } = cursor.span();
	const to = cursor.take();
	const next = cursor.peek();
	if (isAggregator(kind) && (next === '(' || next === 'by' || next === 'without')) {
		return cursor.inAggregation(() => parseAggregation(cursor, kind, from));
	}
	if (next === '(' && (kind === 'identifier' || isPreprocessor(kind))) {
		return parseCall(cursor, name, from, to);
	}
	return parseNamedSelector(cursor, name, from, to);
}

function parseCall(cursor: Cursor, name: string, from: number, nameEnd: number): Call {
	const { args, to } = parseArguments(cursor);
	checkAvailable(cursor, name, from, nameEnd);
	return { kind: 'call', span: { from, to }, func: name, args };
}

function checkAvailable(cursor: Cursor, name: string, from: number, to: number): void {
	const definition = cursor.functions.get(name);
	const span = { from, to };
	if (!definition) cursor.report(messages.unknownFunction(name), span);
	else if (definition.experimental && !cursor.features.experimentalFunctions) {
		cursor.report(messages.functionNotEnabled(name), span);
	}
}

function parseArguments(cursor: Cursor): { args: Expr[]; to: number } {
	cursor.expect('(');
	const args: Expr[] = [];
	let height = 0;
	if (cursor.peek() !== ')') {
		args.push(cursor.nested(parseExpression));
		height = cursor.height;
	}
	while (args.length > 0 && cursor.peek() === ',') {
		const comma = cursor.span();
		cursor.take();
		if (startsExpression(cursor.peek())) {
			args.push(cursor.nested(parseExpression));
			height = Math.max(height, cursor.height);
		} else cursor.report(messages.trailingComma, comma);
	}
	const to = cursor.expect(')');
	cursor.raise(height);
	return { args, to };
}

function parseAggregation(cursor: Cursor, op: AggregationOp, from: number): Aggregation {
	const before = parseGrouping(cursor);
	const { args } = parseArguments(cursor);
	const { grouping, without } = before ?? parseGrouping(cursor) ?? { grouping: [], without: false };
	const span = { from, to: cursor.lastEnd };
	const { parameter, experimental } = AGGREGATORS[op];
	const wanted = parameter ? 2 : 1;
	if (args.length === 0) cursor.report(messages.noAggregationArguments, span);
	else if (experimental && !cursor.features.experimentalFunctions) {
		cursor.report(messages.aggregatorNotEnabled(op), span);
	} else if (args.length !== wanted) {
		cursor.report(messages.aggregationArguments(wanted, args.length), span);
	}
	// With the wrong number of arguments the tree is never used, but must be one.
	const expr = args[wanted - 1] ?? args[0] ?? { kind: 'string', span, value: '' };
	const node = { kind: 'aggregation', span, op, expr, grouping, without } as const;
	return wanted === 2 ? { ...node, param: args[0] } : node;
}
