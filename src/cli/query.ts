import { parseArgs } from 'node:util';
import { createApi, toJson, type PrometheusApi } from '#engine/api';
import { parseDuration, type Timestamp } from '#engine/model';
import { loadOpenMetrics } from './open-metrics.ts';
import { UsageError } from './usage-error.ts';
import { liveWorld } from './world.ts';

const OPTIONS = {
	world: { type: 'string' },
	app: { type: 'string' },
	seed: { type: 'string' },
	until: { type: 'string' },
	openmetrics: { type: 'string' },
	time: { type: 'string' },
	start: { type: 'string' },
	end: { type: 'string' },
	step: { type: 'string' }
} as const;

type Values = { readonly [Name in keyof typeof OPTIONS]?: string };

/** The body of the answer, and whether it speaks of an error. */
export interface Printed {
	readonly text: string;
	readonly isError: boolean;
}

/** Something that can be asked, and the two moments that times are given relative to. */
interface Source {
	readonly api: PrometheusApi;
	readonly start: Timestamp;
	readonly now: Timestamp;
}

/** `lab query`: the body that Prometheus would answer with. Wrong options and files throw a UsageError. */
export async function query(args: readonly string[]): Promise<Printed> {
	const { values, positionals } = parse(args);
	const [expression, ...more] = positionals;
	if (expression === undefined) throw new UsageError('no query given: put it last, in quotes');
	if (more.length > 0) {
		throw new UsageError(`one query at a time: put quotes around it, "${more[0]}" is left over`);
	}
	checkCombination(values);
	const source =
		values.openmetrics !== undefined ? fromFile(values.openmetrics) : await fromWorld(values);
	return ask(source, expression, values);
}

function parse(args: readonly string[]): { values: Values; positionals: string[] } {
	try {
		return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
	} catch (error) {
		const [first = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
		throw new UsageError(
			`${first.charAt(0).toLowerCase()}${first.slice(1)}; see npm run -s lab -- help`
		);
	}
}

function checkCombination(values: Values): void {
	const range = [values.start, values.end, values.step];
	if (range.some((value) => value !== undefined) && range.includes(undefined)) {
		throw new UsageError('a range query needs all of --start, --end and --step');
	}
	if (values.time !== undefined && values.start !== undefined) {
		throw new UsageError(
			'--time is for an instant query, --start, --end and --step for a range: choose one'
		);
	}
	if (values.openmetrics === undefined) return;
	const unused = (['world', 'app', 'seed', 'until'] as const).find(
		(name) => values[name] !== undefined
	);
	if (unused)
		throw new UsageError(
			`--${unused} belongs to a world, and --openmetrics takes the place of one`
		);
}

async function fromWorld(values: Values): Promise<Source> {
	const lab = await liveWorld({
		world: values.world ?? 'shop',
		app: values.app,
		seed: wholeNumber('seed', values.seed ?? '1'),
		until: duration('until', values.until ?? '15m')
	});
	return { api: lab.api, start: lab.world.start, now: lab.now };
}

function fromFile(path: string): Source {
	const { head, start, end } = loadOpenMetrics(path);
	const api = createApi({
		querier: head,
		now: () => end,
		metadata: () => [],
		targets: () => []
	});
	return { api, start, now: end };
}

async function ask(source: Source, expression: string, values: Values): Promise<Printed> {
	const { api, now } = source;
	const { start, end, step } = values;
	if (start === undefined || end === undefined || step === undefined) {
		const time = values.time === undefined ? String(now / 1000) : moment(values.time, source);
		const answer = await api.query({ query: expression, time });
		return { text: toJson('query', answer), isError: answer.status === 'error' };
	}
	const answer = await api.queryRange({
		query: expression,
		start: moment(start, source),
		end: moment(end, source),
		step
	});
	return { text: toJson('query_range', answer), isError: answer.status === 'error' };
}

/** A duration counts from where the world or the file begins; the API reads the rest, and says what is wrong with it. */
function moment(text: string, { start }: Source): string {
	try {
		return Number.isNaN(Number(text)) ? String((start + parseDuration(text)) / 1000) : text;
	} catch {
		return text;
	}
}

function duration(option: string, text: string): number {
	try {
		return parseDuration(text);
	} catch {
		throw new UsageError(`--${option} must be a duration such as 15m, not "${text}"`);
	}
}

function wholeNumber(option: string, text: string): number {
	if (!/^\d+$/.test(text))
		throw new UsageError(`--${option} must be a whole number, not "${text}"`);
	return Number(text);
}
