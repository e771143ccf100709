import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { Lab, parseWorld } from '#engine/lab';
import { labelValue, SECOND } from '#engine/model';
import type { SourceFiles } from '#engine/sim';
import { createPythonRunner, type Interpreter } from '#runners/python';
import { bootPython, missingPython, titled } from '../../python/interpreter.ts';

const TIMEOUT = 60_000;
const SHOP = new URL('../../../lessons/worlds/shop/', import.meta.url);
const SANDBOX = new URL('../../../src/routes/sandbox/', import.meta.url);

const app = readFileSync(new URL('app.py', SHOP), 'utf8');
const config = readFileSync(new URL('gunicorn.conf.py', SANDBOX), 'utf8');

/** The instances of the shop. */
const [SHOP_1, SHOP_2] = ['shop-1:8000', 'shop-2:8000'] as const;

/** What the comments of the sandbox's gunicorn.conf.py offer, put in force. */
const withWorkers = (text: string) => text.replace(/^# (?=workers)/m, '');
const withSums = (text: string) => text.replace(/^# (?=import|raw_env|def | {4})/gm, '');

/** The lines that the comments give for app.py: of the trap, and of the way out. */
const [trap, wayOut] = [
	'metrics_app = make_wsgi_app()',
	/registry = .*make_wsgi_app\(registry\)/.exec(config)?.[0]
];
const IMPORTED = 'CollectorRegistry, multiprocess, make_wsgi_app';

/** The program with such a line in place of its server. */
const answering = (line = '') =>
	app.replace('start_http_server(8000)', line).replace('start_http_server', IMPORTED);

describe.skipIf(missingPython !== '')(
	titled('the gunicorn.conf.py of the sandbox'),
	{ timeout: TIMEOUT },
	() => {
		let interpreter: Interpreter;
		beforeAll(async () => {
			interpreter = await bootPython();
		}, TIMEOUT);

		/** A shop that has lived for a while with these files. */
		async function shopWith(files: SourceFiles) {
			const parsed = parseWorld(readFileSync(new URL('world.yaml', SHOP), 'utf8'));
			if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
			const { world } = parsed;
			const { workers } = world.service;
			const lab = new Lab({
				world,
				seed: 3,
				createRunner: ({ seed }) => createPythonRunner({ interpreter, seed, workers })
			});
			const { problems } = await lab.deploy(files);
			await lab.advance(world.start + 75 * SECOND);
			expect(lab.takeLog().problems).toEqual([]);
			/** By instance. */
			const values = async (query: string) => {
				const answer = await lab.api.query({ query, time: String(lab.now / 1000) });
				if (answer.status === 'error' || answer.data.type !== 'vector') throw answer;
				return Object.fromEntries(
					answer.data.samples.map(({ labels, value }) => [labelValue(labels, 'instance'), value])
				);
			};
			return { lab, problems, values };
		}

		it('changes nothing as it is', async () => {
			const pages = async (files: SourceFiles) => {
				const { lab, problems } = await shopWith(files);
				expect(problems).toEqual([]);
				const { instances } = lab;
				const texts = instances.map(({ name }) => new TextDecoder().decode(lab.metricsPage(name)));
				lab.dispose();
				return texts;
			};
			const [first = '', ...more] = await pages({ 'app.py': app });
			expect(first).toMatch(/^http_requests_total\{.*\} [1-9]/m);
			expect(await pages({ 'app.py': app, 'gunicorn.conf.py': config })).toEqual([first, ...more]);
		});

		it('with four workers refuses the port that gunicorn has', async () => {
			const { lab, problems } = await shopWith({
				'app.py': app,
				'gunicorn.conf.py': withWorkers(config)
			});
			expect(problems).toMatchObject([
				{
					message: expect.stringMatching(
						/^OSError: .*Address already in use \(in worker 1 of 4: gunicorn itself listens at port 8000/
					),
					file: 'app.py',
					line: 30
				}
			]);
			lab.dispose();
		});

		it('with four workers that answer in turn shows counters that fall: the trap', async () => {
			const { lab, problems, values } = await shopWith({
				'app.py': answering(trap),
				'gunicorn.conf.py': withWorkers(config)
			});
			expect(problems).toEqual([]);
			const resets = await values('sum by (instance) (resets(http_requests_total[2m]))');
			expect(resets).toEqual({ [SHOP_1]: expect.any(Number), [SHOP_2]: expect.any(Number) });
			expect(Math.min(...Object.values(resets))).toBeGreaterThan(0);
			lab.dispose();
		});

		it('with files that each of them adds up shows the truth', async () => {
			expect(config).toContain(trap);
			const { lab, problems, values } = await shopWith({
				'app.py': answering(wayOut),
				'gunicorn.conf.py': withWorkers(withSums(config))
			});
			expect(problems).toEqual([]);
			const counted = await values('sum by (instance) (http_requests_total)');
			const scraped = await values('max by (instance) (timestamp(http_requests_total)) * 1000');
			for (const name of [SHOP_1, SHOP_2]) {
				expect(counted[name]).toBeGreaterThan(1000);
				expect(counted[name]).toBe(
					lab.truth.count({ instance: name, handled: true }, -Infinity, scraped[name] as number)
				);
			}
			lab.dispose();
		});
	}
);
