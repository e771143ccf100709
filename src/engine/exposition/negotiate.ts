import { isEscapingScheme, type EscapingScheme } from './escaping.ts';

/** In what to answer a scrape. */
export interface NegotiatedFormat {
	/** For the Content-Type header. */
	readonly contentType: string;
	readonly isOpenMetrics: boolean;
	/** What is to be done to names (`escapeFamily`) before they are written. */
	readonly escaping: EscapingScheme;
}

const TEXT = 'text/plain; version=0.0.4; charset=utf-8';
const OPENMETRICS_VERSIONS: readonly string[] = ['0.0.1', '1.0.0'];

/**
 * The format that an Accept header asks for, as Prometheus' own client library chooses it (common/expfmt/encode.go,
 * NegotiateIncludingOpenMetrics): the first of the accepted formats, best first, that is the text format 0.0.4 or OpenMetrics; the
 * text format when there is none. OpenMetrics without a version is 0.0.1. Names are escaped as the last of the formats looked at
 * asks for, with underscores when none does. A weight of 0 is no refusal, and words are not read in any case, there as here.
 *
 * Protobuf is passed over.
 */
export function negotiateFormat(accept: string): NegotiatedFormat {
	let escaping: EscapingScheme = 'underscores';
	for (const { type, parameters } of parseAccept(accept)) {
		const asked = parameters.get('escaping') ?? '';
		if (isEscapingScheme(asked)) escaping = asked;
		const version = parameters.get('version') ?? '';
		if (type === 'text/plain' && (version === '0.0.4' || version === '')) break;
		if (type !== 'application/openmetrics-text') continue;
		if (version === '' || OPENMETRICS_VERSIONS.includes(version)) {
			const contentType = `${type}; version=${version || '0.0.1'}; charset=utf-8`;
			return { contentType: `${contentType}; escaping=${escaping}`, isOpenMetrics: true, escaping };
		}
	}
	return { contentType: `${TEXT}; escaping=${escaping}`, isOpenMetrics: false, escaping };
}

interface MediaRange {
	readonly type: string;
	readonly weight: number;
	/** Without the weight. */
	readonly parameters: ReadonlyMap<string, string>;
}

/** The media ranges of the header, best first (munnerz/goautoneg, ParseAccept). What is no media range is left out. */
function parseAccept(header: string): MediaRange[] {
	const sorted: MediaRange[] = [];
	for (const range of header.split(',').flatMap(parseRange)) {
		// Inserted before all that it is better than. That is no order, since a weight may lose to a star; so the way matters.
		let i = sorted.length;
		while (i > 0 && isBetter(range, sorted[i - 1] as MediaRange)) i--;
		sorted.splice(i, 0, range);
	}
	return sorted;
}

function isBetter(a: MediaRange, b: MediaRange): boolean {
	if (a.weight > b.weight) return true;
	const [[aType, aSubtype], [bType, bSubtype]] = [a.type.split('/'), b.type.split('/')];
	return (aType !== '*' && bType === '*') || (aSubtype !== '*' && bSubtype === '*');
}

function parseRange(range: string): MediaRange[] {
	const [type = '', ...rest] = range.split(';').map(trimBlanks);
	const [main = '', subtype = main === '*' ? '*' : '', ...more] = type.split('/').map(trimBlanks);
	if (subtype === '' || more.length > 0) return [];
	const pairs = rest.map((parameter) => parameter.split('=').map(trimBlanks));
	const parameters = new Map(
		pairs.flatMap(([name = '', value = '', ...others]) =>
			value === '' || others.length > 0 ? [] : [[name, value] as const]
		)
	);
	const weight = Number(parameters.get('q') ?? 1);
	parameters.delete('q');
	return [{ type: `${main}/${subtype}`, weight: Number.isNaN(weight) ? 0 : weight, parameters }];
}

function trimBlanks(text: string): string {
	return text.replace(/^ +| +$/g, '');
}
