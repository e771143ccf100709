import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
	'.html': 'text/html',
	'.js': 'text/javascript',
	'.mjs': 'text/javascript',
	'.wasm': 'application/wasm',
	'.json': 'application/json'
};

/** Serves files from the first of these folders that has them, as a host does that lets browsers keep everything. */
export async function serve(
	folders: readonly string[]
): Promise<{ readonly root: string; close(): void }> {
	const server = createServer((request, response) => {
		const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
		const file = folders.map((folder) => join(folder, path)).find((one) => existsSync(one));
		if (file === undefined || path.endsWith('/')) {
			response.writeHead(path === '/' ? 200 : 404, { 'Content-Type': 'text/html' }).end();
			return;
		}
		response.writeHead(200, {
			'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
			'Cache-Control': 'public, max-age=3600, immutable'
		});
		response.end(readFileSync(file));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { root: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
