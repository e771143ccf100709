import type { Scenario } from '../scenario.ts';
import { DUPLICATES } from './duplicates.ts';
import { FAILURES } from './failures.ts';
import { HISTOGRAMS } from './histograms.ts';
import { LABELS } from './labels.ts';
import { LIMITS } from './limits.ts';
import { NAMES } from './names.ts';
import { PROTOCOLS } from './protocols.ts';
import { RELABELING } from './relabeling.ts';
import { RELOADS } from './reloads.ts';
import { SERIES } from './series.ts';
import { TARGETS } from './targets.ts';
import { TIMESTAMPS } from './timestamps.ts';

/** All scripted scenarios, by theme. */
export const SCENARIOS: readonly Scenario[] = [
	...SERIES,
	...FAILURES,
	...PROTOCOLS,
	...LABELS,
	...TIMESTAMPS,
	...DUPLICATES,
	...TARGETS,
	...RELABELING,
	...LIMITS,
	...NAMES,
	...HISTOGRAMS,
	...RELOADS
];
