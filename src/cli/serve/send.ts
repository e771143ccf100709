import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { deflate, gzip } from 'node:zlib';
import type { Reply } from './reply.ts';

type Headers = Record<string, string>;

/** Sends a reply, compressed when that is asked for. */
export async function send(
	response: ServerResponse,
	asked: IncomingHttpHeaders,
	{ status, headers, body, isCompressible = false, isShared = false }: Reply
): Promise<void> {
	const varying = [
		...(isCompressible ? ['Accept-Encoding'] : []),
		...(isShared ? ['Origin'] : [])
	].join(', ');
	const encoding = isCompressible ? encodingFor(asked) : undefined;
	const bytes = encoding ? await ENCODERS[encoding](body) : Buffer.from(body);
	response.writeHead(status, {
		...headers,
		...(isShared && cors(asked)),
		...(varying !== '' && { Vary: varying }),
		...(encoding && { 'Content-Encoding': encoding }),
		// What has no content has no length either (RFC 9110, 8.6).
		...(status !== 204 && { 'Content-Length': bytes.length })
	});
	response.end(bytes);
}

const ENCODERS = {
	gzip: promisify<string, Buffer>(gzip),
	deflate: promisify<string, Buffer>(deflate)
};

/** The first of the encodings asked for that we have; what stands behind a semicolon is another name (util/httputil). */
function encodingFor(asked: IncomingHttpHeaders): keyof typeof ENCODERS | undefined {
	const names = String(asked['accept-encoding'] ?? '')
		.split(',')
		.map((name) => name.trim());
	return names.find((name): name is keyof typeof ENCODERS => name === 'gzip' || name === 'deflate');
}

/** Any page may ask, which is how Prometheus is set unless one says otherwise (util/httputil, SetCORS). */
function cors({ origin }: IncomingHttpHeaders): Headers {
	if (!origin) return {};
	return {
		'Access-Control-Allow-Headers': 'Accept, Authorization, Content-Type, Origin',
		'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
		'Access-Control-Expose-Headers': 'Date',
		'Access-Control-Allow-Origin': '*'
	};
}
