import type { Scene } from './lesson.ts';
import { filesIn, type Files } from './lesson-files.ts';
import { LessonError } from './front-matter.ts';
import { readConfig, readWorld } from './read-world.ts';
import { readTags } from './tags.ts';

const FILE = /^(.+)\.(world\.yaml|prometheus\.yml)$/;

/** Reads scenes/: `NAME.world.yaml`, `NAME.prometheus.yml`, or both. */
export function readScenes(files: Files, folder: string): Readonly<Record<string, Scene>> {
	const scenes: Record<string, Scene> = {};
	for (const file of filesIn(files, `${folder}/scenes`)) {
		const path = `${folder}/scenes/${file}`;
		const [, name = '', part] = FILE.exec(file) ?? [];
		if (name === '') {
			throw new LessonError(path, 'a scene is NAME.world.yaml, NAME.prometheus.yml, or both');
		}
		const found =
			part === 'world.yaml' ? readWorld(files, path) : { config: readConfig(files, path) };
		scenes[name] = { ...scenes[name], ...found };
	}
	refuseUnknown(files, folder, scenes);
	return scenes;
}

function refuseUnknown(files: Files, folder: string, scenes: Record<string, Scene>): void {
	const page = `${folder}/lesson.md`;
	const played = readTags(files[page] ?? '', 'Predict').map(({ attributes }) => attributes.plays);
	const unknown = played.find((name) => name !== undefined && !Object.hasOwn(scenes, name));
	if (unknown !== undefined) {
		throw new LessonError(page, `a prediction plays ${unknown}, and scenes/ has no such file`);
	}
	const orphan = Object.keys(scenes).find((name) => !played.includes(name));
	if (orphan !== undefined) {
		throw new LessonError(`${folder}/scenes`, `no prediction in lesson.md plays ${orphan}`);
	}
}
