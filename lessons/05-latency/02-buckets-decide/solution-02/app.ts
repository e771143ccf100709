import { Histogram } from 'prom-client';
import { processRequest, type Request, type Response } from 'shop';

const REQUEST_DURATION = new Histogram({
	name: 'http_request_duration_seconds',
	help: 'Request duration in seconds',
	labelNames: ['endpoint'],
	buckets: [0.0045, 0.11, 0.21, 0.25, 0.29, 0.34, 0.4, 29]
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
