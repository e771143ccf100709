import { parseArgs } from 'node:util';
import { readStandardInput } from './files.ts';
import { UsageError } from './usage-error.ts';

const OPTIONS = {
	world: { type: 'string' },
	app: { type: 'string' },
	seed: { type: 'string' },
	until: { type: 'string' },
	openmetrics: { type: 'string' },
	time: { type: 'string' },
	start: { type: 'string' },
	end: { type: 'string' },
	step: { type: 'string' },
	'enable-feature': { type: 'string', multiple: true }
} as const;

const JSON_OPTION = { json: { type: 'boolean' } } as const;

/** What stands before the expression, as it was typed. */
export interface Options {
	readonly world?: string;
	readonly app?: string;
	readonly seed?: string;
	readonly until?: string;
	readonly openmetrics?: string;
	readonly time?: string;
	readonly start?: string;
	readonly end?: string;
	readonly step?: string;
	readonly 'enable-feature'?: readonly string[];
	readonly json?: boolean;
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

function parse(
	args: readonly string[],
	takesJson: boolean
): { values: Options; positionals: string[] } {
	const options = takesJson ? { ...OPTIONS, ...JSON_OPTION } : OPTIONS;
	try {
		return parseArgs({ args: withQueryApart(args), options, allowPositionals: true });
	} catch (error) {
		const [first = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
		throw new UsageError(
			`${first.charAt(0).toLowerCase()}${first.slice(1)}; see npm run -s lab -- help`
		);
	}
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
	if (options.openmetrics === undefined) return;
	const unused = (['world', 'app', 'seed', 'until'] as const).find(
		(name) => options[name] !== undefined
	);
	if (unused)
		throw new UsageError(
			`--${unused} belongs to a world, and --openmetrics takes the place of one`
		);
}
