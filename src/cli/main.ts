import { FEATURE_FLAGS } from '#engine/promql';
import { explain } from './explain.ts';
import { exportSamples } from './export.ts';
import { query, type Printed } from './query.ts';
import { serve } from './serve.ts';
import { UsageError } from './usage-error.ts';

const USAGE = `usage: npm run -s lab -- query [options] 'expression'
       npm run -s lab -- explain [options] [--json] 'expression'
       npm run -s lab -- serve [options] [--port N] [--listen ADDRESS] [--speed N]
       npm run -s lab -- export [--world NAME] [--app FILE] [--seed N] [--begin TIME] [--until DURATION] [--config FILE]

  query prints the JSON that Prometheus would answer with; explain prints what each part of the query did, and advice on it;
  serve answers over HTTP as a Prometheus does, until it is interrupted;
  export prints all samples in OpenMetrics format, for promtool tsdb create-blocks-from openmetrics;
  instead of the expression, - reads it from standard input; one that begins with -- goes after a -- of its own

  --world NAME        a world of lessons/worlds, or the path of a world.yaml (default: shop)
  --app FILE          the code that the shop runs, in TypeScript, or in Python where its name ends with .py: with the files
                      of its language beside it, a gunicorn.conf.py too (default: the world's own app.ts,
                      or else its app.py)
  --seed N            one seed, one history (default: 1)
  --begin TIME        when the world begins, Unix seconds or RFC 3339 (default: its own moment, the same every time);
                      now is so long before now that it ends now, and with serve and no --until it begins now and goes on
  --until DURATION    how long the world lives before it is asked, at most 31d (default: 15m; serve: it goes on)
  --config FILE       a prometheus.yml: what is scraped, and how (default: every instance of the world)
  --openmetrics FILE  instead of a world: samples with timestamps in OpenMetrics format
  --query.max-samples N, --query.timeout DURATION, --query.lookback-delta DURATION
                      how many samples a query may hold, how long it may take, how far back it looks, all as in Prometheus
                      (default: 50000000, 2m, 5m)
  --time TIME         when an instant query is asked (default: the end)
  --start TIME --end TIME --step DURATION
                      a range query
  --enable-feature NAME[,NAME…]
                      experimental parts of PromQL, by the names that Prometheus has for them:
${FEATURE_FLAGS.map(({ flag }) => `                        ${flag}`).join('\n')}
                        promql-per-step-stats, serve only: stats=all tells of each step
  --json              explain only: the explanation as data, with the advice as findings
  --port N            serve only: where to listen; 0 is any port that is free (default: 9090)
  --listen ADDRESS    serve only: another address than 127.0.0.1, so that other machines may ask as well
  --speed N           serve only, instead of --until: the world goes on, N times as fast as clocks on walls (default: 1)
  TIME is Unix seconds, RFC 3339, or a duration since the world began such as 10m`;

/** Serving and exporting end with nothing left to say. */
type Command = (args: readonly string[]) => Promise<Printed | undefined>;
const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
	['query', query],
	['explain', explain],
	['serve', serve],
	['export', (args) => exportSamples(args)]
]);

// Who reads the output may have seen enough, as head has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') throw error;
	process.exit();
});

// A promise of the shop's code that nobody waits for: worth a line, and no reason to stop.
process.on('unhandledRejection', (reason) => {
	console.error(`lab: ${reason instanceof Error ? reason.message : String(reason)}`);
});

try {
	const [name, ...args] = process.argv.slice(2);
	const command = COMMANDS.get(name ?? '');
	if (name === undefined || name === 'help' || name === '--help' || args.includes('--help')) {
		console.log(USAGE);
	} else if (command) {
		const printed = await command(args);
		if (printed) console.log(printed.text);
		process.exitCode = printed?.isError ? 1 : 0;
	} else {
		throw new UsageError(`unknown command "${name}": there are ${[...COMMANDS.keys()].join(', ')}`);
	}
} catch (error) {
	if (!(error instanceof UsageError)) throw error;
	console.error(error.message.replace(/^/gm, 'lab: '));
	process.exitCode = 2;
}
