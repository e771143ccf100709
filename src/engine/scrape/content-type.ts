import { quote } from '#engine/model';

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const PARAMETER = /^[!#$%&'*+\-.^_`|~0-9a-z]+=("([^"\\]|\\.)*"|[^\s";]+)$/i;

/** As what a page is to be read, or why it cannot be, in Prometheus' words. */
export type MediaType = { readonly type: string } | { readonly error: string };

/**
 * As what a page of this content type is to be read. The fallback, a media type or nothing, is for one that is missing, broken or
 * unknown (model/textparse/interface.go, extractMediaType).
 */
export function readableType(contentType: string, fallback: string): MediaType {
	const error = contentTypeError(contentType);
	const [ownType = ''] = contentType.split(';');
	const type = error === undefined ? ownType.trim().toLowerCase() : fallback;
	if (error !== undefined && type === '') return { error };
	return type === PROTOBUF ? { error: 'protobuf cannot be read here: send text' } : { type };
}

const PROTOBUF = 'application/vnd.google.protobuf';

function contentTypeError(contentType: string): string | undefined {
	if (contentType === '') {
		return 'non-compliant scrape target sending blank Content-Type and no fallback_scrape_protocol specified for target';
	}
	const [mediaType = '', ...parameters] = contentType.split(';').map((part) => part.trim());
	const flaw = mimeFlaw(mediaType.toLowerCase(), parameters);
	if (flaw) {
		return `cannot parse Content-Type ${quote(contentType)} and no fallback_scrape_protocol for target\n${flaw}`;
	}
	if (isReadable(mediaType.toLowerCase())) return undefined;
	return `received unsupported Content-Type ${quote(contentType)} and no fallback_scrape_protocol specified for target`;
}

function isReadable(mediaType: string): boolean {
	return ['text/plain', 'application/openmetrics-text', PROTOBUF].includes(mediaType);
}

/** As Go's mime.ParseMediaType words it. */
function mimeFlaw(mediaType: string, parameters: readonly string[]): string | undefined {
	if (mediaType === '') return 'mime: no media type';
	const [type = '', subtype, ...rest] = mediaType.split('/');
	if (!TOKEN.test(type)) return 'mime: expected slash after first token';
	if (subtype !== undefined && !TOKEN.test(subtype)) return 'mime: expected token after slash';
	if (rest.length > 0) return 'mime: unexpected content after media subtype';
	// A single semicolon at the end is forgiven.
	const given = parameters.at(-1) === '' ? parameters.slice(0, -1) : parameters;
	const isWellFormed = given.every((parameter) => PARAMETER.test(parameter));
	return isWellFormed ? undefined : 'mime: invalid media parameter';
}
