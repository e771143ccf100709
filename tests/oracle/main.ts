/**
 * `npm run oracle`: random queries over random data, put to this engine and to Prometheus' own, and what they answer compared to the
 * last bit. `npm run oracle -- parse` does the same for texts and the two parsers, `-- exposition` for pages of metrics, `-- nhcb` for
 * their histograms, `-- config` for configuration files, `-- relabel` for relabelling rules, `-- export` for worlds that `lab export` has
 * dumped, `-- scrape` for scenarios of scraping,
 * `-- stats` for what is counted.
 */
import { runConfigs } from './config/compare-configs.ts';
import { compareParsers } from './compare-parsers.ts';
import { compareQueries } from './compare-queries.ts';
import { runExports } from './export/compare-exports.ts';
import { compareExpositions } from './exposition/compare-expositions.ts';
import { buildGoProgram } from './go-program.ts';
import { EXCUSES, OWN_ANSWER } from './judge.ts';
import { runConversions } from './nhcb/compare-conversions.ts';
import { readOptions, USAGE, UsageError, type Options } from './options.ts';
import { Prometheus } from './prometheus.ts';
import { runRelabeling } from './relabel/compare-relabeling.ts';
import { runScrapes } from './scrape/compare-scrapes.ts';
import { runStats } from './stats/compare-stats.ts';

/**
 * Beyond these shares of the queries excuses are no longer believed. What is seen: 0.3 % have several answers in Prometheus itself, and
 * for 0.03 % something else speaks. A handful is always allowed.
 */
const MOST_VARYING = 0.01;
const MOST_BELIEVED = 0.001;
const HANDFUL = 10;

const options = optionsOrUsage();
const build = buildGoProgram();
if (build.ok && options.mode === 'exposition') pages(build.path, options);
else if (build.ok && options.mode === 'nhcb') runConversions(build.path, options);
else if (build.ok && options.mode === 'relabel') runRelabeling(build.path, options);
else if (build.ok && options.mode === 'config') runConfigs(build.path, options);
else if (build.ok && options.mode === 'export') await runExports(build.path, options);
else if (build.ok && options.mode === 'scrape') await runScrapes(build.path, options);
else if (build.ok && options.mode === 'stats') await runStats(build.path, options);
else if (build.ok) await run(build.path, options);
else if (build.hasGo) throw new Error(build.reason);
else console.log(`oracle is skipped: ${build.reason}`);

/** What the command line asks for. Where that is the usage, or nothing that there is, the process ends. */
function optionsOrUsage(): Options {
	try {
		const options = readOptions(process.argv.slice(2));
		if (options) return options;
		console.log(USAGE);
		process.exit();
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		console.error(`oracle: ${error.message}`);
		process.exit(2);
	}
}

async function run(path: string, options: Options): Promise<void> {
	const prometheus = new Prometheus(path);
	try {
		const failed = await (options.mode === 'parse' ? parsers : queries)(prometheus, options);
		if (failed > 0) process.exitCode = 1;
	} finally {
		prometheus.close();
	}
}

async function queries(prometheus: Prometheus, options: Options): Promise<number> {
	const { passed, failed, excused, answers } = await compareQueries(prometheus, options);
	const { samples, histograms, errors, annotated } = answers;
	console.log(
		`of Prometheus' answers ${samples} hold samples (${histograms} histograms), ${errors} are errors, ${annotated} are annotated`
	);
	for (const excuse of EXCUSES) console.log(`passed as ${excuse}: ${excused.get(excuse) ?? 0}`);
	const varying = excused.get(OWN_ANSWER) ?? 0;
	const believed = [...excused.values()].reduce((sum, count) => sum + count, -varying);
	const tooMany =
		failsOn('answers that vary', varying, options.runs * MOST_VARYING) +
		failsOn('other excuses', believed, options.runs * MOST_BELIEVED);
	console.log(`${passed} passed, ${failed} failed`);
	return failed + tooMany;
}

/** Says how many may be excused so; 1 when it was more, which fails the run. */
function failsOn(what: string, count: number, share: number): number {
	const most = Math.max(HANDFUL, Math.floor(share));
	const isMore = count > most;
	console.log(`${what}: ${count} of at most ${most}${isMore ? ', so the run has failed' : ''}`);
	return isMore ? 1 : 0;
}

async function parsers(prometheus: Prometheus, options: Options): Promise<number> {
	const { passed, failed, accepted } = await compareParsers(prometheus, options);
	console.log(`Prometheus accepts ${accepted} of the texts`);
	console.log(`${passed} passed, ${failed} failed`);
	return failed;
}

function pages(path: string, options: Options): void {
	const { passed, failed, accepted, samples } = compareExpositions(path, options);
	console.log(`Prometheus accepts ${accepted} of the pages, with ${samples} samples`);
	console.log(`${passed} passed, ${failed} failed`);
	if (failed > 0) process.exitCode = 1;
}
