import { benchDay } from './day.ts';
import { benchExposition } from './exposition.ts';
import { benchPromql } from './promql.ts';
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
	day: () => benchDay()
};

// `npm run bench -- promql tsdb` runs only those.
const wanted = process.argv.slice(2);
for (const [room, bench] of Object.entries(BENCHES)) {
	if (wanted.length === 0 || wanted.includes(room)) await bench();
}
