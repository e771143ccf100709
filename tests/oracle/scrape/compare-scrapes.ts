import { createChance } from '../chance.ts';
import type { Options } from '../options.ts';
import { mixSeed } from '../seed.ts';
import { toScenario, type Draft } from './draft.ts';
import { linesOf, type Outcome } from './outcome.ts';
import { scrapeHere } from './our-scrapes.ts';
import { scrapeWithPrometheus } from './prometheus-scrapes.ts';
import { randomDraft } from './random-draft.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { smallerDrafts } from './smaller-drafts.ts';

/** So many differences are shown of a scenario. */
const MOST_SHOWN = 8;

/** So many scenarios go to Prometheus at once. */
const BATCH = 200;

/** And so many while one is made small. */
const SMALL_BATCH = 16;

/**
 * Where two targets bring one series, it depends on which of two goroutines is faster what Prometheus stores. So often it is asked again before it
 * is said to differ.
 */
const MORE_TRIES = 4;
/** Beyond this share of the scenarios that is no longer believed. */
const MOST_VARYING = 0.01;

/** What came of all scenarios. */
interface ScrapeTally {
	passed: number;
	failed: number;
	/** Those of the passed ones in which Prometheus did not do the same each time. */
	varying: number;
	/** What Prometheus has stored in them. */
	samples: number;
}

/** Plays the written scenarios and then random ones on both sides, prints what differs, and fails the run when anything did. */
export async function runScrapes(program: string, options: Options): Promise<void> {
	const tally: ScrapeTally = { passed: 0, failed: 0, varying: 0, samples: 0 };
	const written = await compareAll(program, SCENARIOS, tally);
	for (const { scenario, differences } of written.slice(0, options.show)) {
		console.log(report(scenario.title, differences));
	}
	console.log(`written scenarios: ${tally.passed} passed, ${tally.failed} failed`);
	await compareRandom(program, options, tally);
	console.log(`Prometheus has stored ${tally.samples} samples`);
	console.log(`passed in another try, as Prometheus varies: ${tally.varying}`);
	if (tally.varying > Math.max(2, MOST_VARYING * (SCENARIOS.length + options.runs))) {
		console.log('too many vary');
		tally.failed++;
	}
	console.log(`${tally.passed} passed, ${tally.failed} failed`);
	if (tally.failed > 0) process.exitCode = 1;
}

async function compareRandom(
	program: string,
	{ from, runs, seed, show }: Options,
	tally: ScrapeTally
): Promise<void> {
	let shown = 0;
	for (let first = from; first < from + runs; first += BATCH) {
		const count = Math.min(BATCH, from + runs - first);
		const drafts = Array.from({ length: count }, (_, i) =>
			randomDraft(createChance(mixSeed(seed, first + i)))
		);
		const scenarios = drafts.map((draft, i) => toScenario(draft, `random scenario ${first + i}`));
		for (const { scenario, place } of await compareAll(program, scenarios, tally)) {
			if (++shown > show) continue;
			const small = await shrink(program, drafts[place] as Draft);
			console.log(report(`${scenario.title}\n${describe(small.scenario)}`, small.differences));
		}
	}
}

interface Failure {
	readonly scenario: Scenario;
	readonly place: number;
	readonly differences: readonly string[];
}

/** The scenarios that differ. */
async function compareAll(
	program: string,
	scenarios: readonly Scenario[],
	tally?: ScrapeTally
): Promise<Failure[]> {
	const failures: Failure[] = [];
	for (const [place, theirs] of scrapeWithPrometheus(program, scenarios).entries()) {
		const scenario = scenarios[place] as Scenario;
		let differences = await differencesOf(scenario, theirs);
		if (differences.length > 0 && (await agreesOnceMore(program, scenario))) {
			differences = [];
			if (tally) tally.varying++;
		}
		if (differences.length > 0) failures.push({ scenario, place, differences });
		if (!tally) continue;
		tally[differences.length > 0 ? 'failed' : 'passed']++;
		tally.samples += theirs.series.reduce((sum, { samples }) => sum + samples.length, 0);
	}
	return failures;
}

/** Whether Prometheus does in another try what we do. */
async function agreesOnceMore(program: string, scenario: Scenario): Promise<boolean> {
	const tries = Array.from({ length: MORE_TRIES }, () => scenario);
	for (const theirs of scrapeWithPrometheus(program, tries)) {
		if ((await differencesOf(scenario, theirs)).length === 0) return true;
	}
	return false;
}

/** Where the two disagree about a scenario. That Prometheus refuses it is a difference too: there is nothing to compare then. */
async function differencesOf(scenario: Scenario, theirs: Outcome): Promise<string[]> {
	if (theirs.error !== undefined) return [`Prometheus refuses it: ${theirs.error}`];
	const ours = linesOf(await scrapeHere(scenario, theirs.offsetSeed));
	const expected = linesOf(theirs);
	const names = new Set([...expected.keys(), ...ours.keys()]);
	const different = [...names].filter((name) => ours.get(name) !== expected.get(name));
	const { departure } = scenario;
	const isKnown = (name: string) => departure !== undefined && name.startsWith(departure.line);
	if (departure && !different.some(isKnown)) return [`no longer departs: ${departure.reason}`];
	return different
		.filter((name) => !isKnown(name))
		.map((name) => {
			const [mine, other] = [ours.get(name) ?? 'nothing', expected.get(name) ?? 'nothing'];
			return `${name}\n    ours   ${mine}\n    theirs ${other}`;
		});
}

/** The draft with as much left out as can be while the two still differ. */
async function shrink(program: string, draft: Draft): Promise<Failure> {
	let small = draft;
	for (;;) {
		const next = await firstDifferent(program, smallerDrafts(small));
		if (!next) break;
		small = next;
	}
	const [failure] = await compareAll(program, [toScenario(small, 'small')]);
	if (!failure) throw new Error('a scenario that differed in every try does so no more');
	return failure;
}

async function firstDifferent(
	program: string,
	drafts: readonly Draft[]
): Promise<Draft | undefined> {
	for (let first = 0; first < drafts.length; first += SMALL_BATCH) {
		const some = drafts.slice(first, first + SMALL_BATCH);
		const [failure] = await compareAll(
			program,
			some.map((one) => toScenario(one, 'small'))
		);
		if (failure) return some[failure.place];
	}
	return undefined;
}

/** All of a scenario, for whoever wants to play it again. */
function describe({ config, reloads = [], targets, end }: Scenario): string {
	const answers = Object.entries(targets).flatMap(([address, all]) => [
		`${address}:`,
		...all.map((answer, i) => `  ${i + 1} ${JSON.stringify(answer)}`)
	]);
	const later = reloads.flatMap((one) => [`at ${one.at}s:`, one.config]);
	return [config, ...later, ...answers, `until ${end}s`].join('\n');
}

function report(title: string, differences: readonly string[]): string {
	const more = differences.length - MOST_SHOWN;
	const shown = differences.slice(0, MOST_SHOWN).map((one) => `  ${one}`);
	return [title, ...shown, ...(more > 0 ? [`  and ${more} more`] : []), ''].join('\n');
}
