import type { Component } from 'svelte';
import type { Check, Mistake } from './check-kit.ts';
import type { Lesson } from './lesson.ts';

/** What a checks.ts exports. */
export interface Checks {
	readonly checks: readonly Check[];
	readonly mistakes: readonly Mistake[];
}

const pages = import.meta.glob<{ default: Component }>('/lessons/*/*/lesson.md');
const checks = import.meta.glob<Checks>('/lessons/*/*/checks.ts');

/** The prose of a lesson, as a component. */
export async function loadPage({ folder }: Pick<Lesson, 'folder'>): Promise<Component> {
	return (await load(pages, `/${folder}/lesson.md`)).default;
}

/** The checks of a lesson. */
export function loadChecks({ folder }: Pick<Lesson, 'folder'>): Promise<Checks> {
	return load(checks, `/${folder}/checks.ts`);
}

function load<Module>(
	modules: Record<string, () => Promise<Module>>,
	path: string
): Promise<Module> {
	const module = modules[path];
	if (!module) throw new Error(`there is no module ${path}`);
	return module();
}
