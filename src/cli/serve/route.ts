import { API_ROUTES, NO_CONTENT } from './api-routes.ts';
import { PAGES } from './pages.ts';
import { failure, type Reply } from './reply.ts';
import type { Asked } from './request.ts';
import type { Served } from './served.ts';

type Handle = (asked: Asked, served: Served) => Reply | Promise<Reply>;

/** What answers at a path, by method, and the path itself as it is counted, with `*` for a part that may be anything. */
interface Place {
	readonly path: string;
	readonly handlers: Readonly<Record<string, Handle>>;
}

const API = '/api/v1';

/**
 * Answers a request, as Prometheus would: what is not there is not found, and what is there may want another method. Only what
 * is answered is counted.
 */
export async function route(asked: Asked, served: Served): Promise<Reply> {
	const isApi = asked.path.startsWith(`${API}/`);
	if (isApi && asked.method === 'OPTIONS') return NO_CONTENT;
	const place = isApi ? apiPlace(asked.path.slice(API.length)) : pagePlace(asked.path);
	if (!place) return failure(404, '404 page not found');
	const handle = place.handlers[asked.method];
	if (!handle) return notAllowed(place);
	const from = performance.now();
	const reply = await handle(asked, served);
	served.metrics.answered({
		path: place.path,
		status: reply.status,
		seconds: (performance.now() - from) / 1000,
		bytes: Buffer.byteLength(reply.body)
	});
	return reply;
}

function pagePlace(path: string): Place | undefined {
	const handlers = PAGES.get(path);
	return handlers && { path, handlers };
}

function apiPlace(path: string): Place | undefined {
	for (const { path: pattern, methods, respond } of API_ROUTES) {
		const name = match(pattern, path);
		if (name === undefined) continue;
		const handle: Handle = ({ form }, served) => respond({ served, form, name });
		const handlers = Object.fromEntries(methods.map((method) => [method, handle]));
		return { path: API + pattern, handlers };
	}
	return undefined;
}

/** What the `*` of a pattern stands for in a path, the empty text for a pattern without one; undefined when it is another path. */
function match(pattern: string, path: string): string | undefined {
	const [before = '', after] = pattern.split('*');
	if (after === undefined) return path === pattern ? '' : undefined;
	if (!path.startsWith(before) || !path.endsWith(after)) return undefined;
	const name = path.slice(before.length, path.length - after.length);
	return name.includes('/') || path.length < before.length + after.length ? undefined : name;
}

function notAllowed({ handlers }: Place): Reply {
	const reply = failure(405, 'Method Not Allowed');
	const allowed = [...Object.keys(handlers), 'OPTIONS'].sort().join(', ');
	return { ...reply, headers: { ...reply.headers, Allow: allowed } };
}
