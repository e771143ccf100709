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
		count(request, 404);
		return { status: 404 };
	}

	try {
		const response = await processRequest(request);
		count(request, response.status);
		return response;
	} catch (error) {
		count(request, 500);
		throw error;
	}
}

function count({ method, endpoint }: Request, status: number): void {
	REQUEST_COUNT.labels({ method, endpoint, status: String(status) }).inc();
}

/** The shop sells the products 1 to 900. */
function isUnknownProduct(path: string): boolean {
	const product = /^\/api\/products\/(\d+)$/.exec(path);
	return product !== null && Number(product[1]) > 900;
}
