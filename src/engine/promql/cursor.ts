import type { Span } from '#engine/model';
import type { Features } from './features.ts';
import type { FunctionTable } from './function-definition.ts';
import { Lexer } from './lexer.ts';
import { messages } from './messages.ts';
import type { ParseError } from './parse-error.ts';
import { describeToken, type TokenKind } from './tokens.ts';

/**
 * How deep a query may nest, and how high a tree may grow (a chain of operators grows without nesting). The parser and
 * every walk over a tree are recursive, and the stack of a browser's worker is small; a level of the parser takes most.
 */
const DEEPEST = 200;
const HIGHEST = 500;

/** Thrown to leave the parser after an error it can not read past; `attempt` catches it. */
class SyntaxError extends Error {}

/**
 * The place in a query that the parser has come to, and the errors found on the way.
 *
 * A token is read only when somebody asks for it. Prometheus' parser does the same, and so the error of a construct
 * that is complete comes before the error of the token after it.
 */
export class Cursor {
	readonly query: string;
	readonly functions: FunctionTable;
	readonly features: Features;
	readonly errors: ParseError[] = [];
	/** Height of the tree of the expression that was parsed last. */
	height = 0;
	/** Length of all regular expressions that had to be compiled. */
	regexLength = 0;
	/** End of the token that was taken last. */
	lastEnd = 0;

	readonly #lexer: Lexer;
	#read = false;
	#nesting = 0;
	#aggregations = 0;

	constructor(query: string, functions: FunctionTable, features: Features) {
		this.query = query;
		this.functions = functions;
		this.features = features;
		this.#lexer = new Lexer(query);
	}

	/** Parses all of it with `parse`; undefined when a syntax error stopped that. */
	attempt<Result>(parse: (cursor: Cursor) => Result): Result | undefined {
		try {
			return parse(this);
		} catch (error) {
			if (error instanceof SyntaxError) return undefined;
			throw error;
		}
	}

	/** The kind of the next token. A token that can not be read ends the parse. */
	peek(): TokenKind {
		if (this.#read) return this.#lexer.kind;
		const kind = this.#lexer.next();
		this.#read = true;
		if (kind === 'error') this.fail(this.#lexer.message, this.span());
		return kind;
	}

	/** The span of the next token. */
	span(): Span {
		this.#ensureRead();
		return { from: this.#lexer.from, to: this.#lexer.to };
	}

	start(): number {
		this.#ensureRead();
		return this.#lexer.from;
	}

	/** The next token as it is written. */
	text(): string {
		this.#ensureRead();
		return this.query.slice(this.#lexer.from, this.#lexer.to);
	}

	/** Passes over the next token and returns where it ends. */
	take(): number {
		this.#ensureRead();
		this.#read = false;
		this.lastEnd = this.#lexer.to;
		return this.lastEnd;
	}

	/** Passes over the next token if it is of the kind. */
	accept(kind: TokenKind): boolean {
		if (this.peek() !== kind) return false;
		this.take();
		return true;
	}

	/** Passes over the next token, which must be of the kind; see `unexpected`. */
	expect(kind: TokenKind, context?: string, expected?: string): number {
		return this.peek() === kind ? this.take() : this.unexpected(context, expected);
	}

	/** Notes an error that does not keep the parser from going on. */
	report(message: string, span: Span): void {
		this.errors.push({ message, span });
	}

	/** Notes an error and ends the parse. */
	fail(message: string, span: Span): never {
		this.report(message, span);
		throw new SyntaxError(message);
	}

	/**
	 * Ends the parse with the complaint that the next token fits nowhere. Without a context of its own the complaint
	 * names the aggregation around it, if there is one: those are the places where Prometheus' grammar catches errors.
	 */
	unexpected(context = this.#aggregations > 0 ? 'aggregation' : '', expected = ''): never {
		const token = describeToken(this.peek(), this.text());
		return this.fail(messages.unexpected(token, context, expected), this.span());
	}

	/** Parses something inside an aggregation. */
	inAggregation<Result>(parse: (cursor: Cursor) => Result): Result {
		this.#aggregations++;
		const result = parse(this);
		this.#aggregations--;
		return result;
	}

	/** What is parsed from here to `leave` is one level deeper. */
	enter(): void {
		if (++this.#nesting > DEEPEST) this.#failTooDeep(DEEPEST);
	}

	leave(): void {
		this.#nesting--;
	}

	/** Parses something one level deeper. */
	nested<Result>(parse: (cursor: Cursor) => Result): Result {
		this.enter();
		const result = parse(this);
		this.leave();
		return result;
	}

	/** Notes that a node stands on top of trees of at most this height. */
	raise(height: number): void {
		this.height = height + 1;
		if (this.height > HIGHEST) this.#failTooDeep(HIGHEST);
	}

	#failTooDeep(levels: number): never {
		return this.fail(messages.tooDeep(levels), this.span());
	}

	#ensureRead(): void {
		if (!this.#read) this.peek();
	}
}
