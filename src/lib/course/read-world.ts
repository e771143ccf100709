import { checkConfig, parseWorld } from '#engine/lab';
import type { Problem } from '#engine/model';
import { LessonError } from './front-matter.ts';
import type { HiddenWorld } from './lesson.ts';
import { needed, type Files } from './lesson-files.ts';

/** Reads a world of a lesson. What is wrong with it is a LessonError at its line. */
export function readWorld(files: Files, path: string): Omit<HiddenWorld, 'seed'> {
	const world = needed(files, path);
	const outcome = parseWorld(world);
	if (outcome.ok) return { title: outcome.world.title, world };
	throw wrongAt(path, outcome.problems);
}

/** Reads a `prometheus.yml` of a lesson. What is wrong with it is a LessonError at its line. */
export function readConfig(files: Files, path: string): string {
	const config = needed(files, path);
	const errors = checkConfig(config).filter(({ severity }) => severity === 'error');
	if (errors.length > 0) throw wrongAt(path, errors);
	return config;
}

function wrongAt(path: string, [first]: readonly Problem[]): LessonError {
	const place = first?.line === undefined ? path : `${path}:${first.line}`;
	return new LessonError(place, first?.message ?? 'this cannot be used');
}
