import { isBareLabelName, isValidLabelName, quote } from '#engine/model';
import { regexError } from './rule-regex.ts';

/** What a rule can do (model/relabel, Action). */
export const RELABEL_ACTIONS = [
	'replace',
	'keep',
	'drop',
	'keepequal',
	'dropequal',
	'hashmod',
	'labelmap',
	'labeldrop',
	'labelkeep',
	'lowercase',
	'uppercase'
] as const;

export type RelabelAction = (typeof RELABEL_ACTIONS)[number];

/** One rule of relabel_configs or metric_relabel_configs: plain data (model/relabel, Config). */
export interface RelabelRule {
	/** Labels whose values are joined and then looked at. Absent when none were given, which is not the same as an empty list. */
	readonly sourceLabels?: readonly string[] | undefined;
	/** What stands between the joined values. */
	readonly separator: string;
	/** The text of an RE2 expression, without anchors; it has to match as a whole. Absent when none was given: DEFAULT_REGEX. */
	readonly regex?: string | undefined;
	/** A whole number; 0 when none was given. Above 2^53 JavaScript does not hold it exactly. */
	readonly modulus: number;
	/** For `replace` it may refer to groups of the expression: `${1}_total`. */
	readonly targetLabel: string;
	/** May refer to groups of the expression. */
	readonly replacement: string;
	readonly action: RelabelAction;
	/** What label names may be; 'utf8' when left out. */
	readonly nameValidationScheme?: 'utf8' | 'legacy' | undefined;
}

/** A rule in which nothing was given (model/relabel, DefaultRelabelConfig). */
export const DEFAULT_RULE: RelabelRule = {
	separator: ';',
	modulus: 0,
	targetLabel: '',
	replacement: '$1',
	action: 'replace'
};

/** The expression of a rule that has none of its own. */
export const DEFAULT_REGEX = '(.*)';

/** The action that a text names, in whatever case; undefined when there is none of that name. */
export function relabelAction(text: string): RelabelAction | undefined {
	const name = text.toLowerCase();
	return RELABEL_ACTIONS.find((action) => action === name);
}

/**
 * What is wrong with a rule, in Prometheus' words; undefined when nothing is (model/relabel, Validate). The expression comes
 * first, because Prometheus compiles it while it reads the rule.
 */
export function checkRule(rule: RelabelRule): string | undefined {
	return (
		(rule.regex === undefined ? undefined : regexError(rule.regex)) ??
		actionError(rule) ??
		targetLabelError(rule) ??
		replacementError(rule) ??
		unusedFieldError(rule)
	);
}

function actionError({ action, modulus, targetLabel }: RelabelRule): string | undefined {
	if ((action as string) === '') return 'relabel action cannot be empty';
	if (!RELABEL_ACTIONS.includes(action)) return `unknown relabel action ${quote(action)}`;
	if (action === 'hashmod' && modulus === 0) {
		return 'relabel configuration for hashmod requires non-zero modulus';
	}
	if (NEEDS_TARGET.has(action) && targetLabel === '') {
		return `relabel configuration for ${action} action requires 'target_label' value`;
	}
	return undefined;
}

const NEEDS_TARGET: ReadonlySet<RelabelAction> = new Set([
	'replace',
	'hashmod',
	'lowercase',
	'uppercase',
	'keepequal',
	'dropequal'
]);

function targetLabelError(rule: RelabelRule): string | undefined {
	const { action, targetLabel } = rule;
	if (!NEEDS_TARGET.has(action)) return undefined;
	const isTemplate = action === 'replace' && hasReference(targetLabel);
	if (isTemplate ? isValidTemplate(targetLabel, rule) : isValidName(targetLabel, rule)) {
		return undefined;
	}
	return `${quote(targetLabel)} is invalid 'target_label' for ${action} action`;
}

function replacementError(rule: RelabelRule): string | undefined {
	const { action, replacement } = rule;
	if (TAKES_NO_REPLACEMENT.has(action) && replacement !== DEFAULT_RULE.replacement) {
		return `'replacement' can not be set for ${action} action`;
	}
	if (action === 'labelmap' && !isValidTemplate(replacement, rule)) {
		return `${quote(replacement)} is invalid 'replacement' for ${action} action`;
	}
	return undefined;
}

const TAKES_NO_REPLACEMENT: ReadonlySet<RelabelAction> = new Set([
	'lowercase',
	'uppercase',
	'keepequal',
	'dropequal'
]);

/** Some actions refuse what they would not look at. An expression counts as set even where it is the default one. */
function unusedFieldError(rule: RelabelRule): string | undefined {
	const { action, sourceLabels, targetLabel, regex } = rule;
	const isPlain =
		rule.modulus === DEFAULT_RULE.modulus &&
		rule.separator === DEFAULT_RULE.separator &&
		rule.replacement === DEFAULT_RULE.replacement;
	if (action === 'keepequal' || action === 'dropequal') {
		if (isPlain && regex === undefined) return undefined;
		return `${action} action requires only 'source_labels' and \`target_label\`, and no other fields`;
	}
	if (action === 'labeldrop' || action === 'labelkeep') {
		if (isPlain && sourceLabels === undefined && targetLabel === '') return undefined;
		return `${action} action requires only 'regex', and no other fields`;
	}
	return undefined;
}

/** Whether a text refers to groups of the expression, or tries to. */
function hasReference(template: string): boolean {
	return template.includes('$');
}

/** Whether a label may have this name under the scheme of the rule (common/model, IsValidLabelName). */
export function isValidName(name: string, { nameValidationScheme }: RelabelRule): boolean {
	return nameValidationScheme === 'legacy' ? isBareLabelName(name) : isValidLabelName(name);
}

/** Whether label names may come of a template. In UTF-8 any text is a name, dollars and braces included. */
function isValidTemplate(template: string, rule: RelabelRule): boolean {
	return rule.nameValidationScheme === 'legacy'
		? LEGACY_TEMPLATE.test(template)
		: isValidName(template, rule);
}

/** Prometheus' relabelTargetLegacy, written so that no text can be read in two ways. */
const LEGACY_TEMPLATE = /^(?:[a-zA-Z_]|\$(?:\{\w+\}|\w))(?:\w|\$(?:\{\w+\}|\w))*$/;
