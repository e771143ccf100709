/** The queries of a document about Prometheus in Python, word for word: its metrics are those of the shop. */
const OF_THE_DOCUMENT = [
	'rate(http_requests_total[5m])',
	'histogram_quantile(0.95, rate(http_request_duration_seconds_bucket[5m]))',
	'sum(rate(http_requests_total{status=~"5.."}[5m])) / sum(rate(http_requests_total[5m])) * 100'
];

/** Which targets are there, which are not, and which have gone. */
const OF_TARGETS = [
	'up',
	'up == 0',
	'count by (job) (up == 1)',
	'avg_over_time(up[5m])',
	'count_over_time(up[30m])',
	'changes(up[10m])',
	'absent(up{instance="shop-1:8000"} == 1)',
	'absent(active_connections{instance="shop-3:8000"})',
	'absent_over_time(active_connections{instance="shop-3:8000"}[2m])',
	'present_over_time(http_requests_total[30s])',
	'count(http_requests_total)',
	'http_requests_total unless on (instance) up == 1',
	'active_connections and on (instance) up == 1',
	'scrape_samples_scraped - scrape_samples_post_metric_relabeling',
	'scrape_duration_seconds > 0.001',
	'sum(scrape_series_added)'
];

/** What people ask of counters and gauges. */
const OF_REQUESTS = [
	'http_requests_total',
	'http_requests_total{endpoint="/api/orders", status!~"2.."}',
	'http_requests_total offset 3m',
	'http_requests_total @ end()',
	'increase(http_requests_total[1m])',
	'irate(http_requests_total[1m])',
	'rate(http_requests_total[1m] offset 90s)',
	'resets(http_requests_total[10m])',
	'sum by (endpoint) (rate(http_requests_total[2m]))',
	'sum without (instance) (http_requests_total)',
	'sum by (status) (increase(http_requests_total[1m:10s]))',
	'topk(3, sum by (endpoint, status) (rate(http_requests_total[5m])))',
	'bottomk(2, http_request_duration_seconds_count)',
	'sort_desc(sum by (instance) (rate(http_requests_total[5m])))',
	'count_values("n", sum by (instance) (active_connections))',
	'quantile(0.9, rate(http_requests_total[2m]))',
	'stddev by (endpoint) (rate(http_requests_total[2m]))',
	'group by (status) (http_requests_total)',
	'label_replace(rate(http_requests_total[2m]), "host", "$1", "instance", "(.*):.*")',
	'clamp_max(rate(http_requests_total[2m]), 1)',
	'rate(http_requests_total[2m]) > bool 1',
	'rate(http_requests_total[2m]) / ignoring (status) group_left sum without (status) (rate(http_requests_total[2m]))',
	'timestamp(http_requests_total{status="200"})',
	'max_over_time(sum(rate(http_requests_total[1m]))[5m:30s])',
	'active_connections',
	'avg(active_connections)',
	'max_over_time(active_connections[2m])',
	'changes(active_connections[5m])',
	'delta(active_connections[3m])',
	'deriv(active_connections[3m])',
	'predict_linear(active_connections[3m], 600)',
	'stddev_over_time(active_connections[3m])',
	'last_over_time(active_connections[10m])'
];

/** What people ask of histograms, and of the service that the shop calls. */
const OF_DURATIONS = [
	'histogram_quantile(0.5, sum by (le) (rate(http_request_duration_seconds_bucket[1m])))',
	'histogram_quantile(0.99, sum by (le, endpoint) (rate(http_request_duration_seconds_bucket[5m])))',
	'histogram_fraction(0, 0.25, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))',
	'rate(http_request_duration_seconds_sum[5m]) / rate(http_request_duration_seconds_count[5m])',
	'sum(rate(http_request_duration_seconds_bucket{le="0.25"}[5m])) / sum(rate(http_request_duration_seconds_count[5m]))',
	'http_request_duration_seconds_bucket{le=~"1.0|5.0|\\\\+Inf"}',
	'histogram_quantile(0.9, rate(payments_call_duration_seconds_bucket[2m]))',
	'sum by (job) (payments_calls_in_progress)',
	'increase(payments_calls_total[2m])'
];

/** Every series, the samples of three minutes as they are stored, and what fails because series lose their names. */
const RAW = [
	'{__name__=~".+"}',
	'{__name__=~".+"}[3m]',
	'count({__name__=~".+"})',
	'rate({__name__=~".+"}[3m])'
];

/** What is asked of any shop whose code counts requests as the document does. */
export const SHOP_QUERIES = [
	...OF_THE_DOCUMENT,
	...OF_TARGETS,
	...OF_REQUESTS,
	...OF_DURATIONS,
	...RAW
];

/** What is asked of the metrics of odd-app.ts. */
export const ODD_QUERIES = [
	...OF_TARGETS,
	...RAW,
	'odd_value',
	'odd_value{kind="two\\nlines"}',
	'odd_value{kind=~".*[\\"\\\\\\\\].*"}',
	'odd_value == odd_value',
	'sum by (instance) (odd_value)',
	'max_over_time(odd_value[2m])',
	'sum_over_time(odd_value[1m])',
	'count_values("value", odd_value)',
	'changes(odd_value[5m])',
	'sort(odd_value)',
	'visits',
	'sum(visits)',
	'count by (instance) (visits)',
	'rate(visits[2m])',
	'visits unless visits offset 1m',
	'absent(visits{user="7"})',
	'forgetful_total',
	'increase(forgetful_total[5m])',
	'resets(forgetful_total[5m])',
	'histogram_quantile(0.5, sum by (le) (rate(request_size_bucket[5m])))',
	'request_size_bucket{le="1e-09"}',
	'rate(request_size_sum[5m])',
	'path_length{quantile="0.999"}',
	'avg by (quantile) (path_length)'
];
