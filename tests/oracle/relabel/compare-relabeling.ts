import { checkRule, createRelabeler, relabelSteps } from '#engine/scrape';
import { createChance } from '../chance.ts';
import type { Options } from '../options.ts';
import { mixSeed } from '../seed.ts';
import { relabelWithPrometheus, type Relabeled } from './prometheus-relabel.ts';
import { randomCase, type RelabelCase } from './random-case.ts';
import { smallerCases } from './smaller-cases.ts';

/** So many cases go to Prometheus at once. */
const BATCH = 2_000;

/** Beyond this share of the cases what is called unbalanced is no longer believed. A handful is always allowed. */
const MOST_UNBALANCED = 0.001;
const HANDFUL = 10;

/** What came of all cases. */
interface RelabelTally {
	passed: number;
	failed: number;
	/** Cases whose rules Prometheus accepts, and of them those in which rules changed the set or dropped it. */
	accepted: number;
	changed: number;
	dropped: number;
	/** Passed though only Prometheus accepts them: their parentheses close those around them, which we refuse on purpose. */
	unbalanced: number;
}

/** Compares, prints what came of it, and fails the run when anything differed. */
export function runRelabeling(program: string, options: Options): void {
	const { passed, failed, accepted, changed, dropped, unbalanced } = compareRelabeling(
		program,
		options
	);
	console.log(
		`Prometheus accepts the rules of ${accepted} cases, changes ${changed} label sets and drops ${dropped}`
	);
	const most = Math.max(HANDFUL, Math.floor(options.runs * MOST_UNBALANCED));
	console.log(`passed as unbalanced: ${unbalanced} of at most ${most}`);
	console.log(`${passed} passed, ${failed} failed`);
	if (failed > 0 || unbalanced > most) process.exitCode = 1;
}

/** Gives random rules and label sets to both, and prints the first that they relabel differently, made small. */
function compareRelabeling(program: string, options: Options): RelabelTally {
	const tally = { passed: 0, failed: 0, accepted: 0, changed: 0, dropped: 0, unbalanced: 0 };
	const { from, runs, seed, show } = options;
	for (let first = from; first < from + runs; first += BATCH) {
		const count = Math.min(BATCH, from + runs - first);
		const cases = Array.from({ length: count }, (_, i) =>
			randomCase(createChance(mixSeed(seed, first + i)))
		);
		for (const [i, theirs] of relabelWithPrometheus(program, cases).entries()) {
			const one = cases[i] as RelabelCase;
			note(tally, one, theirs);
			const ours = relabelHere(one);
			if (isUnbalanced(ours)) tally.unbalanced++;
			else if (isDifferent(ours, theirs)) {
				if (++tally.failed <= show) report(program, one, first + i);
				continue;
			}
			tally.passed++;
		}
	}
	return tally;
}

function note(tally: RelabelTally, { labels }: RelabelCase, theirs: Relabeled): void {
	if ('error' in theirs) return;
	tally.accepted++;
	if (!theirs.labels) tally.dropped++;
	else if (theirs.labels.join('\n') !== labels.join('\n')) tally.changed++;
}

function relabelHere({ rules, labels, added }: RelabelCase): Relabeled {
	try {
		const error = rules.map(checkRule).find((one) => one !== undefined);
		if (error !== undefined) return { error };
		return {
			labels: createRelabeler(rules)(labels, added),
			steps: relabelSteps(rules, labels).map(({ keep, output }) => (keep ? output : undefined))
		};
	} catch (thrown) {
		return { error: `thrown: ${thrown instanceof Error ? thrown.stack : String(thrown)}` };
	}
}

/** Whether we refuse what Prometheus compiles. Where it refuses an expression too, the message shows it with anchors. */
function isUnbalanced(ours: Relabeled): boolean {
	return (
		'error' in ours &&
		ours.error.startsWith('error parsing regexp: unexpected ): `') &&
		!ours.error.includes('^(?s:')
	);
}

function isDifferent(ours: Relabeled, theirs: Relabeled): boolean {
	return JSON.stringify(plain(ours)) !== JSON.stringify(plain(theirs));
}

/** With null for what was dropped, as JSON has it, and keys in one order. */
function plain(one: Relabeled): object {
	return 'error' in one ? { error: one.error } : { labels: one.labels ?? null, steps: one.steps };
}

function report(program: string, one: RelabelCase, run: number): void {
	const small = shrink(program, one);
	const [theirs] = relabelWithPrometheus(program, [small]);
	console.log(
		`case ${run}: ${JSON.stringify(small)}\n  ours   ${JSON.stringify(plain(relabelHere(small)))}\n  theirs ${JSON.stringify(plain(theirs as Relabeled))}\n`
	);
}

/** The case with as much left out as can be while the two still differ. */
function shrink(program: string, one: RelabelCase): RelabelCase {
	let small = one;
	for (;;) {
		const candidates = smallerCases(small);
		if (candidates.length === 0) return small;
		const theirs = relabelWithPrometheus(program, candidates);
		const next = candidates.find((candidate, i) => {
			const [ours, other] = [relabelHere(candidate), theirs[i] as Relabeled];
			return isDifferent(ours, other) && !isUnbalanced(ours);
		});
		if (!next) return small;
		small = next;
	}
}
