import { Counter, Gauge, Histogram } from 'prom-client';
import { processRequest, type Request, type Response } from 'shop';

const requestCount = new Counter({
	name: 'http_requests_total',
	help: 'Total HTTP requests',
	labelNames: ['method', 'endpoint', 'status']
});

const activeConnections = new Gauge({
	name: 'active_connections',
	help: 'Current active connections'
});

const requestDuration = new Histogram({
	name: 'http_request_duration_seconds',
	help: 'Request duration in seconds',
	labelNames: ['endpoint'],
	buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0]
});

/** Called once for every request of every user. What it counts shows up in /metrics. */
export async function handle(request: Request): Promise<Response> {
	const { method, endpoint } = request;
	const stopTimer = requestDuration.startTimer({ endpoint });
	activeConnections.inc();

	let response: Response = { status: 500 };
	try {
		response = await processRequest(request);
		return response;
	} finally {
		activeConnections.dec();
		stopTimer();
		requestCount.labels(method, endpoint, String(response.status)).inc();
	}
}
