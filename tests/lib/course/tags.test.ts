import { expect, test } from 'vitest';
import { readTags } from '../../../src/lib/course/tags.ts';

const attributesOf = (text: string) => readTags(text, 'Task').map(({ attributes }) => attributes);

test('attributes are texts in quotes, code in braces, or only there', () =>
	expect(attributesOf('<Task id="a" min={3} correct />')).toEqual([
		{ id: 'a', min: '3', correct: '' }
	]));
test('a text may hold what looks like the end of a tag or like an attribute', () =>
	expect(attributesOf('<Task why="if a > b, x=1" id="b">')).toEqual([
		{ why: 'if a > b, x=1', id: 'b' }
	]));
test('a text in braces and quotes may hold braces', () =>
	expect(attributesOf(`<Task query={'up{job="a"}'} id="c">`)).toEqual([
		{ query: 'up{job="a"}', id: 'c' }
	]));
test('attributes may stand on lines of their own', () =>
	expect(attributesOf('<Task\n\tid="d"\n\tkind="query"\n>')).toEqual([{ id: 'd', kind: 'query' }]));
test('tags come in their order, and longer names are others', () =>
	expect(
		readTags('<Task id="a"><Tasks id="x"><Variant id="b" of="a">', 'Task', 'Variant').map(
			({ name, attributes }) => `${name} ${attributes.id}`
		)
	).toEqual(['Task a', 'Variant b']));
