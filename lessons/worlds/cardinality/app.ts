import { Counter } from 'prom-client';
import { processRequest, type Request, type Response } from 'shop';

const requests = new Counter({
	name: 'http_requests_total',
	help: 'Total HTTP requests',
	labelNames: ['method', 'endpoint', 'status', 'user_id']
});

export async function handle(request: Request): Promise<Response> {
	let status = 500;
	try {
		const response = await processRequest(request);
		status = response.status;
		return response;
	} finally {
		const { method, endpoint } = request;
		const user_id = request.userId;
		requests.inc({ method, endpoint, status, user_id });
	}
}
