/** A format to answer a scrape in, as its Content-Type header names it. */
export type ExpositionContentType =
	| 'text/plain; version=0.0.4; charset=utf-8'
	| 'application/openmetrics-text; version=1.0.0; charset=utf-8';

const TEXT: ExpositionContentType = 'text/plain; version=0.0.4; charset=utf-8';
const OPENMETRICS: ExpositionContentType =
	'application/openmetrics-text; version=1.0.0; charset=utf-8';

/**
 * The format that an Accept header asks for: OpenMetrics if it weighs at least as much as the text format, as clients
 * do that speak both. Prometheus prefers OpenMetrics; whoever asks for nothing gets the text format.
 */
export function chooseContentType(accept: string): ExpositionContentType {
	const ranges = accept.split(',').map(parseRange);
	const openMetrics = weightOf(ranges, isOpenMetrics);
	return openMetrics > 0 && openMetrics >= weightOf(ranges, isText) ? OPENMETRICS : TEXT;
}

interface MediaRange {
	readonly type: string;
	readonly parameters: ReadonlyMap<string, string>;
}

function parseRange(range: string): MediaRange {
	const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
	return {
		type,
		parameters: new Map(parameters.map((parameter) => splitParameter(parameter)))
	};
}

function splitParameter(parameter: string): [string, string] {
	const [name = '', value = ''] = parameter.split('=');
	return [name.trim(), value.trim()];
}

function weightOf(ranges: readonly MediaRange[], accepts: (range: MediaRange) => boolean): number {
	const weights = ranges.filter(accepts).map(({ parameters }) => Number(parameters.get('q') ?? 1));
	return Math.max(0, ...weights.filter((weight) => !Number.isNaN(weight)));
}

function isOpenMetrics({ type, parameters }: MediaRange): boolean {
	return (
		type === 'application/openmetrics-text' && (parameters.get('version') ?? '1.0.0') === '1.0.0'
	);
}

function isText({ type, parameters }: MediaRange): boolean {
	return type === 'text/plain' && (parameters.get('version') ?? '0.0.4') === '0.0.4';
}
