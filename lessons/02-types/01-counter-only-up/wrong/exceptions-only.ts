// Counts when something is thrown, and at no other time.
import { Counter } from 'prom-client';
import { processRequest, type Request, type Response } from 'shop';

const REQUEST_COUNT = new Counter({
	name: 'http_requests_total',
	help: 'Total HTTP requests',
	labelNames: ['method', 'endpoint', 'status']
});

/** Called once for every request of every user. */
export async function handle(request: Request): Promise<Response> {
	if (isUnknownProduct(request.path)) {
		return { status: 404 };
	}

	try {
		return await processRequest(request);
	} catch (error) {
		REQUEST_COUNT.labels(request.method, request.endpoint, '500').inc();
		throw error;
	}
}

/** The shop sells the products 1 to 900. */
function isUnknownProduct(path: string): boolean {
	const product = /^\/api\/products\/(\d+)$/.exec(path);
	return product !== null && Number(product[1]) > 900;
}
