import { compareText, NO_LABELS, type Labels } from '#engine/model';
import type { LabelBuilder } from './label-builder.ts';
import { compileRule } from './relabel.ts';
import type { RelabelRule } from './rule.ts';

/** A label set after one of the rules. */
export interface RuleOutcome {
	readonly rule: RelabelRule;
	/** Empty from the rule on that drops the set. */
	readonly output: Labels;
	readonly keep: boolean;
}

/**
 * What each rule makes of a label set, one after the other; rules behind the one that drops it are not applied (web/api/v1,
 * targetRelabelSteps). Throws on a rule that `checkRule` refuses.
 */
export function relabelSteps(rules: readonly RelabelRule[], labels: Labels): RuleOutcome[] {
	const builder: LabelBuilder = { labels, added: [] };
	let keep = true;
	return rules.map((rule) => {
		keep &&= compileRule(rule)(builder);
		// To show a set puts Prometheus' builder in order, and so the rules behind may copy another label than they do in earnest.
		builder.added.sort(compareText);
		return { rule, output: keep ? builder.labels : NO_LABELS, keep };
	});
}
