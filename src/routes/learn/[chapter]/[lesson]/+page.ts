import { loadChecks, loadPage } from '$lib/course/modules.ts';
import type { PageLoad } from './$types';

/** What cannot be sent as data: the prose is a component, the checks are functions. */
export const load: PageLoad = async ({ data }) => ({
	...data,
	Prose: await loadPage(data.lesson),
	checks: await loadChecks(data.lesson)
});
