import type { ClientDifference } from '../differences.ts';
import { text } from '../text.ts';

export const HISTOGRAMS: readonly ClientDifference[] = [
	{
		id: 'le',
		title: 'How a bucket writes its bound',
		about:
			'Python writes the bound of a bucket as a float, `le="1.0"`. TypeScript writes `le="1"`. The last one is `le="+Inf"` in both. `_count` and `_sum` come in another order.',
		follows:
			'As it stores them, Prometheus 3 writes the numbers in `le` and `quantile` as floats: `{le="1.0"}` finds the buckets of both, `{le="1"}` finds nothing. Before Prometheus 3, a label was stored as it was exposed, so an old query may have to be changed.',
		python: {
			program: text(`
				from prometheus_client import Histogram

				wait = Histogram(
				    "wait_seconds", "Time to answer.",
				    buckets=[0.5, 1, 10]
				)
				wait.observe(0.75)
			`),
			page: text(`
				# HELP wait_seconds Time to answer.
				# TYPE wait_seconds histogram
				wait_seconds_bucket{le="0.5"} 0.0
				wait_seconds_bucket{le="«1.0»"} 1.0
				wait_seconds_bucket{le="«10.0»"} 1.0
				wait_seconds_bucket{le="+Inf"} 1.0
				wait_seconds_count 1.0
				wait_seconds_sum 0.75
			`),
			stored: text(`
				wait_seconds_bucket{le="+Inf"} 1
				wait_seconds_bucket{le="0.5"} 0
				wait_seconds_bucket{le="1.0"} 1
				wait_seconds_bucket{le="10.0"} 1
				wait_seconds_count 1
				wait_seconds_sum 0.75
			`)
		},
		typescript: {
			program: text(`
				import { Histogram } from 'prom-client';

				const wait = new Histogram({
					name: 'wait_seconds',
					help: 'Time to answer.',
					buckets: [0.5, 1, 10]
				});
				wait.observe(0.75);
			`),
			page: text(`
				# HELP wait_seconds Time to answer.
				# TYPE wait_seconds histogram
				wait_seconds_bucket{le="0.5"} 0
				wait_seconds_bucket{le="«1»"} 1
				wait_seconds_bucket{le="«10»"} 1
				wait_seconds_bucket{le="+Inf"} 1
				wait_seconds_sum 0.75
				wait_seconds_count 1
			`),
			stored: text(`
				wait_seconds_bucket{le="+Inf"} 1
				wait_seconds_bucket{le="0.5"} 0
				wait_seconds_bucket{le="1.0"} 1
				wait_seconds_bucket{le="10.0"} 1
				wait_seconds_count 1
				wait_seconds_sum 0.75
			`)
		}
	},
	{
		id: 'default-buckets',
		title: 'Buckets, when none are asked for',
		about:
			'Both go from 5 ms to 10 s. Python has 0.075, 0.75 and 7.5 besides: 15 buckets with `+Inf`, and TypeScript 12.',
		follows:
			'One observation of 0.6 is known to lie between 0.5 and 0.75, or between 0.5 and 1, and `histogram_quantile(0.5, …)` says 0.625 or 0.75. Before you sum over services in both languages, give them the same buckets.',
		python: {
			program: text(`
				from prometheus_client import Histogram

				wait = Histogram("wait_seconds", "Time to answer.")
				wait.observe(0.6)
			`),
			page: text(`
				# HELP wait_seconds Time to answer.
				# TYPE wait_seconds histogram
				wait_seconds_bucket{le="0.005"} 0.0
				wait_seconds_bucket{le="0.01"} 0.0
				wait_seconds_bucket{le="0.025"} 0.0
				wait_seconds_bucket{le="0.05"} 0.0
				«wait_seconds_bucket{le="0.075"} 0.0»
				wait_seconds_bucket{le="0.1"} 0.0
				wait_seconds_bucket{le="0.25"} 0.0
				wait_seconds_bucket{le="0.5"} 0.0
				«wait_seconds_bucket{le="0.75"} 1.0»
				wait_seconds_bucket{le="1.0"} 1.0
				wait_seconds_bucket{le="2.5"} 1.0
				wait_seconds_bucket{le="5.0"} 1.0
				«wait_seconds_bucket{le="7.5"} 1.0»
				wait_seconds_bucket{le="10.0"} 1.0
				wait_seconds_bucket{le="+Inf"} 1.0
				wait_seconds_count 1.0
				wait_seconds_sum 0.6
			`),
			stored: text(`
				wait_seconds_bucket{le="+Inf"} 1
				wait_seconds_bucket{le="0.005"} 0
				wait_seconds_bucket{le="0.01"} 0
				wait_seconds_bucket{le="0.025"} 0
				wait_seconds_bucket{le="0.05"} 0
				«wait_seconds_bucket{le="0.075"} 0»
				wait_seconds_bucket{le="0.1"} 0
				wait_seconds_bucket{le="0.25"} 0
				wait_seconds_bucket{le="0.5"} 0
				«wait_seconds_bucket{le="0.75"} 1»
				wait_seconds_bucket{le="1.0"} 1
				wait_seconds_bucket{le="10.0"} 1
				wait_seconds_bucket{le="2.5"} 1
				wait_seconds_bucket{le="5.0"} 1
				«wait_seconds_bucket{le="7.5"} 1»
				wait_seconds_count 1
				wait_seconds_sum 0.6
			`)
		},
		typescript: {
			program: text(`
				import { Histogram } from 'prom-client';

				const wait = new Histogram({
					name: 'wait_seconds',
					help: 'Time to answer.'
				});
				wait.observe(0.6);
			`),
			page: text(`
				# HELP wait_seconds Time to answer.
				# TYPE wait_seconds histogram
				wait_seconds_bucket{le="0.005"} 0
				wait_seconds_bucket{le="0.01"} 0
				wait_seconds_bucket{le="0.025"} 0
				wait_seconds_bucket{le="0.05"} 0
				wait_seconds_bucket{le="0.1"} 0
				wait_seconds_bucket{le="0.25"} 0
				wait_seconds_bucket{le="0.5"} 0
				wait_seconds_bucket{le="1"} 1
				wait_seconds_bucket{le="2.5"} 1
				wait_seconds_bucket{le="5"} 1
				wait_seconds_bucket{le="10"} 1
				wait_seconds_bucket{le="+Inf"} 1
				wait_seconds_sum 0.6
				wait_seconds_count 1
			`),
			stored: text(`
				wait_seconds_bucket{le="+Inf"} 1
				wait_seconds_bucket{le="0.005"} 0
				wait_seconds_bucket{le="0.01"} 0
				wait_seconds_bucket{le="0.025"} 0
				wait_seconds_bucket{le="0.05"} 0
				wait_seconds_bucket{le="0.1"} 0
				wait_seconds_bucket{le="0.25"} 0
				wait_seconds_bucket{le="0.5"} 0
				wait_seconds_bucket{le="1.0"} 1
				wait_seconds_bucket{le="10.0"} 1
				wait_seconds_bucket{le="2.5"} 1
				wait_seconds_bucket{le="5.0"} 1
				wait_seconds_count 1
				wait_seconds_sum 0.6
			`)
		}
	},
	{
		id: 'below-zero',
		title: 'Values below zero',
		about:
			'When the first bound is below zero, Python leaves `_sum` out: a sum that can fall is no counter. TypeScript exposes it.',
		follows:
			'The mean, `rate(drift_seconds_sum[5m]) / rate(drift_seconds_count[5m])`, has no result in Python. In TypeScript it has a wrong one whenever the sum falls, because `rate()` takes that for a restart.',
		python: {
			program: text(`
				from prometheus_client import Histogram

				drift = Histogram(
				    "drift_seconds", "Fast or slow by.",
				    buckets=[-1, 0, 1]
				)
				drift.observe(-0.5)
			`),
			page: text(`
				# HELP drift_seconds Fast or slow by.
				# TYPE drift_seconds histogram
				drift_seconds_bucket{le="-1.0"} 0.0
				drift_seconds_bucket{le="0.0"} 1.0
				drift_seconds_bucket{le="1.0"} 1.0
				drift_seconds_bucket{le="+Inf"} 1.0
				drift_seconds_count 1.0
			`),
			stored: text(`
				drift_seconds_bucket{le="+Inf"} 1
				drift_seconds_bucket{le="-1.0"} 0
				drift_seconds_bucket{le="0.0"} 1
				drift_seconds_bucket{le="1.0"} 1
				drift_seconds_count 1
			`)
		},
		typescript: {
			program: text(`
				import { Histogram } from 'prom-client';

				const drift = new Histogram({
					name: 'drift_seconds',
					help: 'Fast or slow by.',
					buckets: [-1, 0, 1]
				});
				drift.observe(-0.5);
			`),
			page: text(`
				# HELP drift_seconds Fast or slow by.
				# TYPE drift_seconds histogram
				drift_seconds_bucket{le="-1"} 0
				drift_seconds_bucket{le="0"} 1
				drift_seconds_bucket{le="1"} 1
				drift_seconds_bucket{le="+Inf"} 1
				«drift_seconds_sum -0.5»
				drift_seconds_count 1
			`),
			stored: text(`
				drift_seconds_bucket{le="+Inf"} 1
				drift_seconds_bucket{le="-1.0"} 0
				drift_seconds_bucket{le="0.0"} 1
				drift_seconds_bucket{le="1.0"} 1
				drift_seconds_count 1
				«drift_seconds_sum -0.5»
			`)
		}
	}
];
