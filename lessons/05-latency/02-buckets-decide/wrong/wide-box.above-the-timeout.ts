import { Histogram } from 'prom-client';
import { processRequest, type Request, type Response } from 'shop';

const REQUEST_DURATION = new Histogram({
	name: 'http_request_duration_seconds',
	help: 'Request duration in seconds',
	labelNames: ['endpoint'],
	buckets: [0.004, 0.005, 0.1, 0.2, 0.25, 0.32, 0.4, 60]
});

/** Called once for every request of every user. */
export async function handle(request: Request): Promise<Response> {
	const stopTimer = REQUEST_DURATION.startTimer({ endpoint: request.endpoint });
	try {
		return await processRequest(request);
	} finally {
		stopTimer();
	}
}
