import type { ClientDifference } from '../differences.ts';
import { text } from '../text.ts';

export const NAMES: readonly ClientDifference[] = [
	{
		id: 'counter-name',
		title: 'The name of a counter',
		about:
			'Python exposes every counter with `_total` at its end, whether it was declared with it or not. TypeScript exposes the name that it was given.',
		follows:
			'A counter that is declared as `orders` is `orders_total` in queries on the Python service and `orders` in those on the other one. Declared with `_total`, it is the same in both.',
		python: {
			program: text(`
				from prometheus_client import Counter

				Counter("orders", "Orders taken.").inc()
				Counter("refunds_total", "Refunds made.").inc()
			`),
			page: text(`
				# HELP «orders_total» Orders taken.
				# TYPE «orders_total» counter
				«orders_total» 1.0
				# HELP refunds_total Refunds made.
				# TYPE refunds_total counter
				refunds_total 1.0
			`),
			stored: text(`
				«orders_total» 1
				refunds_total 1
			`)
		},
		typescript: {
			program: text(`
				import { Counter } from 'prom-client';

				new Counter({
					name: 'orders',
					help: 'Orders taken.'
				}).inc();
				new Counter({
					name: 'refunds_total',
					help: 'Refunds made.'
				}).inc();
			`),
			page: text(`
				# HELP «orders» Orders taken.
				# TYPE «orders» counter
				«orders» 1

				# HELP refunds_total Refunds made.
				# TYPE refunds_total counter
				refunds_total 1
			`),
			stored: text(`
				«orders» 1
				refunds_total 1
			`)
		}
	},
	{
		id: 'letters',
		title: 'Which letters a name may have',
		about:
			'Python takes any name, and writes it as the Accept header wants it: to Prometheus 3 as it is, in quotes, and to a browser with underscores. TypeScript takes letters, digits, `_` and `:`.',
		follows:
			'Stored is the name with its dot, and a query writes it `{"queue.size"}`: without quotes it cannot be read. In Python a slip such as a blank in a name is not an error.',
		python: {
			program: text(`
				from prometheus_client import Gauge

				queue = Gauge("queue.size", "Jobs that wait.")
				queue.set(3)
			`),
			page: text(`
				# HELP «queue_size» Jobs that wait.
				# TYPE «queue_size» gauge
				«queue_size» 3.0
			`),
			toPrometheus: text(`
				# HELP «"queue.size"» Jobs that wait.
				# TYPE «"queue.size"» gauge
				{«"queue.size"»} 3.0
				# EOF
			`),
			stored: text(`
				{«"queue.size"»} 3
			`)
		},
		typescript: {
			program: text(`
				import { Gauge } from 'prom-client';

				const queue = new Gauge({
					name: 'queue.size',
					help: 'Jobs that wait.'
				});
				queue.set(3);
			`),
			error:
				"Error: «Invalid metric name»: 'queue.size' is not made of a-z, A-Z, 0-9 (not first), _ and :"
		}
	},
	{
		id: 'duplicate',
		title: 'The same metric twice',
		about:
			'Both refuse it, in the line of the second one. Python names all that the two have in common: the family and its series.',
		follows:
			'A metric is made once, where the program starts and not in `handle`. Whoever runs a cell of a notebook twice meets this error first.',
		python: {
			program: text(`
				from prometheus_client import Counter

				Counter("orders_total", "Orders taken.")
				Counter("orders_total", "Orders taken.")
			`),
			error:
				"prometheus_client.registry.DuplicateTimeseries: «Duplicated timeseries» in CollectorRegistry: {'orders', 'orders_created', 'orders_total'}. Make each metric once, where the program starts"
		},
		typescript: {
			program: text(`
				import { Counter } from 'prom-client';

				new Counter({
					name: 'orders_total',
					help: 'Orders taken.'
				});
				new Counter({
					name: 'orders_total',
					help: 'Orders taken.'
				});
			`),
			error:
				'Error: A metric with the name orders_total «has already been registered». Make it once, where the program starts'
		}
	},
	{
		id: 'clash',
		title: 'Two metrics with a series in common',
		about:
			'Python knows which series a metric will expose, and refuses one that has a series of another. TypeScript compares the names that metrics were given, and nothing else.',
		follows:
			'In TypeScript `orders_count` is on the page twice. Prometheus stores the first and drops the second, with a warning in its log: the gauge of 7 is in no query.',
		python: {
			program: text(`
				from prometheus_client import Gauge, Summary

				worth = Summary("orders", "Worth of orders.")
				worth.observe(20)
				waiting = Gauge("orders_count", "Orders that wait.")
				waiting.set(7)
			`),
			error:
				"prometheus_client.registry.DuplicateTimeseries: Duplicated timeseries in CollectorRegistry: {«'orders_count'»}. Make each metric once, where the program starts"
		},
		typescript: {
			program: text(`
				import { Gauge, Summary } from 'prom-client';

				const worth = new Summary({
					name: 'orders',
					help: 'Worth of orders.',
					percentiles: []
				});
				worth.observe(20);
				const waiting = new Gauge({
					name: 'orders_count',
					help: 'Orders that wait.'
				});
				waiting.set(7);
			`),
			page: text(`
				# HELP orders Worth of orders.
				# TYPE orders summary
				orders_sum 20
				«orders_count 1»

				# HELP orders_count Orders that wait.
				# TYPE orders_count gauge
				«orders_count 7»
			`),
			stored: text(`
				«orders_count 1»
				orders_sum 20
			`)
		}
	}
];
