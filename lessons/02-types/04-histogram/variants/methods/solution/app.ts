import { Histogram } from 'prom-client';
import { processRequest, sleep, type Request, type Response } from 'shop';

const RESPONSE_TIME = new Histogram({
	name: 'http_response_seconds',
	help: 'Time to a response in seconds',
	labelNames: ['method'],
	buckets: [0.1, 0.2, 0.4, 0.8]
});

/** Called once for every request of every user. */
export async function handle(request: Request): Promise<Response> {
	const stopTimer = RESPONSE_TIME.startTimer({ method: request.method });
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
