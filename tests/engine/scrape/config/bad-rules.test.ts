import { check, rule } from './check-config.ts';

/** The cases about rules of config/config_test.go, expectedErrors, and more of their kind. */

check(
	'a regular expression',
	rule('regex: abc(def'),
	'4:12 error parsing regexp: missing closing ): `^(?s:abc(def)$`'
);
check(
	'hashmod without a modulus',
	rule('source_labels: [a]', 'target_label: b', 'action: hashmod'),
	'4:5 relabel configuration for hashmod requires non-zero modulus'
);
check(
	'hashmod without a target label',
	rule('source_labels: [a]', 'modulus: 8', 'action: hashmod'),
	"4:5 relabel configuration for hashmod action requires 'target_label' value"
);
check(
	'replace without a target label',
	rule('source_labels: [a]', 'regex: (.*)'),
	"4:5 relabel configuration for replace action requires 'target_label' value"
);
for (const action of ['labeldrop', 'labelkeep']) {
	for (const field of [
		'source_labels: [a]',
		'source_labels: []',
		'separator: x',
		'target_label: a',
		'replacement: x',
		'modulus: 8'
	]) {
		check(
			`${action} with ${field}`,
			rule('regex: a', `action: ${action}`, field),
			`4:5 ${action} action requires only 'regex', and no other fields`
		);
	}
}
for (const action of ['keepequal', 'dropequal']) {
	check(
		`${action} without a target label`,
		rule('source_labels: [a]', `action: ${action}`),
		`4:5 relabel configuration for ${action} action requires 'target_label' value`
	);
	check(
		`${action} with an expression, and be it the default one`,
		rule('source_labels: [a]', 'target_label: b', 'regex: (.*)', `action: ${action}`),
		`4:5 ${action} action requires only 'source_labels' and \`target_label\`, and no other fields`
	);
}
for (const action of ['lowercase', 'uppercase']) {
	check(
		`${action} without a target label`,
		rule('source_labels: [a]', `action: ${action}`),
		`4:5 relabel configuration for ${action} action requires 'target_label' value`
	);
	check(
		`${action} with a replacement`,
		rule('source_labels: [a]', 'target_label: b', 'replacement: x', `action: ${action}`),
		`4:5 'replacement' can not be set for ${action} action`
	);
}
check(
	'base64 that is none',
	rule('action: labelmap', 'replacement: !!binary "/w==$1"'),
	'5:18 !!binary value contains invalid base64 data'
);
check('an action of nothing', rule('action:'), '4:5 relabel action cannot be empty');
check('an unknown action', rule('action: swap'), '4:13 unknown relabel action "swap"');
