import { Histogram } from 'prom-client';
import { processRequest, sleep, type Request, type Response } from 'shop';

const REQUEST_DURATION = new Histogram({
	name: 'http_request_duration_seconds',
	help: 'Request duration in seconds',
	labelNames: ['endpoint'],
	buckets: [0.01, 0.1, 0.2, 0.5, 1, 5]
});

/** Called once for every request of every user. */
export async function handle(request: Request): Promise<Response> {
	const stopTimer = REQUEST_DURATION.startTimer({ endpoint: request.endpoint });
	try {
		await checkLogin();
		// Throws when the work fails. The user then gets a 500.
		return await processRequest(request);
	} finally {
		stopTimer();
	}
}

/** Asks another service who this is, which takes 20 ms. */
async function checkLogin(): Promise<void> {
	await sleep(20);
}
