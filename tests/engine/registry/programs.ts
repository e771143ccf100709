import type { Program } from './program.ts';
import { aggregation } from './programs/aggregation.ts';
import { basics } from './programs/basics.ts';
import { counters } from './programs/counters.ts';
import { exemplars } from './programs/exemplars.ts';
import { gauges } from './programs/gauges.ts';
import { histograms } from './programs/histograms.ts';
import { module } from './programs/module.ts';
import { registers } from './programs/registers.ts';
import { summaries } from './programs/summaries.ts';

/** What is run on prom-client and here, and has to leave the same behind. */
export const programs: readonly Program[] = [
	...basics,
	...counters,
	...gauges,
	...histograms,
	...summaries,
	...registers,
	...exemplars,
	...aggregation,
	...module
];
