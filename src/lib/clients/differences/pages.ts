import type { ClientDifference } from '../differences.ts';
import { text } from '../text.ts';

export const PAGES: readonly ClientDifference[] = [
	{
		id: 'created',
		title: 'When a counter was made',
		about:
			'With every counter, summary and histogram `prometheus_client` exposes when it was made: in the text format as a gauge of its own, in OpenMetrics as one more sample. `prom-client` does not.',
		follows:
			'Prometheus stores it as one more series for each child, so a counter of Python costs two. `PROMETHEUS_DISABLE_CREATED_SERIES=True` in the environment or a call of `disable_created_metrics()` leaves it out. All programs below run without it.',
		withCreated: true,
		python: {
			program: text(`
				from prometheus_client import Counter

				orders = Counter("orders_total", "Orders taken.")
				orders.inc(5)
			`),
			page: text(`
				# HELP orders_total Orders taken.
				# TYPE orders_total counter
				orders_total 5.0
				«# HELP orders_created Orders taken.»
				«# TYPE orders_created gauge»
				«orders_created 1.7672256e+09»
			`),
			toPrometheus: text(`
				# HELP orders Orders taken.
				# TYPE orders counter
				orders_total 5.0
				«orders_created 1.7672256e+09»
				# EOF
			`),
			stored: text(`
				«orders_created 1767225600»
				orders_total 5
			`)
		},
		typescript: {
			program: text(`
				import { Counter } from 'prom-client';

				const orders = new Counter({
					name: 'orders_total',
					help: 'Orders taken.'
				});
				orders.inc(5);
			`),
			page: text(`
				# HELP orders_total Orders taken.
				# TYPE orders_total counter
				orders_total 5
			`),
			toPrometheus: text(`
				# HELP orders_total Orders taken.
				# TYPE orders_total counter
				orders_total 5
			`),
			stored: text(`
				orders_total 5
			`)
		}
	},
	{
		id: 'format',
		title: 'The format that Prometheus is answered in',
		about:
			'A scrape says in its Accept header which formats it reads. `prometheus_client` answers it in OpenMetrics, and a browser in the text format. `prom-client` has one format for everybody: text, or the one that `register.setContentType(…)` was given.',
		follows:
			'The samples are the same. Type and help, though, belong to the family, and that of a counter is `orders` in OpenMetrics and `orders_total` in the text format: under these names `/api/v1/metadata` has them. Exemplars are written in OpenMetrics only. Neither client answers in protobuf, in which native histograms travel: the histograms of both are classic ones.',
		python: {
			program: text(`
				from prometheus_client import Counter

				orders = Counter("orders_total", "Orders taken.")
				orders.inc(5)
			`),
			page: text(`
				# HELP orders_total Orders taken.
				# TYPE orders_total counter
				orders_total 5.0
			`),
			toPrometheus: text(`
				# HELP «orders» Orders taken.
				# TYPE «orders» counter
				orders_total 5.0
				«# EOF»
			`),
			stored: text(`
				orders_total 5
			`)
		},
		typescript: {
			program: text(`
				import { Counter } from 'prom-client';

				const orders = new Counter({
					name: 'orders_total',
					help: 'Orders taken.'
				});
				orders.inc(5);
			`),
			page: text(`
				# HELP orders_total Orders taken.
				# TYPE orders_total counter
				orders_total 5
			`),
			toPrometheus: text(`
				# HELP «orders_total» Orders taken.
				# TYPE «orders_total» counter
				orders_total 5
			`),
			stored: text(`
				orders_total 5
			`)
		}
	},
	{
		id: 'values',
		title: 'How a number is written',
		about:
			'Python writes every value as a float, `5.0`, and from a million up with an exponent, as Go does. TypeScript writes what JavaScript prints.',
		follows:
			'Nothing, for queries: the same numbers are stored. Only what compares lines of /metrics, such as a test of your own, has to know.',
		python: {
			program: text(`
				from prometheus_client import Gauge

				free = Gauge("free_bytes", "Free memory.", ["kind"])
				free.labels("swap").set(5)
				free.labels("heap").set(8 * 1024**3)
			`),
			page: text(`
				# HELP free_bytes Free memory.
				# TYPE free_bytes gauge
				free_bytes{kind="swap"} «5.0»
				free_bytes{kind="heap"} «8.589934592e+09»
			`),
			stored: text(`
				free_bytes{kind="heap"} 8589934592
				free_bytes{kind="swap"} 5
			`)
		},
		typescript: {
			program: text(`
				import { Gauge } from 'prom-client';

				const free = new Gauge({
					name: 'free_bytes',
					help: 'Free memory.',
					labelNames: ['kind']
				});
				free.labels('swap').set(5);
				free.labels('heap').set(8 * 1024 ** 3);
			`),
			page: text(`
				# HELP free_bytes Free memory.
				# TYPE free_bytes gauge
				free_bytes{kind="swap"} «5»
				free_bytes{kind="heap"} «8589934592»
			`),
			stored: text(`
				free_bytes{kind="heap"} 8589934592
				free_bytes{kind="swap"} 5
			`)
		}
	},
	{
		id: 'default-collectors',
		title: 'What is there without asking',
		about:
			'The registry of `prometheus_client` tells of the process from the start: of its garbage collector and its version, and on Linux of CPU time, memory and open files, `process_…`, which a tab has not got. `prom-client` begins with an empty page; `collectDefaultMetrics()` fills it.',
		follows:
			'Once that is called, the names that matter are the same on Linux: `process_cpu_seconds_total`, `process_resident_memory_bytes`, `process_open_fds`, `process_start_time_seconds`. Those that begin with `python_` and `nodejs_` each exist in one of them only.',
		python: {
			program: text(`
				import prometheus_client
			`),
			page: text(`
				«# HELP python_gc_objects_collected_total Objects collected during gc»
				«# TYPE python_gc_objects_collected_total counter»
				«python_gc_objects_collected_total{generation="0"} 0.0»
				«python_gc_objects_collected_total{generation="1"} 0.0»
				«python_gc_objects_collected_total{generation="2"} 0.0»
				«# HELP python_gc_objects_uncollectable_total Uncollectable objects found during GC»
				«# TYPE python_gc_objects_uncollectable_total counter»
				«python_gc_objects_uncollectable_total{generation="0"} 0.0»
				«python_gc_objects_uncollectable_total{generation="1"} 0.0»
				«python_gc_objects_uncollectable_total{generation="2"} 0.0»
				«# HELP python_gc_collections_total Number of times this generation was collected»
				«# TYPE python_gc_collections_total counter»
				«python_gc_collections_total{generation="0"} 0.0»
				«python_gc_collections_total{generation="1"} 0.0»
				«python_gc_collections_total{generation="2"} 0.0»
				«# HELP python_info Python platform information»
				«# TYPE python_info gauge»
				«python_info{implementation="CPython",major="3",minor="14",patchlevel="2",version="3.14.2"} 1.0»
			`),
			stored: text(`
				«python_gc_collections_total{generation="0"} 0»
				«python_gc_collections_total{generation="1"} 0»
				«python_gc_collections_total{generation="2"} 0»
				«python_gc_objects_collected_total{generation="0"} 0»
				«python_gc_objects_collected_total{generation="1"} 0»
				«python_gc_objects_collected_total{generation="2"} 0»
				«python_gc_objects_uncollectable_total{generation="0"} 0»
				«python_gc_objects_uncollectable_total{generation="1"} 0»
				«python_gc_objects_uncollectable_total{generation="2"} 0»
				«python_info{implementation="CPython", major="3", minor="14", patchlevel="2", version="3.14.2"} 1»
			`)
		},
		typescript: {
			program: text(`
				import 'prom-client';
			`),
			page: '',
			stored: ''
		}
	}
];
