import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Source } from '../../src/cli/source.ts';
import { live, type Life } from '../oracle/export/life.ts';
import { ourAnswer } from '../oracle/export/our-answer.ts';
import { compareReadBack } from '../oracle/export/read-back.ts';
import { countSamples, everySeries, markersOf } from '../oracle/export/samples.ts';
import { temporaryFolder } from './serve-support.ts';

const folder = temporaryFolder();
const inOracle = (path: string) =>
	fileURLToPath(new URL(`../oracle/export/${path}`, import.meta.url));

let life: Life;

/** A life at the beginning of time, with numbers and labels at the edge; its first instance crashes after 6m10s. */
beforeAll(async () => {
	const [world, app] = [inOracle('early-shop.yaml'), inOracle('odd-app.ts')];
	const options = { world, app, seed: '1', until: '7m' };
	life = await live({ name: 'early', options, queries: [] }, folder.path);
}, 20_000);

afterAll(() => folder.remove());

const SECONDS_AFTER_CRASH = 390;

/** The numbers that a query has a while after the crash, as texts by instance. */
async function instances({ api }: Source, query: string): Promise<(string | undefined)[]> {
	const time = SECONDS_AFTER_CRASH * 1000;
	const { error, series } = await ourAnswer(api, { query, start: time, end: time, step: 0 });
	expect(error).toBeUndefined();
	return series.map(({ labels }) => labels.find((text) => text.startsWith('shop-')));
}

describe('a dump of lab export, read back', () => {
	it('gives the head that it is of, and the same dump again', () => {
		expect(countSamples(everySeries(life.lab.querier))).toBeGreaterThan(10_000);
		expect(compareReadBack(life)).toEqual({ head: undefined, dump: undefined });
	});

	it('has no staleness markers', () => {
		expect(markersOf(everySeries(life.lab.querier)).length).toBeGreaterThan(30);
		expect(markersOf(everySeries(life.readBack.querier))).toEqual([]);
	});

	it('lets series of a crashed instance live on until they are five minutes old', async () => {
		const [first, second] = ['shop-1:8000', 'shop-2:8000'];
		expect(await instances(life.lab, 'forgetful_total')).toEqual([second]);
		expect(await instances(life.readBack, 'forgetful_total')).toEqual([first, second]);
	});

	it.each(['up', 'up == 0', 'rate(forgetful_total[2m])', 'resets(forgetful_total[6m])'])(
		'answers %s as the lab does, which asks for no marker',
		async (query) => {
			const asked = { query, start: 0, end: 420_000, step: 7_000 };
			const ofLab = await ourAnswer(life.lab.api, asked);
			expect(ofLab.series.length).toBeGreaterThan(0);
			expect(await ourAnswer(life.readBack.api, asked)).toEqual(ofLab);
		}
	);
});
