import { expect, test } from 'vitest';
import { readableType } from '../../../src/engine/scrape/content-type.ts';

function check(contentType: string, expected: string | undefined): void {
	const media = readableType(contentType, '');
	expect('error' in media ? media.error : undefined).toBe(expected);
}

test('the text formats are readable, with any parameters', () => {
	check('text/plain', undefined);
	check('text/plain; version=0.0.4; charset=utf-8', undefined);
	check('text/plain; version=1.0.0; escaping=allow-utf-8', undefined);
	check('TEXT/Plain;charset="utf-8";', undefined);
	check('application/openmetrics-text; version=1.0.0; charset=utf-8', undefined);
});

test('a blank content type is refused', () => {
	check(
		'',
		'non-compliant scrape target sending blank Content-Type and no fallback_scrape_protocol specified for target'
	);
});

test('any other content type is refused', () => {
	const check_ = (contentType: string) =>
		check(
			contentType,
			`received unsupported Content-Type "${contentType}" and no fallback_scrape_protocol specified for target`
		);
	check_('text/html');
	check_('text/html; charset=utf-8');
	check_('application/json');
	check_('gibberish');
});

test('what is no content type at all cannot be parsed', () => {
	const check_ = (contentType: string, flaw: string) =>
		check(
			contentType,
			`cannot parse Content-Type "${contentType}" and no fallback_scrape_protocol for target\n${flaw}`
		);
	check_(';version=0.0.4', 'mime: no media type');
	check_('text/', 'mime: expected token after slash');
	check_('text/plain/x', 'mime: unexpected content after media subtype');
	check_('text plain', 'mime: expected slash after first token');
	check_('text/plain; charset', 'mime: invalid media parameter');
});

test('a fallback is for what is missing, broken or unknown, and for nothing else', () => {
	const read = (contentType: string) => readableType(contentType, 'text/plain');
	for (const contentType of ['', 'text/html', 'text/plain; charset']) {
		expect(read(contentType)).toEqual({ type: 'text/plain' });
	}
	expect(read('application/openmetrics-text; version=1.0.0')).toEqual({
		type: 'application/openmetrics-text'
	});
	expect(read('application/vnd.google.protobuf')).toEqual({
		error: 'protobuf cannot be read here: send text'
	});
});
