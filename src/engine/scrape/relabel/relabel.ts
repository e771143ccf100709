import { compileTemplate, type Labels } from '#engine/model';
import { hashMod } from './hash-mod.ts';
import {
	deleteLabel,
	getLabel,
	namesInOrder,
	setLabel,
	type LabelBuilder
} from './label-builder.ts';
import { toLowerCase, toUpperCase } from './letter-case.ts';
import { compileRuleRegex, type RuleRegex } from './rule-regex.ts';
import {
	checkRule,
	DEFAULT_REGEX,
	isValidName,
	type RelabelAction,
	type RelabelRule
} from './rule.ts';

/**
 * What rules make of a label set; undefined when they drop it. A set that no rule changes comes back as it is.
 *
 * `added` names those labels of the set that were set last, oldest first, as those of the target were on a sample: rules go through
 * them after all others, which decides which of two labels is copied to a name.
 */
export type Relabeler = (labels: Labels, added?: readonly string[]) => Labels | undefined;

/** Compiles rules to be applied one after the other. Throws on a rule that `checkRule` refuses. */
export function createRelabeler(rules: readonly RelabelRule[]): Relabeler {
	const steps = rules.map(compileRule);
	return (labels, added = []) => {
		const builder: LabelBuilder = { labels, added: [...added] };
		return steps.every((step) => step(builder)) ? builder.labels : undefined;
	};
}

/** A compiled rule: changes the set, and returns false to drop it (model/relabel, relabel). */
export type RelabelStep = (builder: LabelBuilder) => boolean;

/** Compiles one rule. Throws when `checkRule` refuses it. */
export function compileRule(rule: RelabelRule): RelabelStep {
	const error = checkRule(rule);
	if (error !== undefined) throw new Error(`invalid relabel rule: ${error}`);
	return STEPS[rule.action](rule, compileRuleRegex(rule.regex ?? DEFAULT_REGEX));
}

type StepOf = (rule: RelabelRule, regex: RuleRegex) => RelabelStep;

const STEPS: Readonly<Record<RelabelAction, StepOf>> = {
	replace,
	keep: (rule, regex) => dropUnless(rule, (value) => regex.test(value)),
	drop: (rule, regex) => dropUnless(rule, (value) => !regex.test(value)),
	keepequal: (rule) => dropUnless(rule, (value, target) => value === target),
	dropequal: (rule) => dropUnless(rule, (value, target) => value !== target),
	hashmod: (rule) => setTarget(rule, (value) => hashMod(value, rule.modulus)),
	labelmap,
	labeldrop: (_, regex) => deleteLabels((name) => regex.test(name)),
	labelkeep: (_, regex) => deleteLabels((name) => !regex.test(name)),
	lowercase: (rule) => setTarget(rule, toLowerCase),
	uppercase: (rule) => setTarget(rule, toUpperCase)
};

/** Reads what the rule looks at: the values of its source labels, joined. */
function sourceOf({
	sourceLabels = [],
	separator
}: RelabelRule): (builder: LabelBuilder) => string {
	const [only, ...more] = sourceLabels;
	if (only !== undefined && more.length === 0) return (builder) => getLabel(builder, only);
	return (builder) => sourceLabels.map((name) => getLabel(builder, name)).join(separator);
}

function dropUnless(
	rule: RelabelRule,
	isKept: (value: string, target: string) => boolean
): RelabelStep {
	const source = sourceOf(rule);
	return (builder) => isKept(source(builder), getLabel(builder, rule.targetLabel));
}

function setTarget(rule: RelabelRule, valueOf: (value: string) => string): RelabelStep {
	const source = sourceOf(rule);
	return (builder) => {
		setLabel(builder, rule.targetLabel, valueOf(source(builder)));
		return true;
	};
}

function replace(rule: RelabelRule, { match, groupNames }: RuleRegex): RelabelStep {
	const source = sourceOf(rule);
	const target = compileTemplate(rule.targetLabel, groupNames);
	const replacement = compileTemplate(rule.replacement, groupNames);
	return (builder) => {
		const groups = match(source(builder));
		if (!groups) return true;
		const name = target(groups);
		if (isValidName(name, rule)) setLabel(builder, name, replacement(groups));
		return true;
	};
}

/** Copies labels to other names, those that it has just set left aside. A name may even come out empty; the scrape refuses it. */
function labelmap({ replacement }: RelabelRule, { match, groupNames }: RuleRegex): RelabelStep {
	const nameOf = compileTemplate(replacement, groupNames);
	return (builder) => {
		const before: LabelBuilder = { ...builder };
		for (const name of namesInOrder(before)) {
			const groups = match(name);
			if (groups) setLabel(builder, nameOf(groups), getLabel(before, name));
		}
		return true;
	};
}

function deleteLabels(isDeleted: (name: string) => boolean): RelabelStep {
	return (builder) => {
		const { labels } = builder;
		for (let i = 0; i < labels.length; i += 2) {
			const name = labels[i] as string;
			if (isDeleted(name)) deleteLabel(builder, name);
		}
		return true;
	};
}
