import { processRequest, type Request, type Response } from 'shop';

/** Called once for every request of every user. */
export async function handle(request: Request): Promise<Response> {
	if (isUnknownProduct(request.path)) {
		return { status: 404 };
	}

	// Throws when the work fails. The user then gets a 500.
	const response = await processRequest(request);
	return response;
}

/** The shop sells the products 1 to 900. */
function isUnknownProduct(path: string): boolean {
	const product = /^\/api\/products\/(\d+)$/.exec(path);
	return product !== null && Number(product[1]) > 900;
}
