import { describe, expect, it } from 'vitest';
import { unitOfQuery } from '../../../src/routes/sandbox/query-unit.ts';

function check(query: string, unit: string) {
	expect(unitOfQuery(query)).toBe(unit);
}

describe('unitOfQuery', () => {
	it('reads the unit that a metric has in its name', () => {
		check('up', 'number');
		check('scrape_duration_seconds', 'seconds');
		check('process_resident_memory_bytes', 'bytes');
		check('http_requests_total', 'number');
		check('max_over_time(queue_wait_seconds[5m])', 'seconds');
	});

	it('counts what happens per second', () => {
		check('rate(http_requests_total[5m])', 'per-second');
		check('sum by (job) (rate(http_requests_total[5m]))', 'per-second');
		check('rate(sent_bytes_total[5m])', 'bytes-per-second');
		check('rate(cpu_seconds_total[5m])', 'number');
		check('increase(http_requests_total[5m])', 'number');
	});

	it('takes quantiles in the unit of the observations', () => {
		check('histogram_quantile(0.95, rate(http_request_duration_seconds_bucket[5m]))', 'seconds');
		check('histogram_quantile(0.5, sum by (le) (rate(reply_bytes_bucket[5m])))', 'bytes');
	});

	it('makes shares of quotients, and plain numbers of what is multiplied', () => {
		check('sum(rate(a_total[5m])) / sum(rate(b_total[5m]))', 'ratio');
		check('sum(rate(a_total[5m])) / sum(rate(b_total[5m])) * 100', 'number');
		check('rate(d_seconds_sum[5m]) / rate(d_seconds_count[5m])', 'seconds');
		check('avg(d_seconds) + 1', 'seconds');
	});

	it('knows nothing of a query that cannot be parsed', () => {
		check('sum(', 'number');
	});
});
