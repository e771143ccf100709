import type { RelabelStepRule } from '#engine/api';

/** What a rule says where nothing was written (model/relabel, DefaultRelabelConfig). */
const DEFAULTS = { separator: ';', modulus: 0, targetLabel: '', replacement: '$1' } as const;

/** A rule as one would write it in a `prometheus.yml`: the action, and whatever else is not as it is by default. */
export function ruleYaml(rule: RelabelStepRule): string {
	const { sourceLabels, separator, regex, modulus, targetLabel, replacement, action } = rule;
	const lines = [
		...(sourceLabels?.length ? [`source_labels: [${sourceLabels.map(scalar).join(', ')}]`] : []),
		...(separator === DEFAULTS.separator ? [] : [`separator: ${scalar(separator)}`]),
		...(regex === undefined ? [] : [`regex: ${scalar(regex)}`]),
		...(modulus === DEFAULTS.modulus ? [] : [`modulus: ${modulus}`]),
		...(targetLabel === DEFAULTS.targetLabel ? [] : [`target_label: ${scalar(targetLabel)}`]),
		...(replacement === DEFAULTS.replacement ? [] : [`replacement: ${scalar(replacement)}`]),
		`action: ${action}`
	];
	return lines.join('\n');
}

/** What YAML reads as the text that it is, also between brackets. */
const PLAIN = /^[A-Za-z_./(][\w./()*+|$-]*$/;
const WORDS = /^(?:null|true|false|yes|no|on|off|y|n|\.nan|[-+]?\.inf)$/i;
/** What single quotes cannot hold. */
const UNPRINTABLE = /[^\x20-\x7E\u00A0-\uD7FF\uE000-\uFFFD]/;

function scalar(text: string): string {
	if (PLAIN.test(text) && !WORDS.test(text)) return text;
	return UNPRINTABLE.test(text) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
}
