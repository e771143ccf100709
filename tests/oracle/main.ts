/**
 * `npm run oracle`: random queries over random data, put to this engine and to Prometheus' own, and what they answer compared to the
 * last bit. `npm run oracle -- parse` does the same for texts and the two parsers.
 */
import { compareParsers } from './compare-parsers.ts';
import { compareQueries } from './compare-queries.ts';
import { buildGoProgram } from './go-program.ts';
import { readOptions, type Options } from './options.ts';
import { Prometheus } from './prometheus.ts';

const options = readOptions(process.argv.slice(2));
const build = buildGoProgram();
if (build.ok) await run(build.path, options);
else console.log(`oracle is skipped: ${build.reason}`);

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
	const { passed, varying, impossible, failed, answers } = await compareQueries(
		prometheus,
		options
	);
	const { samples, histograms, errors, annotated } = answers;
	console.log(
		`of Prometheus' answers ${samples} hold samples (${histograms} histograms), ${errors} are errors, ${annotated} are annotated`
	);
	console.log(
		`passed because Prometheus' own answers vary: ${varying}; because its answer has two samples of a series at one time: ${impossible}`
	);
	console.log(`${passed} passed, ${failed} failed`);
	return failed;
}

async function parsers(prometheus: Prometheus, options: Options): Promise<number> {
	const { passed, failed, accepted } = await compareParsers(prometheus, options);
	console.log(`Prometheus accepts ${accepted} of the texts`);
	console.log(`${passed} passed, ${failed} failed`);
	return failed;
}
