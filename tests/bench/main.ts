import { benchBuckets } from './buckets.ts';
import { benchCardinality } from './cardinality.ts';
import { benchDay } from './day.ts';
import { benchExposition } from './exposition.ts';
import { benchPromql } from './promql.ts';
import { benchPython } from './python.ts';
import { benchRegistry } from './registry.ts';
import { benchScale } from './scale.ts';
import { benchScrape } from './scrape.ts';
import { benchSim } from './sim.ts';
import { benchTsdb } from './tsdb.ts';

const BENCHES: Readonly<Record<string, () => void | Promise<void>>> = {
	registry: () => benchRegistry(),
	exposition: () => benchExposition(),
	sim: () => benchSim(),
	scrape: () => benchScrape(),
	tsdb: () => benchTsdb(),
	promql: () => benchPromql(),
	scale: () => benchScale(),
	day: () => benchDay(),
	cardinality: () => benchCardinality(),
	buckets: () => benchBuckets(),
	python: () => benchPython()
};

// `npm run bench -- promql tsdb` runs only those.
const wanted = process.argv.slice(2);
const usage = `usage: npm run bench -- [${Object.keys(BENCHES).join(' | ')}]…; without a name, all of them`;
const stranger = wanted.find((room) => !Object.hasOwn(BENCHES, room));
if (stranger === '--help') {
	console.log(usage);
} else if (stranger !== undefined) {
	console.error(`bench: there is no "${stranger}"; ${usage}`);
	process.exitCode = 2;
} else {
	for (const [room, bench] of Object.entries(BENCHES)) {
		if (wanted.length === 0 || wanted.includes(room)) await bench();
	}
}
