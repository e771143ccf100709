import { query } from './query.ts';
import { UsageError } from './usage-error.ts';

const USAGE = `usage: npm run -s lab -- query [options] 'expression'

  --world NAME        a world of lessons/worlds, or the path of a world.yaml (default: shop)
  --app FILE          the code that the shop runs (default: the world's own app.ts)
  --seed N            one seed, one history (default: 1)
  --until DURATION    how long the world lives before it is asked (default: 15m)
  --openmetrics FILE  instead of a world: samples with timestamps in OpenMetrics format
  --time TIME         when an instant query is asked (default: the end)
  --start TIME --end TIME --step DURATION
                      a range query
  TIME is Unix seconds, RFC 3339, or a duration since the world began such as 10m`;

// A promise of the shop's code that nobody waits for: worth a line, and no reason to stop.
process.on('unhandledRejection', (reason) => {
	console.error(`lab: ${reason instanceof Error ? reason.message : String(reason)}`);
});

try {
	const [command, ...args] = process.argv.slice(2);
	if (
		command === undefined ||
		command === 'help' ||
		args.includes('--help') ||
		command === '--help'
	) {
		console.log(USAGE);
	} else if (command === 'query') {
		const { text, isError } = await query(args);
		console.log(text);
		process.exitCode = isError ? 1 : 0;
	} else {
		throw new UsageError(`unknown command "${command}": the one there is, is query`);
	}
} catch (error) {
	if (!(error instanceof UsageError)) throw error;
	console.error(`lab: ${error.message}`);
	process.exitCode = 2;
}
