import { Counter } from 'prom-client';
import { processRequest, type Request, type Response } from 'shop';

const REQUEST_COUNT = new Counter({
	name: 'http_requests_total',
	help: 'Total HTTP requests',
	labelNames: ['method', 'endpoint', 'status']
});

/** Called once for every request of every user. */
export async function handle(request: Request): Promise<Response> {
	let status = 500;
	try {
		const response = await processRequest(request);
		status = response.status;
		return response;
	} finally {
		REQUEST_COUNT.labels(request.method, request.endpoint, String(status)).inc();
	}
}
