import { quote } from '#engine/model';

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const PARAMETER = /^[!#$%&'*+\-.^_`|~0-9a-z]+=("([^"\\]|\\.)*"|[^\s";]+)$/i;

/**
 * Why a page of this content type cannot be read, in Prometheus' words; undefined when it can
 * (model/textparse/interface.go, extractMediaType, without a fallback protocol).
 */
export function contentTypeError(contentType: string): string | undefined {
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
	return mediaType === 'text/plain' || mediaType === 'application/openmetrics-text';
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
