import { Histogram } from 'prom-client';
import { processRequest, type Request, type Response } from 'shop';

/** The same durations, sorted into buckets that differ in one edge, in milliseconds. */
const edges = [150, 200, 250, 300, 350, 400, 450, 500, 550, 600, 650, 700, 750, 800, 850, 900];

const durations = edges.map(
	(edge) =>
		new Histogram({
			name: `request_duration_edge_${edge}ms_seconds`,
			help: `Request duration in seconds, with a bucket edge at ${edge} ms`,
			buckets: [0.05, 0.1, edge / 1000, 1, 2.5]
		})
);

export async function handle(request: Request): Promise<Response> {
	const stopTimers = durations.map((histogram) => histogram.startTimer());
	try {
		return await processRequest(request);
	} finally {
		stopTimers.forEach((stop) => stop());
	}
}
