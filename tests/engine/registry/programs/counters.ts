import { WRONG_VALUES } from '../wrong-values.ts';
import { failure, type Program } from '../program.ts';

const NAME = 'shop_requests_total';
const HELP = 'Requests by method and status.';

export const counters: readonly Program[] = [
	{
		name: 'counters count by label values in the order of their first use',
		run: ({ Counter }) => {
			const requests = new Counter({ name: NAME, help: HELP, labelNames: ['method', 'status'] });
			const kept = requests.labels('POST', '201');
			requests.labels('GET', '200').inc();
			requests.inc({ method: 'GET', status: 404 });
			requests.inc({ status: 200, method: 'PUT' }, 2.5);
			requests.labels({ method: 'GET', status: 200 }).inc(3);
			kept.inc(0);
			requests.labels('GET', '200').inc(0.1);
			requests.inc({ method: 'HEAD' });
			requests.inc();
		}
	},
	{
		name: 'counters refuse what is not an increase',
		run: ({ Counter }) => {
			const requests = new Counter({ name: NAME, help: HELP, labelNames: ['method', 'status'] });
			const failures = [
				failure(() => requests.inc(-1)),
				failure(() => requests.labels('GET', '200').inc(-0.5)),
				failure(() => requests.inc(Infinity)),
				failure(() => requests.inc('1' as never)),
				failure(() => requests.inc({ path: '/' } as never)),
				failure(() => requests.inc({ method: 'GET', path: '/' } as never, -1)),
				failure(() => requests.inc({ method: 'GET' }, [1] as never)),
				failure(() => requests.labels('GET')),
				failure(() => requests.labels('GET', '200', '/')),
				failure(() => requests.labels({ path: '/' } as never).inc()),
				failure(() => requests.remove('GET')),
				failure(() => requests.remove({ path: '/' } as never))
			];
			requests.inc(null);
			requests.inc({ method: 'GET' }, null);
			return failures;
		}
	},
	{
		name: 'counters are shown as objects, taken away and set back',
		run: async ({ Counter, register }) => {
			const requests = new Counter({ name: NAME, help: HELP, labelNames: ['method'] });
			requests.inc({ method: 'GET' });
			requests.inc({}, 3);
			requests.labels({ method: 'PUT' }).inc(2);
			requests.labels('HEAD').inc();
			const before = await requests.get();
			requests.remove('GET');
			requests.remove({ method: 'PUT' });
			requests.remove({});
			const after = await register.getMetricsAsJSON();
			requests.reset();
			return [before, after, await requests.get()];
		}
	},
	{
		name: 'counters refuse values of every wrong kind',
		run: ({ Counter }) => {
			const plain = new Counter({ name: 'plain_total', help: 'Plain.' });
			const labelled = new Counter({ name: NAME, help: HELP, labelNames: ['method'] });
			return WRONG_VALUES.flatMap((value) => [
				failure(() => plain.inc({}, value as never)),
				failure(() => plain.labels().inc(value as never)),
				failure(() => labelled.inc({ method: 'GET' }, value as never)),
				failure(() => labelled.inc({ method: 'GET', path: '/' } as never, value as never))
			]);
		}
	},
	{
		name: 'counters refuse labels of every wrong kind',
		run: ({ Counter }) => {
			const plain = new Counter({ name: 'plain_total', help: 'Plain.' });
			const two = new Counter({ name: NAME, help: HELP, labelNames: ['method', 'status'] });
			plain.inc([] as never);
			plain.inc(new Date(0) as never);
			two.inc({ method: undefined, status: null } as never);
			two.inc({ method: true, status: -0 } as never);
			two.inc({ method: NaN, status: 1e21 });
			return [
				failure(() => plain.inc([1] as never)),
				failure(() => plain.inc({ '': 'x' } as never)),
				failure(() => plain.inc({ method: undefined } as never)),
				failure(() => plain.inc({ größe: 1 } as never)),
				failure(() => plain.labels('GET')),
				failure(() => plain.labels(undefined as never)),
				failure(() => plain.labels(1 as never, 2 as never)),
				failure(() => plain.remove('GET')),
				failure(() => plain.remove(undefined as never)),
				failure(() => two.labels()),
				failure(() => two.labels('')),
				failure(() => two.labels('a', 'b', 'c')),
				failure(() => two.remove()),
				failure(() => two.remove('a')),
				failure(() => two.remove({ Method: 'GET' } as never)),
				failure(() => two.inc(Object.create({ inherited: 1 }) as never))
			];
		}
	}
];
