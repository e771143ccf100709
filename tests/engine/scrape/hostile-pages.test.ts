import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ABSENT, metricName } from '#engine/model';
import { page, ScrapeWorld } from './scrape-world.ts';

const RUNS = 10_000;
const TYPES = [
	'text/plain; version=0.0.4',
	'application/openmetrics-text; version=1.0.0',
	'text/html',
	''
];

const GOOD = [
	'# HELP a Counts.\n# TYPE a counter\na{x="1"} 1\na{x="2"} 2\n',
	'# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 2\nh_sum 3\nh_count 2\n',
	'# TYPE g gauge\n# UNIT g seconds\ng 1 # {id="x"} 1\n# EOF\n',
	'm{a="b",c="d"} 1 1000\n{"quoted name"} 2\n'
].map((text) => new TextEncoder().encode(text));

/** Random bytes, and pages with some bytes changed, taken out or put in. */
const bodies = fc.oneof(
	fc.uint8Array({ maxLength: 60 }),
	fc
		.tuple(
			fc.constantFrom(...GOOD),
			fc.array(
				fc.tuple(
					fc.nat(120),
					fc.constantFrom(...new TextEncoder().encode('\n\0 {}",=#1eNa\xff\\')),
					fc.nat(2)
				),
				{ maxLength: 4 }
			)
		)
		.map(([good, edits]) => {
			const bytes = [...good];
			for (const [at, byte, kind] of edits) {
				bytes.splice(at % bytes.length, kind === 0 ? 0 : 1, ...(kind === 1 ? [] : [byte]));
			}
			return Uint8Array.from(bytes);
		})
);

/** How many samples of pages, not of reports, are stored at a time, staleness markers aside. */
function storedAt(world: ScrapeWorld, time: number): number {
	const all = world.head.select([], time, time);
	return all.filter(({ labels, marks, start }) => {
		const name = metricName(labels);
		const isReport = name === 'up' || name.startsWith('scrape_');
		return !isReport && (marks?.[start] ?? 0) === 0 && marks?.[start] !== ABSENT;
	}).length;
}

test('whatever bytes come, a scrape is stored whole or not at all, and says which', async () => {
	let world = new ScrapeWorld();
	let good = 0;
	let failed = 0;
	await fc.assert(
		fc.asyncProperty(bodies, fc.constantFrom(...TYPES), async (body, contentType) => {
			if ((good + failed) % 200 === 0) world = new ScrapeWorld();
			const time = world.next;
			const report = await world.scrape({ ...page('', contentType), body } as never);
			if (report.error === undefined) good++;
			else {
				failed++;
				expect(storedAt(world, time)).toBe(0);
			}
			expect(
				world.reported('up').endsWith(`${report.error === undefined ? 1 : 0}@${time / 1000}`)
			).toBe(true);
		}),
		{ numRuns: RUNS }
	);
	expect(Math.min(good, failed)).toBeGreaterThan(RUNS / 20);
}, 60_000);
