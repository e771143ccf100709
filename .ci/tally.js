import { readFileSync } from 'node:fs';

/**
 * Adds up the reports of Vitest and Playwright and prints `PASSED FAILED SKIPPED`. A report that is missing counts as a failure,
 * for then a runner did not get to its end.
 */
const [vitestPath, playwrightPath] = process.argv.slice(2);

/**
 * @param {string | undefined} path
 * @returns {any} The report; undefined when there is none.
 */
function read(path) {
	try {
		return JSON.parse(readFileSync(path ?? '', 'utf8'));
	} catch {
		return undefined;
	}
}

const vitest = read(vitestPath);
const playwright = read(playwrightPath);
const passed = (vitest?.numPassedTests ?? 0) + (playwright?.stats.expected ?? 0);
// A file that does not load is a failure without a failed test.
const brokenFiles = (vitest?.testResults ?? []).filter(
	(/** @type {{ status: string, assertionResults: unknown[] }} */ { status, assertionResults }) =>
		status === 'failed' && assertionResults.length === 0
).length;
const skipped =
	(vitest?.numPendingTests ?? 0) + (vitest?.numTodoTests ?? 0) + (playwright?.stats.skipped ?? 0);
const failed =
	(vitest ? vitest.numFailedTests + brokenFiles : 1) +
	(playwright ? playwright.stats.unexpected + playwright.errors.length : 1);

console.log(`${passed} ${failed} ${skipped}`);
