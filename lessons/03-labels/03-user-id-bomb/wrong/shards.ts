import { Counter } from 'prom-client';
import { processRequest, type Request, type Response } from 'shop';

const REQUEST_COUNT = new Counter({
	name: 'http_requests_total',
	help: 'Total HTTP requests',
	labelNames: ['method', 'endpoint', 'status', 'plan']
});

/** Called once for every request of every user. */
export async function handle(request: Request): Promise<Response> {
	const { method, endpoint } = request;
	let status = 500;
	try {
		const response = await processRequest(request);
		status = response.status;
		return response;
	} finally {
		REQUEST_COUNT.labels(method, endpoint, String(status), String(request.userId % 10)).inc();
	}
}

/** What the user pays for: free, team or pro. */
export function planOf(userId: number): string {
	return ['free', 'free', 'team', 'pro'][userId % 4] ?? 'free';
}
