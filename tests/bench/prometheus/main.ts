/**
 * `npm run bench:prometheus`: the same queries over the same data on this engine and on Prometheus', in one run, turn by turn.
 * Theirs is timed inside the Go process, from text to the engine's result; ours from text to typed arrays.
 */
import { buildGoProgram } from '../../oracle/go-program.ts';
import { timeInChromium } from './browser.ts';
import { makeDataSet, type DataSetName } from './data.ts';
import { isWanted, readOptions, type Options } from './options.ts';
import { OurEngine } from './our-engine.ts';
import {
	INSTANT_QUERIES,
	RANGE_QUERIES,
	atTheEnd,
	wholeRange,
	type Bounds,
	type Scenario
} from './queries.ts';
import { timeSideBySide, warmUp, type Contest, type Row } from './side-by-side.ts';
import { geometricMean } from './statistics.ts';
import { formatRow, tableHead } from './table.ts';
import { Prometheus } from './theirs.ts';

const STEPS = 1440;

const options = readOptions(process.argv.slice(2));
const build = buildGoProgram();
if (build.ok) await run(build.path, options);
else console.log(`bench:prometheus is skipped: ${build.reason}`);

async function run(path: string, options: Options): Promise<void> {
	const engine = await OurEngine.start();
	const prometheus = new Prometheus(path);
	try {
		for (const set of setsOf(options)) {
			const targets = makeDataSet(set);
			await engine.load(set);
			const series = targets.reduce((sum, target) => sum + target.series.length, 0);
			const storage = await prometheus.load(set, targets);
			console.log(`data set ${set}: ${series} series; Prometheus keeps it in ${storage}`);
		}
		await compareAll({ prometheus, engine }, options);
	} finally {
		prometheus.close();
		engine.close();
	}
}

function setsOf(options: Options): Set<DataSetName> {
	const scenarios = [...RANGE_QUERIES, ...INSTANT_QUERIES];
	const sets = scenarios.filter(({ query }) => isWanted(options, query)).map(({ set }) => set);
	if (!options.quick) sets.push('main', 'wide');
	return new Set(sets);
}

async function compareAll(contest: Contest, options: Options): Promise<void> {
	const rounds = options.quick ? 5 : 11;
	const fine = await timeAll(contest, options, {
		title: 'range queries, every scrape',
		scenarios: RANGE_QUERIES,
		boundsOf: (scenario) => wholeRange(scenario, 1),
		rounds
	});
	const coarse = options.quick
		? []
		: await timeAll(contest, options, {
				title: 'range queries, every fourth scrape',
				scenarios: RANGE_QUERIES,
				boundsOf: (scenario) => wholeRange(scenario, 4),
				rounds
			});
	const instant = await timeAll(contest, options, {
		title: 'instant queries',
		scenarios: INSTANT_QUERIES,
		boundsOf: atTheEnd,
		rounds: 3 * rounds
	});
	if (!options.quick) {
		await printMemory(contest);
		await printChromium(contest, options, rounds).catch((error: unknown) => {
			console.log(
				`Chromium is left out: ${error instanceof Error ? error.message : String(error)}`
			);
		});
	}
	printSummary(fine, coarse, instant);
}

/** Scenarios to be timed one after the other, in a table. */
interface Section {
	readonly title: string;
	readonly scenarios: readonly Scenario[];
	readonly boundsOf: (scenario: Scenario) => Bounds;
	readonly rounds: number;
}

async function timeAll(
	contest: Contest,
	options: Options,
	{ title, scenarios, boundsOf, rounds }: Section
): Promise<Row[]> {
	const wanted = scenarios.filter(({ query }) => isWanted(options, query));
	await warmUp(
		contest,
		wanted.map((scenario) => ({ scenario, bounds: boundsOf(scenario) }))
	);
	console.log(`\n${title}\n${tableHead()}`);
	const rows: Row[] = [];
	for (const scenario of wanted) {
		const row = await timeSideBySide(contest, scenario, boundsOf(scenario), rounds);
		console.log(formatRow(row));
		rows.push(row);
	}
	return rows;
}

/** Of the same targets, at the same 1,440 steps, so that only the number of series differs. */
async function printMemory({ engine }: Contest): Promise<void> {
	console.log(
		'\npeak memory at 1,440 steps over 200 targets, beside what series x steps would take. Window plans, one for each target,\n' +
			'are most of it; the kernels have 16 MiB of their own, however many series there are'
	);
	const cases = [
		{ selector: 'big_total{path=~"/[0-4]"}', series: 1_000 },
		{ selector: 'big_total', series: 10_000 }
	];
	for (const { selector, series } of cases) {
		const query = `sum by (job) (rate(${selector}[5m]))`;
		const bounds = wholeRange({ query, set: 'wide', hours: 1 }, 1 / 6);
		const peak = await engine.peakMemory('wide', query, bounds);
		const dense = series * STEPS * (Float64Array.BYTES_PER_ELEMENT + 1);
		console.log(`${query.padEnd(72)}${megabytes(peak)} of ${megabytes(dense)}`);
	}
}

async function printChromium({ engine }: Contest, options: Options, rounds: number): Promise<void> {
	console.log('\nthis engine in Chromium beside Node, 1,440 steps, ms');
	const queries = RANGE_QUERIES.filter(
		({ query, set }) => set === 'main' && isWanted(options, query)
	).map((scenario) => ({ query: scenario.query, bounds: wholeRange(scenario, 1) }));
	const ratios: number[] = [];
	await timeInChromium(engine, queries, rounds, ({ query, node, chromium }) => {
		ratios.push(chromium / node);
		const figures = [node.toFixed(2), chromium.toFixed(2), (chromium / node).toFixed(2)];
		console.log(query.padEnd(72) + figures.map((text) => text.padStart(11)).join(''));
	});
	console.log(`geometric mean of Chromium / Node ${geometricMean(ratios).toFixed(2)}`);
}

function printSummary(fine: readonly Row[], coarse: readonly Row[], instant: readonly Row[]): void {
	const different = [...fine, ...coarse, ...instant].filter(
		({ agreement }) => agreement.kind === 'different'
	);
	console.log();
	if (coarse.length > 0) {
		console.log(`geometric mean over every fourth scrape ${mean(coarse)}`);
	}
	if (instant.length > 0) {
		console.log(`geometric mean over instant queries ${mean(instant)}`);
	}
	const full = fine.filter(({ steps }) => steps === STEPS);
	if (fine.length > 0) {
		const least = fine.reduce((a, b) => (a.ratio < b.ratio ? a : b));
		console.log(`least ratio at every scrape ${least.ratio.toFixed(1)}: ${least.query}`);
	}
	console.log(`${different.length} of the answers are different`);
	if (different.length > 0) process.exitCode = 1;
	console.log(`geometric mean ${mean(full)}`);
}

function mean(rows: readonly Row[]): string {
	return geometricMean(rows.map(({ ratio }) => ratio)).toFixed(1);
}

function megabytes(bytes: number): string {
	return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
