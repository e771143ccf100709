import { labelValue, type Problem } from '#engine/model';
import type { JobTargets } from '$lib/state/target-list.svelte.ts';
import type { Place } from './job-place.ts';

/** The worst that can be said of something, for a mark. Advice is not marked. */
export type Fault = 'error' | 'warning';

/** By file, line and column. What has no place comes before what has one. */
export function byPlace(problems: readonly Problem[]): readonly Problem[] {
	return problems.toSorted(
		(a, b) =>
			compareFiles(a.file ?? '', b.file ?? '') ||
			(a.line ?? 0) - (b.line ?? 0) ||
			(a.column ?? 0) - (b.column ?? 0)
	);
}

function compareFiles(a: string, b: string): number {
	return a < b ? -1 : Number(a > b);
}

/** What a mark for these problems stands for; undefined when they need none. */
export function worstOf(problems: readonly Problem[]): Fault | undefined {
	if (problems.some(({ severity }) => severity === 'error')) return 'error';
	return problems.some(({ severity }) => severity === 'warning') ? 'warning' : undefined;
}

/** `problem`, `warnings`: what these are called. */
export function nounOf(problems: readonly Problem[]): string {
	const noun = worstOf(problems) === 'warning' ? 'warning' : 'problem';
	return problems.length === 1 ? noun : `${noun}s`;
}

/**
 * A warning for each reason why something that was found for a job makes no target; Prometheus only writes it to its log. The place is that
 * of the job, where there is one.
 */
export function refusalProblems(
	jobs: readonly JobTargets[],
	file: string,
	placeOf: (job: string) => Place | undefined
): readonly Problem[] {
	return jobs.flatMap(({ name, refused }) => {
		const errors = [...new Set(refused.map(({ item }) => item.error))];
		return errors.map((error) => ({
			message: `job ${JSON.stringify(name)}: ${namesOf(refused.filter(({ item }) => item.error === error))} no target: ${error}. The Targets tab shows what each rule made of its labels.`,
			severity: 'warning' as const,
			file,
			...placeOf(name)
		}));
	});
}

function namesOf([first, ...others]: JobTargets['refused']): string {
	const address = labelValue(first?.item.discoveredLabels ?? [], '__address__');
	const name = address === '' ? 'an empty address' : address;
	if (others.length === 0) return `${name} is`;
	return `${name} and ${others.length.toLocaleString('en')} more are`;
}
