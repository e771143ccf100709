import { expect, test } from 'vitest';
import { negotiateFormat } from '#engine/exposition';

const text = 'text/plain; version=0.0.4; charset=utf-8; escaping=';
const openMetrics = (version: string) =>
	`application/openmetrics-text; version=${version}; charset=utf-8; escaping=`;

const PROMETHEUS =
	'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2';

// What NegotiateIncludingOpenMetrics of common/expfmt v0.70.1 answers.
test.each([
	['', `${text}underscores`],
	['*/*', `${text}underscores`],
	['text/html', `${text}underscores`],
	['text/plain', `${text}underscores`],
	['text/plain;version=0.0.4', `${text}underscores`],
	['text/plain;version=1.0.0', `${text}underscores`],
	['application/openmetrics-text', `${openMetrics('0.0.1')}underscores`],
	['Application/OpenMetrics-Text; version=1.0.0', `${text}underscores`],
	['application/openmetrics-text; version=0.0.1', `${openMetrics('0.0.1')}underscores`],
	['application/openmetrics-text; version=1.0.0; q=0', `${openMetrics('1.0.0')}underscores`],
	['application/openmetrics-text;version=2.0.0', `${text}underscores`],
	['application/openmetrics-text;version=1.0.0;q=0.2, text/plain;q=0.9', `${text}underscores`],
	['application/openmetrics-text;version=1.0.0;q=x, text/plain', `${text}underscores`],
	['text/plain;escaping=dots', `${text}dots`],
	['text/plain;version=0.0.4;escaping=values', `${text}values`],
	['text/plain;escaping=odd', `${text}underscores`],
	['*/*;q=0.9;escaping=dots,text/plain;q=0.1', `${text}underscores`],
	['text/plain;version=1.0.0;escaping=allow-utf-8,*/*;q=0.1', `${text}allow-utf-8`],
	[
		'text/plain;q=0.1;escaping=dots,application/openmetrics-text;version=1.0.0;q=0.1',
		`${text}dots`
	],
	['text/*,application/openmetrics-text;version=1.0.0;q=0.5', `${openMetrics('1.0.0')}underscores`],
	['a/b/c;escaping=dots,text/plain', `${text}underscores`],
	['text', `${text}underscores`],
	['*;escaping=values', `${text}values`],
	['text/plain; escaping = dots ', `${text}dots`],
	['text/plain;q=0.5=3;escaping=dots;q', `${text}dots`],
	[PROMETHEUS, `${openMetrics('1.0.0')}allow-utf-8`]
])('%j is answered in %s', (accept, expected) => {
	const { contentType, isOpenMetrics, escaping } = negotiateFormat(accept);
	expect(contentType).toBe(expected);
	expect(isOpenMetrics).toBe(expected.startsWith('application'));
	expect(contentType.endsWith(`escaping=${escaping}`)).toBe(true);
});
