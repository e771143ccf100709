import type { ClientDifference } from '../differences.ts';
import { text } from '../text.ts';

export const KINDS: readonly ClientDifference[] = [
	{
		id: 'summary',
		title: 'A summary and its quantiles',
		about:
			'A summary of Python counts and sums, and that is all. One of TypeScript tells quantiles of all that was observed since the start: 0.01, 0.05, 0.5, 0.9, 0.95, 0.99 and 0.999, or those in `percentiles`.',
		follows:
			'The mean can be had from both: `rate(wait_seconds_sum[5m]) / rate(wait_seconds_count[5m])`. `wait_seconds{quantile="0.9"}` finds nothing in Python, and no function makes one quantile of those of several instances. For quantiles, use a histogram in either language.',
		python: {
			program: text(`
				from prometheus_client import Summary

				wait = Summary("wait_seconds", "Time to answer.")
				for seconds in [1, 2, 3, 4]:
				    wait.observe(seconds)
			`),
			page: text(`
				# HELP wait_seconds Time to answer.
				# TYPE wait_seconds summary
				wait_seconds_count 4.0
				wait_seconds_sum 10.0
			`),
			stored: text(`
				wait_seconds_count 4
				wait_seconds_sum 10
			`)
		},
		typescript: {
			program: text(`
				import { Summary } from 'prom-client';

				const wait = new Summary({
					name: 'wait_seconds',
					help: 'Time to answer.',
					percentiles: [0.5, 0.9]
				});
				for (const seconds of [1, 2, 3, 4]) {
					wait.observe(seconds);
				}
			`),
			page: text(`
				# HELP wait_seconds Time to answer.
				# TYPE wait_seconds summary
				«wait_seconds{quantile="0.5"} 2.5»
				«wait_seconds{quantile="0.9"} 4»
				wait_seconds_sum 10
				wait_seconds_count 4
			`),
			stored: text(`
				«wait_seconds{quantile="0.5"} 2.5»
				«wait_seconds{quantile="0.9"} 4»
				wait_seconds_count 4
				wait_seconds_sum 10
			`)
		}
	},
	{
		id: 'info-enum',
		title: 'Info and Enum',
		about:
			'Python has a kind for facts and one for states, which are gauges in the text format and have types of their own in OpenMetrics. `prom-client` from npm has neither: there, a gauge with labels exposes the same lines, as here. In this tab `prom-client` has an `Info` and an `Enum` as well.',
		follows:
			'Stored are the same series. `worker == 1` is the state that something is in, and `… * on (instance) group_left (version) build_info` puts the version beside any other series.',
		python: {
			program: text(`
				from prometheus_client import Enum, Info

				build = Info("build", "What runs.")
				build.info({"version": "1.4.2"})
				worker = Enum(
				    "worker", "What it does.", states=["idle", "busy"]
				)
				worker.state("busy")
			`),
			page: text(`
				# HELP build_info What runs.
				# TYPE build_info gauge
				build_info{version="1.4.2"} 1.0
				# HELP worker What it does.
				# TYPE worker gauge
				worker{worker="idle"} 0.0
				worker{worker="busy"} 1.0
			`),
			toPrometheus: text(`
				# HELP «build» What runs.
				# TYPE «build» «info»
				build_info{version="1.4.2"} 1.0
				# HELP worker What it does.
				# TYPE worker «stateset»
				worker{worker="idle"} 0.0
				worker{worker="busy"} 1.0
				# EOF
			`),
			stored: text(`
				build_info{version="1.4.2"} 1
				worker{worker="busy"} 1
				worker{worker="idle"} 0
			`)
		},
		typescript: {
			program: text(`
				import { Gauge } from 'prom-client';

				const build = new Gauge({
					name: 'build_info',
					help: 'What runs.',
					labelNames: ['version']
				});
				build.labels('1.4.2').set(1);
				const worker = new Gauge({
					name: 'worker',
					help: 'What it does.',
					labelNames: ['worker']
				});
				worker.labels('idle').set(0);
				worker.labels('busy').set(1);
			`),
			page: text(`
				# HELP build_info What runs.
				# TYPE build_info gauge
				build_info{version="1.4.2"} 1

				# HELP worker What it does.
				# TYPE worker gauge
				worker{worker="idle"} 0
				worker{worker="busy"} 1
			`),
			toPrometheus: text(`
				# HELP build_info What runs.
				# TYPE build_info gauge
				build_info{version="1.4.2"} 1

				# HELP worker What it does.
				# TYPE worker gauge
				worker{worker="idle"} 0
				worker{worker="busy"} 1
			`),
			stored: text(`
				build_info{version="1.4.2"} 1
				worker{worker="busy"} 1
				worker{worker="idle"} 0
			`)
		}
	},
	{
		id: 'timing',
		title: 'Timing, and counting what is in progress',
		about:
			'In Python `time()` and `track_inprogress()` stand above a function or after `with`. `prom-client` has `startTimer()`, `inc()` and `dec()`, whose end belongs into a `finally`. In this tab its gauges also have `trackInprogress` and its histograms `time`, which take the function that is to be measured.',
		follows:
			'The same is measured: here, one request of 250 ms. Above an `async def`, though, Python’s decorators measure nothing, because they are done when the coroutine is made: `wait_seconds_sum` stays 0. There, write `with wait.time():` inside of it.',
		python: {
			program: text(`
				from prometheus_client import Gauge, Histogram

				active = Gauge("active_requests", "In progress.")
				wait = Histogram(
				    "wait_seconds", "Time to answer.", buckets=[0.5]
				)

				@active.track_inprogress()
				@wait.time()
				def handle(request):
				    return process_request()
			`),
			page: text(`
				# HELP active_requests In progress.
				# TYPE active_requests gauge
				active_requests 0.0
				# HELP wait_seconds Time to answer.
				# TYPE wait_seconds histogram
				wait_seconds_bucket{le="0.5"} 1.0
				wait_seconds_bucket{le="+Inf"} 1.0
				wait_seconds_count 1.0
				wait_seconds_sum 0.25
			`),
			stored: text(`
				active_requests 0
				wait_seconds_bucket{le="+Inf"} 1
				wait_seconds_bucket{le="0.5"} 1
				wait_seconds_count 1
				wait_seconds_sum 0.25
			`)
		},
		typescript: {
			program: text(`
				import { Gauge, Histogram } from 'prom-client';
				import { processRequest, type Request } from 'shop';

				const active = new Gauge({
					name: 'active_requests',
					help: 'In progress.'
				});
				const wait = new Histogram({
					name: 'wait_seconds',
					help: 'Time to answer.',
					buckets: [0.5]
				});

				export async function handle(request: Request) {
					active.inc();
					const stopTimer = wait.startTimer();
					try {
						return await processRequest(request);
					} finally {
						stopTimer();
						active.dec();
					}
				}
			`),
			page: text(`
				# HELP active_requests In progress.
				# TYPE active_requests gauge
				active_requests 0

				# HELP wait_seconds Time to answer.
				# TYPE wait_seconds histogram
				wait_seconds_bucket{le="0.5"} 1
				wait_seconds_bucket{le="+Inf"} 1
				wait_seconds_sum 0.25
				wait_seconds_count 1
			`),
			stored: text(`
				active_requests 0
				wait_seconds_bucket{le="+Inf"} 1
				wait_seconds_bucket{le="0.5"} 1
				wait_seconds_count 1
				wait_seconds_sum 0.25
			`)
		}
	}
];
