import type { Component } from 'svelte';
import type { Check, Mistake, Remark } from './check-kit.ts';
import type { CodeTask, ConfigTask, Lesson, QueryTask } from './lesson.ts';
import type { QueryChecks, QueryMistake } from './query-kit.ts';
import type { ReviewTemplate } from './review/item.ts';

/** What is asked of code, and the mistakes that are known. */
export interface CodeChecks {
	readonly checks: readonly Check[];
	readonly mistakes: readonly Mistake[];
	/** Queries that the store is asked at the end of each trial; `Evidence.queries` has the answers, in their order. */
	readonly asks?: readonly string[];
}

/** What a checks.ts exports: `checks` and `mistakes` for the lesson's code, and by id what the other tasks need. */
export interface Checks extends Partial<CodeChecks> {
	readonly queries?: Readonly<Record<string, QueryChecks>>;
	readonly configs?: Readonly<Record<string, ConfigChecks>>;
	readonly variants?: Readonly<Record<string, CodeChecks>>;
}

/** What is asked of a `prometheus.yml`: of what it stored, which is what `asks` asks for. */
export interface ConfigChecks extends CodeChecks {
	/** What is worth saying of an answer that passes. */
	readonly remarks?: readonly Remark[];
}

/** What is asked of the code of a task. */
export function codeChecksOf(checks: Checks, { id, variantOf }: CodeTask): CodeChecks {
	const { checks: own = [], mistakes = [], asks = [] } = checks;
	const found = variantOf === undefined ? { checks: own, mistakes, asks } : checks.variants?.[id];
	// Code of which nothing is asked would pass.
	if (!found || found.checks.length === 0) throw new Error(`checks.ts asks nothing of ${id}`);
	return found;
}

/** What is asked of the `prometheus.yml` of a task. */
export function configChecksOf(checks: Checks, { id }: ConfigTask): ConfigChecks {
	const found = checks.configs?.[id];
	// A configuration of which nothing is asked would pass.
	if (!found || found.checks.length === 0) throw new Error(`checks.ts asks nothing of ${id}`);
	return found;
}

/** The known mistakes of a query task. */
export function queryMistakesOf(checks: Checks, { id }: QueryTask): readonly QueryMistake[] {
	return checks.queries?.[id]?.mistakes ?? [];
}

const pages = import.meta.glob<{ default: Component }>('/lessons/*/*/lesson.md');
const checks = import.meta.glob<Checks>('/lessons/*/*/checks.ts');
const reviews = import.meta.glob<{ review: readonly ReviewTemplate[] }>('/lessons/*/*/review.ts');

/** The prose of a lesson, as a component. */
export async function loadPage({ folder }: Pick<Lesson, 'folder'>): Promise<Component> {
	return (await load(pages, `/${folder}/lesson.md`)).default;
}

/** The checks of a lesson. */
export function loadChecks({ folder }: Pick<Lesson, 'folder'>): Promise<Checks> {
	return load(checks, `/${folder}/checks.ts`);
}

/** What a lesson asks again later; of a lesson without a review.ts nothing. */
export async function loadReview({
	folder
}: Pick<Lesson, 'folder'>): Promise<readonly ReviewTemplate[]> {
	const path = `/${folder}/review.ts`;
	return path in reviews ? (await load(reviews, path)).review : [];
}

function load<Module>(
	modules: Record<string, () => Promise<Module>>,
	path: string
): Promise<Module> {
	const module = modules[path];
	if (!module) throw new Error(`there is no module ${path}`);
	return module();
}
