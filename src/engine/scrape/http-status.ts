/** The reason phrases that servers send most; others are shown as the bare number. */
const REASONS: Readonly<Record<number, string>> = {
	201: 'Created',
	202: 'Accepted',
	204: 'No Content',
	301: 'Moved Permanently',
	302: 'Found',
	304: 'Not Modified',
	307: 'Temporary Redirect',
	308: 'Permanent Redirect',
	400: 'Bad Request',
	401: 'Unauthorized',
	403: 'Forbidden',
	404: 'Not Found',
	405: 'Method Not Allowed',
	406: 'Not Acceptable',
	408: 'Request Timeout',
	429: 'Too Many Requests',
	500: 'Internal Server Error',
	501: 'Not Implemented',
	502: 'Bad Gateway',
	503: 'Service Unavailable',
	504: 'Gateway Timeout'
};

/** A status as an HTTP status line has it: `404 Not Found`. */
export function statusLine(status: number): string {
	const reason = REASONS[status];
	return reason ? `${status} ${reason}` : String(status);
}
