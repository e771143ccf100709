import { spawnSync } from 'node:child_process';

/** What came of a configuration file, so that two readings compare as texts. */
export interface Reading {
	/** Why it is refused; there is nothing else then. */
	readonly error?: string;
	/** The line that the error names, where it names one. */
	readonly line?: number;
	/** Whether the text is refused as YAML, for which both have words of their own. */
	readonly isSyntax?: boolean;
	/** All values, with a name each. */
	readonly values?: readonly string[];
	/** How it is printed. */
	readonly text?: string;
}

/** What Prometheus makes of the files (tests/oracle/config.go). */
export function readWithPrometheus(program: string, texts: readonly string[]): Reading[] {
	const { stdout, status } = spawnSync(program, ['config'], {
		input: texts.map((text) => `${JSON.stringify(text)}\n`).join(''),
		encoding: 'utf8',
		maxBuffer: 1 << 30
	});
	if (status !== 0) throw new Error(`the Go program has ended with status ${status}`);
	const lines = stdout.trimEnd().split('\n');
	if (lines.length !== texts.length) throw new Error('the Go program has not answered every file');
	return lines.map((line) => fromWire(JSON.parse(line) as WireConfig));
}

interface WireConfig {
	readonly error?: string;
	readonly complaints?: readonly string[];
	readonly text?: string;
	readonly values?: unknown;
}

function fromWire({ error, complaints, text, values }: WireConfig): Reading {
	if (error === undefined) return { text, values: flatten(values) };
	const [first] = complaints ?? [];
	const shown = (first ?? error).replace(/^yaml: /, '');
	const [, line, message] = /^line (\d+): (.*)$/s.exec(shown) ?? [];
	return {
		error: message ?? shown,
		line: line === undefined ? undefined : Number(line),
		isSyntax: first === undefined && error.startsWith('yaml: ') && !DECODER.test(shown)
	};
}

/** What go-yaml says in the same way as of syntax, but of values. */
const DECODER =
	/^(?:cannot decode|!!binary value|anchor |map merge|document contains|control characters)/;

/** Each value by its path. Nothing, an empty list and an empty mapping are told apart only where they mean something else. */
export function flatten(value: unknown, path = ''): string[] {
	if (value === null || value === undefined) return [];
	if (typeof value !== 'object') {
		return [`${path} = ${typeof value === 'string' ? value.toWellFormed() : String(value)}`];
	}
	if (path.endsWith('.sourceLabels') && Array.isArray(value)) {
		return [`${path} is given`, ...value.map((label) => `${path} = ${label}`)];
	}
	return Object.entries(value)
		.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
		.flatMap(([key, part]) => flatten(part, `${path}.${key}`));
}
