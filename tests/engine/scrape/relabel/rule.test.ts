import { expect, test } from 'vitest';
import {
	checkRule,
	relabelAction,
	type RelabelRule
} from '../../../../src/engine/scrape/relabel/rule.ts';
import { rule } from './rules.ts';

/** What Prometheus says of a rule. */
function check(given: Partial<RelabelRule>, error: string | undefined): void {
	expect(checkRule(rule(given)), JSON.stringify(given)).toBe(error);
}

test('a rule has an action that there is', () => {
	check({ action: '' as 'keep' }, 'relabel action cannot be empty');
	check({ action: 'kep' as 'keep' }, 'unknown relabel action "kep"');
	expect(relabelAction('KeepEqual')).toBe('keepequal');
	expect(relabelAction('kep')).toBeUndefined();
});

test('an expression that does not compile is told as Prometheus compiles it', () => {
	const action = 'keep';
	check({ action, regex: '(' }, 'error parsing regexp: missing closing ): `^(?s:()$`');
	check({ action, regex: 'a)' }, 'error parsing regexp: unexpected ): `^(?s:a))$`');
	check(
		{ action, regex: '*' },
		'error parsing regexp: missing argument to repetition operator: `*`'
	);
	check({ action, regex: '\\Qa' }, 'error parsing regexp: missing closing ): `^(?s:\\Qa)$`');
	check({ action, regex: 'a)|(b' }, 'error parsing regexp: unexpected ): `a)|(b`');
	check({ regex: '(', targetLabel: '' }, 'error parsing regexp: missing closing ): `^(?s:()$`');
});

test('hashmod needs a modulus', () => {
	check(
		{ action: 'hashmod', targetLabel: 'a' },
		'relabel configuration for hashmod requires non-zero modulus'
	);
	check({ action: 'hashmod', targetLabel: 'a', modulus: 1 }, undefined);
});

test('what sets or compares a label needs its name', () => {
	for (const action of ['replace', 'lowercase', 'uppercase', 'keepequal', 'dropequal'] as const) {
		check({ action }, `relabel configuration for ${action} action requires 'target_label' value`);
		check({ action, targetLabel: 'a' }, undefined);
	}
	check(
		{ action: 'hashmod', modulus: 1 },
		"relabel configuration for hashmod action requires 'target_label' value"
	);
});

test('in UTF-8 any text is a name, references included', () => {
	for (const action of ['replace', 'lowercase', 'keepequal'] as const) {
		check({ action, targetLabel: '${3}' }, undefined);
		check({ action, targetLabel: '-${3}' }, undefined);
		check(
			{ action, targetLabel: '\udc80' },
			`"\\x80" is invalid 'target_label' for ${action} action`
		);
	}
	check({ action: 'labelmap', replacement: '' }, `"" is invalid 'replacement' for labelmap action`);
	check({ action: 'labelmap', replacement: '-$1' }, undefined);
});

test('under the legacy scheme only replace and labelmap may refer to groups', () => {
	const nameValidationScheme = 'legacy';
	for (const action of ['lowercase', 'uppercase', 'keepequal', 'dropequal', 'hashmod'] as const) {
		check(
			{ action, nameValidationScheme, targetLabel: '${3}', modulus: action === 'hashmod' ? 1 : 0 },
			`"\${3}" is invalid 'target_label' for ${action} action`
		);
	}
	for (const [template, isValid] of [
		['label', true],
		['label${1}', true],
		['${1}label', true],
		['${1}', true],
		['$1', true],
		['asd$2asd', true],
		['_${1}_', true],
		['foo${bar}foo', true],
		['$1$22_9', true],
		['-label', false],
		['9', false],
		['${', false],
		['$', false],
		['${}', false],
		['foo${', false],
		['-foo${1}bar-', false],
		['bar.foo${1}bar', false]
	] as const) {
		const replacement = template;
		const error = isValid
			? undefined
			: `${JSON.stringify(template)} is invalid 'replacement' for labelmap action`;
		check({ action: 'labelmap', nameValidationScheme, replacement }, error);
		if (!template.includes('$')) continue;
		const targetError = error?.replace("'replacement' for labelmap", "'target_label' for replace");
		check({ nameValidationScheme, targetLabel: template }, targetError);
	}
});

test('a long template is read at once', () => {
	const targetLabel = `${'$a'.repeat(5_000)}-`;
	const error = checkRule(rule({ nameValidationScheme: 'legacy', targetLabel }));
	expect(error).toMatch(/ is invalid 'target_label' for replace action$/);
});

test('what an action does not look at must not be set', () => {
	const target = { targetLabel: 'a' };
	check(
		{ ...target, action: 'lowercase', replacement: 'x' },
		"'replacement' can not be set for lowercase action"
	);
	check(
		{ ...target, action: 'keepequal', replacement: 'x' },
		"'replacement' can not be set for keepequal action"
	);
	for (const extra of [{ regex: '(.*)' }, { modulus: 1 }, { separator: '' }]) {
		check(
			{ ...target, action: 'dropequal', ...extra },
			"dropequal action requires only 'source_labels' and `target_label`, and no other fields"
		);
	}
	for (const extra of [
		{ sourceLabels: [] },
		{ targetLabel: 'a' },
		{ modulus: 1 },
		{ separator: '' },
		{ replacement: '' }
	]) {
		check(
			{ action: 'labeldrop', regex: 'a', ...extra },
			"labeldrop action requires only 'regex', and no other fields"
		);
	}
});
