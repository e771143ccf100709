import { expect, test } from 'vitest';
import { readScenes } from '../../../src/lib/course/read-scenes.ts';

const FOLDER = 'lessons/01-a/01-b';
const WORLD =
	'title: Another\nservice: { job: a }\ntraffic: { rate: 1, routes: [{ path: /, latency: 1ms }] }\n';
const CONFIG = 'global: { scrape_interval: 5s }\n';

const scenesOf = (prose: string, files: Readonly<Record<string, string>>) =>
	readScenes(
		{
			[`${FOLDER}/lesson.md`]: prose,
			...Object.fromEntries(
				Object.entries(files).map(([name, text]) => [`${FOLDER}/scenes/${name}`, text])
			)
		},
		FOLDER
	);

test('a scene is a world, a prometheus.yml, or both', () => {
	const prose = '<Predict id="p" plays="a"><Predict id="q" plays="b"><Predict id="r">';
	const files = { 'a.world.yaml': WORLD, 'a.prometheus.yml': CONFIG, 'b.prometheus.yml': CONFIG };
	expect(scenesOf(prose, files)).toEqual({
		a: { title: 'Another', world: WORLD, config: CONFIG },
		b: { config: CONFIG }
	});
	expect(scenesOf('<Predict id="r">', {})).toEqual({});
});

test('what is wrong with scenes is said of the file', () => {
	const refused = (prose: string, files: Readonly<Record<string, string>>, message: string) =>
		expect(() => scenesOf(prose, files)).toThrow(message);
	refused('<Predict id="p" plays="a">', {}, 'a prediction plays a, and scenes/ has no such file');
	refused('', { 'a.world.yaml': WORLD }, 'no prediction in lesson.md plays a');
	refused('', { 'a.yaml': WORLD }, 'a scene is NAME.world.yaml, NAME.prometheus.yml, or both');
	refused('', { 'a.world.yaml': 'title: x\n' }, 'scenes/a.world.yaml:1:');
	refused('', { 'a.prometheus.yml': 'x: y\n' }, 'scenes/a.prometheus.yml:1:');
});
