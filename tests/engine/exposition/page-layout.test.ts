import { expect, it } from 'vitest';
import { createTextParser, type PageLayout } from '#engine/exposition';

const TEXT = 'text/plain';

function layoutOf(page: string, parser = createTextParser(), contentType = TEXT): PageLayout {
	const parsed = parser.parse(new TextEncoder().encode(page), contentType);
	return (parsed.ok ? parsed : parsed.before).layout as PageLayout;
}

it('a section goes on until a line comes that is no sample', () =>
	expect(layoutOf('a 1\n\nb 2\n# TYPE c counter\n# HELP c d\nc 3\n# note\nd 4\n').sections).toEqual(
		[
			{ from: 0, type: '', family: '' },
			{ from: 2, type: 'counter', family: 'c' },
			{ from: 3, type: 'counter', family: 'c' }
		]
	));

it('lines without a sample after them make no section', () =>
	expect(layoutOf('# TYPE a counter\n# TYPE b gauge\n').sections).toEqual([]));

it('is the same object while lines begin alike, and new with any other line', () => {
	const parser = createTextParser();
	const first = layoutOf('a 1\nb 2\n', parser);
	expect(layoutOf('a 3\nb 4\n', parser)).toBe(first);
	expect(layoutOf('a 3\n# note\nb 4\n', parser).sections).toHaveLength(2);
});

it('tells the format', () => {
	expect(layoutOf('a 1\n# EOF\n', undefined, 'application/openmetrics-text')).toMatchObject({
		isOpenMetrics: true,
		breaksOff: false
	});
	expect(layoutOf('a 1\n').isOpenMetrics).toBe(false);
});

it('a page breaks off where the line before the fault is a sample', () => {
	expect(layoutOf('a 1\nb{\n').breaksOff).toBe(true);
	expect(layoutOf('a 1\n# note\nb{\n').breaksOff).toBe(false);
	expect(layoutOf('b{\n').breaksOff).toBe(false);
});
