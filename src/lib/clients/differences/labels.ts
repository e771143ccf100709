import type { ClientDifference } from '../differences.ts';
import { text } from '../text.ts';

export const LABELS: readonly ClientDifference[] = [
	{
		id: 'label-values',
		title: 'Label values that are no texts',
		about:
			'Python makes a text of any value with `str()`: a float keeps its `.0`, and `None` becomes the text `None`. In TypeScript a value is a text or a number, and `200.0` is `200`.',
		follows:
			'A status that is a whole number in one place and a float in another is two series in Python, and one in TypeScript. In the store a label value is a text either way: `{status="200"}`.',
		python: {
			program: text(`
				from prometheus_client import Counter

				done = Counter("done_total", "Requests.", ["status"])
				done.labels(status=200).inc()
				done.labels(status=200.0).inc()
			`),
			page: text(`
				# HELP done_total Requests.
				# TYPE done_total counter
				done_total{status="200"} «1.0»
				done_total{status="«200.0»"} «1.0»
			`),
			stored: text(`
				done_total{status="200"} «1»
				done_total{status="«200.0»"} «1»
			`)
		},
		typescript: {
			program: text(`
				import { Counter } from 'prom-client';

				const done = new Counter({
					name: 'done_total',
					help: 'Requests.',
					labelNames: ['status']
				});
				done.labels({ status: 200 }).inc();
				done.labels({ status: 200.0 }).inc();
			`),
			page: text(`
				# HELP done_total Requests.
				# TYPE done_total counter
				done_total{status="200"} «2»
			`),
			stored: text(`
				done_total{status="200"} «2»
			`)
		}
	},
	{
		id: 'label-order',
		title: 'The order of labels',
		about:
			'Python sorts the labels of a line by their names, `le` among them. TypeScript writes `le` first, and the others in the order in which the program gave them.',
		follows: 'Nothing: a series is the set of its labels, and the store has them sorted.',
		python: {
			program: text(`
				from prometheus_client import Histogram

				wait = Histogram(
				    "wait_seconds", "Time in the queue.",
				    ["queue", "kind"], buckets=[0.5]
				)
				wait.labels("fast", "mail").observe(0.25)
			`),
			page: text(`
				# HELP wait_seconds Time in the queue.
				# TYPE wait_seconds histogram
				wait_seconds_bucket{«kind="mail",le="0.5",queue="fast"»} 1.0
				wait_seconds_bucket{«kind="mail",le="+Inf",queue="fast"»} 1.0
				wait_seconds_count{«kind="mail",queue="fast"»} 1.0
				wait_seconds_sum{«kind="mail",queue="fast"»} 0.25
			`),
			stored: text(`
				wait_seconds_bucket{kind="mail", le="+Inf", queue="fast"} 1
				wait_seconds_bucket{kind="mail", le="0.5", queue="fast"} 1
				wait_seconds_count{kind="mail", queue="fast"} 1
				wait_seconds_sum{kind="mail", queue="fast"} 0.25
			`)
		},
		typescript: {
			program: text(`
				import { Histogram } from 'prom-client';

				const wait = new Histogram({
					name: 'wait_seconds',
					help: 'Time in the queue.',
					labelNames: ['queue', 'kind'],
					buckets: [0.5]
				});
				wait.labels('fast', 'mail').observe(0.25);
			`),
			page: text(`
				# HELP wait_seconds Time in the queue.
				# TYPE wait_seconds histogram
				wait_seconds_bucket{«le="0.5",queue="fast",kind="mail"»} 1
				wait_seconds_bucket{«le="+Inf",queue="fast",kind="mail"»} 1
				wait_seconds_sum{«queue="fast",kind="mail"»} 0.25
				wait_seconds_count{«queue="fast",kind="mail"»} 1
			`),
			stored: text(`
				wait_seconds_bucket{kind="mail", le="+Inf", queue="fast"} 1
				wait_seconds_bucket{kind="mail", le="0.5", queue="fast"} 1
				wait_seconds_count{kind="mail", queue="fast"} 1
				wait_seconds_sum{kind="mail", queue="fast"} 0.25
			`)
		}
	},
	{
		id: 'no-children',
		title: 'A child that nobody has counted with',
		about:
			'A metric with labels has no series before its first child; of `errors_total` both expose HELP and TYPE and nothing else. In Python `labels(…)` makes the child, with the value 0. In TypeScript the first `inc` does.',
		follows:
			'A series that begins with its first error begins at 1, and `rate()` sees no increase in that. Expose the 0 when the program starts: with `labels(…)` in Python, with `labels(…).inc(0)` in TypeScript.',
		python: {
			program: text(`
				from prometheus_client import Counter

				errors = Counter("errors_total", "Errors.", ["page"])
				retries = Counter("retries_total", "Again.", ["page"])
				retries.labels("checkout")
			`),
			page: text(`
				# HELP errors_total Errors.
				# TYPE errors_total counter
				# HELP retries_total Again.
				# TYPE retries_total counter
				«retries_total{page="checkout"} 0.0»
			`),
			stored: text(`
				«retries_total{page="checkout"} 0»
			`)
		},
		typescript: {
			program: text(`
				import { Counter } from 'prom-client';

				const errors = new Counter({
					name: 'errors_total',
					help: 'Errors.',
					labelNames: ['page']
				});
				const retries = new Counter({
					name: 'retries_total',
					help: 'Again.',
					labelNames: ['page']
				});
				retries.labels('checkout');
			`),
			page: text(`
				# HELP errors_total Errors.
				# TYPE errors_total counter

				# HELP retries_total Again.
				# TYPE retries_total counter
			`),
			stored: ''
		}
	},
	{
		id: 'missing-labels',
		title: 'Labels that are left out',
		about:
			'Python wants a value for each label name: the first `inc()` stops the program, and the second line would, with `Incorrect label names`. TypeScript takes what it is given in an object, and counts into a series without the rest.',
		follows:
			'A series without a label is the same to Prometheus as one that has it empty. It is in `sum(…)`, and in no `{status="200"}`: requests seem to be missing. Only `labels(…)` with values in a row wants all of them in TypeScript.',
		python: {
			program: text(`
				from prometheus_client import Counter

				requests = Counter(
				    "requests_total", "Requests.",
				    ["method", "status"]
				)
				requests.inc()
				requests.labels(method="GET").inc()
			`),
			error: 'ValueError: counter metric is «missing label values»'
		},
		typescript: {
			program: text(`
				import { Counter } from 'prom-client';

				const requests = new Counter({
					name: 'requests_total',
					help: 'Requests.',
					labelNames: ['method', 'status']
				});
				requests.inc();
				requests.labels({ method: 'GET' }).inc();
			`),
			page: text(`
				# HELP requests_total Requests.
				# TYPE requests_total counter
				«requests_total 1»
				«requests_total{method="GET"} 1»
			`),
			stored: text(`
				«requests_total 1»
				«requests_total{method="GET"} 1»
			`)
		}
	}
];
