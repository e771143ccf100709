import { Counter } from 'prom-client';
import { processRequest, type Request, type Response } from 'shop';

const ERROR_COUNT = new Counter({
	name: 'http_errors_total',
	help: 'Requests answered with an error',
	labelNames: ['endpoint', 'status']
});

/** Called once for every request of every user. */
export async function handle(request: Request): Promise<Response> {
	if (isUnknownProduct(request.path)) {
		ERROR_COUNT.labels(request.endpoint, '404').inc();
		return { status: 404 };
	}

	// Throws when the work fails. The user then gets a 500.
	try {
		return await processRequest(request);
	} catch (error) {
		ERROR_COUNT.labels(request.endpoint, '500').inc();
		throw error;
	}
}

/** The shop sells the products 1 to 900. */
function isUnknownProduct(path: string): boolean {
	const product = /^\/api\/products\/(\d+)$/.exec(path);
	return product !== null && Number(product[1]) > 900;
}
