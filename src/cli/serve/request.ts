import type { IncomingMessage } from 'node:http';
import { readForm, type Form, type Parts } from './form.ts';
import { Refusal } from './reply.ts';

/** A request as the routes see it. */
export interface Asked {
	readonly method: string;
	/** Decoded, as the router of Prometheus compares it. */
	readonly path: string;
	readonly form: Form;
	/** What formats are wanted. */
	readonly accept: string;
}

/** Bytes of an address. Longer questions are sent as a form. */
export const LONGEST_ADDRESS = 64 * 1024;

/** Bytes of a body: what Go's own server reads of a form (net/http, parsePostForm). */
export const LARGEST_BODY = 10 * 2 ** 20;

/** Reads a request to its end. Throws a Refusal for one that is too large or cannot be read. */
export async function readRequest(message: IncomingMessage): Promise<Asked> {
	const { method = 'GET', url = '/' } = message;
	if (url.length > LONGEST_ADDRESS) {
		throw new Refusal(
			414,
			`the address has more than ${LONGEST_ADDRESS} bytes: send a long query as a form, with POST`
		);
	}
	const body = await readBody(message);
	const target = url.replace(AUTHORITY, '');
	const mark = target.indexOf('?');
	const path = mark < 0 ? target : target.slice(0, mark);
	const search = mark < 0 ? '' : target.slice(mark + 1);
	return {
		method,
		path: decoded(path || '/'),
		form: readForm(search, formOf(message, body), await partsOf(message, body)),
		accept: message.headers.accept ?? ''
	};
}

/** What a proxy is asked with before the path; who answers is us all the same (RFC 9112, 3.2.2). */
const AUTHORITY = /^https?:\/\/[^/?]*/i;

/** Only a form that says that it is one is read as one, and only where it is sent as the body of a question. */
function formOf({ method, headers }: IncomingMessage, body: Uint8Array): string {
	const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
	const isForm = type === 'application/x-www-form-urlencoded' && method === 'POST';
	return isForm ? new TextDecoder().decode(body) : '';
}

/** The values of a multipart form, whatever the method, without the files in it. One that cannot be read has none, as in Go. */
async function partsOf({ headers }: IncomingMessage, body: Uint8Array): Promise<Parts> {
	const type = headers['content-type'];
	if (!type || !/^\s*multipart\/(form-data|mixed)\s*;/i.test(type)) return [];
	try {
		const read = new Response(new Uint8Array(body), { headers: { 'content-type': type } });
		return [...(await read.formData())].flatMap(([name, value]) =>
			typeof value === 'string' ? [[name, value] as const] : []
		);
	} catch {
		return [];
	}
}

async function readBody(message: IncomingMessage): Promise<Uint8Array> {
	const pieces: Uint8Array[] = [];
	let size = 0;
	for await (const piece of message as AsyncIterable<Uint8Array>) {
		size += piece.length;
		if (size > LARGEST_BODY) {
			throw new Refusal(
				413,
				`the body has more than ${LARGEST_BODY} bytes: ask for less at a time`
			);
		}
		pieces.push(piece);
	}
	return Buffer.concat(pieces);
}

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		throw new Refusal(400, 'the path is not encoded as an address must be');
	}
}
