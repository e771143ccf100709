import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { UsageError } from '../usage-error.ts';
import { failure, Refusal, type Reply } from './reply.ts';
import { LONGEST_ADDRESS, readRequest } from './request.ts';
import { route } from './route.ts';
import { send } from './send.ts';
import type { Served } from './served.ts';

/** A server that listens. */
export interface Listening {
	/** http://127.0.0.1:9090 */
	readonly url: string;
	/** Ends it, together with the connections that are open. */
	close(): Promise<void>;
}

export interface Address {
	/** A name or number of this machine. */
	readonly host: string;
	/** 0 for any that is free. */
	readonly port: number;
}

/** Serves the HTTP API over what there is. Throws a UsageError when the address cannot be had. */
export async function listen(served: Served, { host, port }: Address): Promise<Listening> {
	const server = createServer({ maxHeaderSize: 2 * LONGEST_ADDRESS }, (request, response) => {
		void respond(served, request, response);
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', (error) => reject(unavailable(error, host, port)));
		server.listen({ host, port }, resolve);
	});
	return { url: urlOf(server), close: () => end(server) };
}

async function respond(
	served: Served,
	request: IncomingMessage,
	response: ServerResponse
): Promise<void> {
	try {
		const reply = await answer(served, request);
		if (reply) await send(response, request.headers, reply);
	} catch (error) {
		// Whoever asked has gone away in the middle of it, and waits for nothing any more.
		if (request.destroyed) return;
		throw error;
	}
}

/**
 * The one place that catches: what is refused is said, and anything else is our own mistake and does not end the server. Undefined where
 * nobody waits any more: the request broke off before its end.
 */
async function answer(served: Served, request: IncomingMessage): Promise<Reply | undefined> {
	try {
		return await route(await readRequest(request), served);
	} catch (error) {
		if (!(error instanceof Refusal)) {
			if (request.destroyed && !request.complete) return undefined;
			console.error(`lab: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
			return failure(500, 'Internal Server Error');
		}
		// What was not read to its end cannot be followed by another request.
		const reply = failure(error.status, error.message);
		return { ...reply, headers: { ...reply.headers, Connection: 'close' } };
	}
}

function unavailable(error: NodeJS.ErrnoException, host: string, port: number): UsageError {
	const reason = REASONS[error.code ?? ''] ?? error.message;
	return new UsageError(`cannot listen on ${host}:${port}: ${reason}`);
}

const REASONS: Readonly<Record<string, string>> = {
	EADDRINUSE: 'something else does already; choose another --port, 0 for any that is free',
	EACCES: 'permission denied; ports below 1024 belong to the system',
	EADDRNOTAVAIL: 'this machine has no such address',
	ENOTFOUND: 'there is no such name'
};

function urlOf(server: Server): string {
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('server does not listen');
	const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
	return `http://${host}:${address.port}`;
}

async function end(server: Server): Promise<void> {
	await new Promise<void>((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
}
