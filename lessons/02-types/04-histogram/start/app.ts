import { processRequest, sleep, type Request, type Response } from 'shop';

/** Called once for every request of every user. */
export async function handle(request: Request): Promise<Response> {
	await checkLogin();
	// Throws when the work fails. The user then gets a 500.
	return await processRequest(request);
}

/** Asks another service who this is, which takes 20 ms. */
async function checkLogin(): Promise<void> {
	await sleep(20);
}
