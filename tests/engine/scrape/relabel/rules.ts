import fc from 'fast-check';
import { labels, type Labels } from '#engine/model';
import {
	checkRule,
	DEFAULT_RULE,
	RELABEL_ACTIONS,
	type RelabelRule
} from '../../../../src/engine/scrape/relabel/rule.ts';

/** A rule in which all is as Prometheus defaults it but what is said. */
export function rule(given: Partial<RelabelRule>): RelabelRule {
	return { ...DEFAULT_RULE, ...given };
}

const name = fc.constantFrom('__name__', 'a', 'b', 'b1', 'job', '__meta_a', 'a.b', 'é');
const text = fc.oneof(fc.constantFrom('', 'a', 'b', 'foo', 'Foo;bar', 'ß\n'), fc.string());
const regex = fc.constantFrom('(.*)', '.+', 'a|b', '(a|f)(.*)', '(?P<x>.)(o*).*', '__(.*)', '');
const template = fc.constantFrom('$1', '${x}', 'a', 'b$2', '$$', '', '${1}_$x', '$');

/** Label sets in which some names and values often meet. */
export const randomLabels: fc.Arbitrary<Labels> = fc.dictionary(name, text).map(labels);

const anyRule: fc.Arbitrary<RelabelRule> = fc.record({
	sourceLabels: fc.option(fc.array(name, { maxLength: 3 }), { nil: undefined }),
	separator: fc.constantFrom(';', ''),
	regex: fc.option(regex, { nil: undefined }),
	modulus: fc.nat({ max: 10 }),
	targetLabel: fc.oneof(name, template),
	replacement: template,
	action: fc.constantFrom(...RELABEL_ACTIONS),
	nameValidationScheme: fc.constantFrom(undefined, 'utf8', 'legacy')
});

/** What some actions want not to be set, set back. */
function plain(one: RelabelRule): RelabelRule {
	const { sourceLabels, targetLabel, action, regex: expression } = one;
	if (action.startsWith('label')) return rule({ action, regex: expression });
	return action.endsWith('equal') || action.endsWith('case')
		? rule({ action, sourceLabels, targetLabel })
		: one;
}

/** Rules that Prometheus accepts. */
export const randomRule = anyRule.map(plain).filter((one) => checkRule(one) === undefined);
