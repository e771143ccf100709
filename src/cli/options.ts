import { parseArgs } from 'node:util';
import { readStandardInput } from './files.ts';
import { UsageError } from './usage-error.ts';

const WORLD_OPTIONS = {
	world: { type: 'string' },
	app: { type: 'string' },
	seed: { type: 'string' },
	begin: { type: 'string' },
	until: { type: 'string' },
	config: { type: 'string' }
} as const;

const SOURCE_OPTIONS = {
	...WORLD_OPTIONS,
	openmetrics: { type: 'string' },
	'enable-feature': { type: 'string', multiple: true },
	'query.max-samples': { type: 'string' },
	'query.timeout': { type: 'string' },
	'query.lookback-delta': { type: 'string' }
} as const;

const OPTIONS = {
	...SOURCE_OPTIONS,
	time: { type: 'string' },
	start: { type: 'string' },
	end: { type: 'string' },
	step: { type: 'string' }
} as const;

const JSON_OPTION = { json: { type: 'boolean' } } as const;

const SERVE_OPTIONS = {
	...SOURCE_OPTIONS,
	speed: { type: 'string' },
	port: { type: 'string' },
	listen: { type: 'string' }
} as const;

/** Which world is meant, and how it lives, as it was typed. */
export interface WorldChoice {
	readonly world?: string;
	readonly app?: string;
	readonly seed?: string;
	readonly begin?: string;
	readonly until?: string;
	readonly config?: string;
}

/** What is asked, a world or a file, and how, as it was typed. */
export interface SourceOptions extends WorldChoice {
	readonly openmetrics?: string;
	readonly 'enable-feature'?: readonly string[];
	readonly 'query.max-samples'?: string;
	readonly 'query.timeout'?: string;
	readonly 'query.lookback-delta'?: string;
}

/** What stands before the expression, as it was typed. */
export interface Options extends SourceOptions {
	readonly time?: string;
	readonly start?: string;
	readonly end?: string;
	readonly step?: string;
	readonly json?: boolean;
}

/** What a call of `serve` says, as it was typed. */
export interface ServeOptions extends SourceOptions {
	readonly speed?: string;
	readonly port?: string;
	readonly listen?: string;
}

/** A call of a command that asks one query. */
export interface Asked {
	readonly expression: string;
	readonly options: Options;
}

/** What differs between commands, and where the expression `-` comes from. */
export interface Reading {
	readonly takesJson?: boolean;
	readonly standardInput?: () => string;
}

/** Reads the arguments of a command. What makes no sense throws a UsageError. */
export function readArguments(
	args: readonly string[],
	{ takesJson = false, standardInput = readStandardInput }: Reading = {}
): Asked {
	const { values, positionals } = parse(args, takesJson);
	const [expression, ...more] = positionals;
	if (expression === undefined) {
		throw new UsageError(
			'no query given: put it last, in quotes, or - to read it from standard input'
		);
	}
	if (more.length > 0) {
		throw new UsageError(`one query at a time: put quotes around it, "${more[0]}" is left over`);
	}
	checkCombination(values);
	return { expression: expression === '-' ? standardInput() : expression, options: values };
}

/** Reads the arguments of `serve`, which asks no query itself. What makes no sense throws a UsageError. */
export function readServeArguments(args: readonly string[]): ServeOptions {
	const { values, positionals } = worded(() =>
		parseArgs({ args: [...args], options: SERVE_OPTIONS, allowPositionals: true })
	);
	const [surplus] = positionals;
	if (surplus !== undefined) {
		throw new UsageError(`serve takes no query: "${surplus}" is left over, ask it over HTTP`);
	}
	if (values.until !== undefined && values.speed !== undefined) {
		throw new UsageError(
			'with --until the world stands still when it is served, with --speed it goes on: choose one'
		);
	}
	checkSource(values, ['world', 'app', 'seed', 'begin', 'until', 'config', 'speed']);
	return values;
}

/** Reads the arguments of `export`, which asks no query either. What makes no sense throws a UsageError. */
export function readExportArguments(args: readonly string[]): WorldChoice {
	const { values, positionals } = worded(() =>
		parseArgs({ args: [...args], options: WORLD_OPTIONS, allowPositionals: true })
	);
	const [surplus] = positionals;
	if (surplus !== undefined) {
		throw new UsageError(`export takes no query and no file: "${surplus}" is left over`);
	}
	return values;
}

function parse(
	args: readonly string[],
	takesJson: boolean
): { values: Options; positionals: string[] } {
	const options = takesJson ? { ...OPTIONS, ...JSON_OPTION } : OPTIONS;
	return worded(() => parseArgs({ args: withQueryApart(args), options, allowPositionals: true }));
}

/** What the given function reads; what Node has to say against it, in one line and with the way to the help. */
function worded<Result>(read: () => Result): Result {
	try {
		return read();
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		throw new UsageError(`${inOneLine(message)}; see npm run -s lab -- help`);
	}
}

/** Node tells what is wrong in its first sentence, and goes on for some lines about what may have been meant. */
function inOneLine(message: string): string {
	const ambiguous = /^Option '(-[^']*)' argument is ambiguous/.exec(message)?.[1];
	if (ambiguous !== undefined) {
		return `what follows ${ambiguous} begins with a dash: write it as ${ambiguous}=-1 if that is its value`;
	}
	const [first = ''] = message.split(/\.\s/);
	return first.charAt(0).toLowerCase() + first.slice(1);
}

/** No option begins with a single dash, so a last argument that does is a query such as `-up`: `--` is put before it. */
function withQueryApart(args: readonly string[]): string[] {
	const last = args.at(-1) ?? '';
	const isNegated = /^-[^-]/.test(last) && !args.includes('--');
	return isNegated ? [...args.slice(0, -1), '--', last] : [...args];
}

function checkCombination(options: Options): void {
	const range = [options.start, options.end, options.step];
	if (range.some((value) => value !== undefined) && range.includes(undefined)) {
		throw new UsageError('a range query needs all of --start, --end and --step');
	}
	if (options.time !== undefined && options.start !== undefined) {
		throw new UsageError(
			'--time is for an instant query, --start, --end and --step for a range: choose one'
		);
	}
	checkSource(options, ['world', 'app', 'seed', 'begin', 'until', 'config']);
}

/** A file takes the place of a world, so nothing may be said of one beside it. */
function checkSource<Name extends string>(
	options: { readonly [name in Name | 'openmetrics']?: string },
	ofWorlds: readonly Name[]
): void {
	if (options.openmetrics === undefined) return;
	const unused = ofWorlds.find((name) => options[name] !== undefined);
	if (unused)
		throw new UsageError(
			`--${unused} belongs to a world, and --openmetrics takes the place of one`
		);
}
