// Counts everything, but catches the exception and answers 200 where the user should get a 500.
import { Counter } from 'prom-client';
import { processRequest, type Request, type Response } from 'shop';

const REQUEST_COUNT = new Counter({
	name: 'http_requests_total',
	help: 'Total HTTP requests',
	labelNames: ['method', 'endpoint', 'status']
});

/** Called once for every request of every user. */
export async function handle(request: Request): Promise<Response> {
	let response: Response = { status: 200 };
	try {
		response = isUnknownProduct(request.path) ? { status: 404 } : await processRequest(request);
	} catch (error) {
		console.error(error);
	}
	REQUEST_COUNT.labels(request.method, request.endpoint, String(response.status)).inc();
	return response;
}

/** The shop sells the products 1 to 900. */
function isUnknownProduct(path: string): boolean {
	const product = /^\/api\/products\/(\d+)$/.exec(path);
	return product !== null && Number(product[1]) > 900;
}
