import { labels, labelValue, NO_LABELS } from '#engine/model';
import { expect, test } from 'vitest';
import { createRelabeler } from '../../../../src/engine/scrape/relabel/relabel.ts';
import { relabelSteps } from '../../../../src/engine/scrape/relabel/relabel-steps.ts';
import { rule } from './rules.ts';

test('each rule shows what it leaves, and from a drop on there is nothing', () => {
	const rules = [
		rule({ targetLabel: '__address__', regex: '', replacement: 'example.com:443' }),
		rule({ action: 'drop', sourceLabels: ['__address__'], regex: 'example\\.com:.*' }),
		rule({ targetLabel: 'job', regex: '.*', replacement: 'not applied' })
	];
	const set = labels({ job: 'test', __address__: 'localhost:9090' });
	expect(relabelSteps(rules, set)).toEqual([
		{ rule: rules[0], output: labels({ job: 'test', __address__: 'example.com:443' }), keep: true },
		{ rule: rules[1], output: NO_LABELS, keep: false },
		{ rule: rules[2], output: NO_LABELS, keep: false }
	]);
});

test('no rules, no steps', () => {
	expect(relabelSteps([], labels({ a: '1' }))).toEqual([]);
});

test('as in Prometheus, showing a set forgets in which order its labels were set', () => {
	const rules = [
		rule({ targetLabel: 'b', replacement: 'first' }),
		rule({ targetLabel: 'a', replacement: 'last' }),
		rule({ action: 'labelmap', regex: '[ab]', replacement: 'copy' })
	];
	expect(labelValue(createRelabeler(rules)(NO_LABELS)!, 'copy')).toBe('last');
	expect(labelValue(relabelSteps(rules, NO_LABELS)[2]!.output, 'copy')).toBe('first');
});
