import { DEFAULT_RULE, type RelabelAction, type RelabelRule } from '../relabel/rule.ts';
import { listType } from './collection-types.ts';
import type { NameValidationScheme } from './config.ts';
import type { Type } from './decode.ts';
import { LABEL_NAME, REGEX, RELABEL_ACTION, TEXT, unsignedType } from './scalar-types.ts';
import { readStruct, type StructOptions } from './struct.ts';

/** A rule as it is written. */
export interface RawRule extends Required<
	Pick<RelabelRule, 'separator' | 'modulus' | 'targetLabel' | 'replacement'>
> {
	readonly sourceLabels: readonly string[] | null;
	/** Null where none is given; where null is given, the empty text. */
	readonly regex: string | null;
	readonly action: RelabelAction | '';
}

const STRUCT: StructOptions<RawRule> = {
	name: 'relabel.plain',
	fields: {
		sourceLabels: ['source_labels', listType('model.LabelNames', LABEL_NAME)],
		separator: ['separator', TEXT],
		regex: ['regex', REGEX],
		modulus: ['modulus', unsignedType('uint64')],
		targetLabel: ['target_label', TEXT],
		replacement: ['replacement', TEXT],
		action: ['action', RELABEL_ACTION]
	}
};

const EMPTY: RawRule = {
	separator: DEFAULT_RULE.separator,
	modulus: DEFAULT_RULE.modulus,
	targetLabel: DEFAULT_RULE.targetLabel,
	replacement: DEFAULT_RULE.replacement,
	action: DEFAULT_RULE.action,
	sourceLabels: null,
	regex: null
};

/** One rule (model/relabel, Config.UnmarshalYAML); null where there is none. */
const RULE: Type<RawRule | null> = {
	name: STRUCT.name,
	zero: null,
	read: (decoder, node) => readStruct(decoder, node, EMPTY, STRUCT)
};

export const RULES = listType('[]*relabel.Config', RULE);

/** The rule as it is applied. Its action may still be empty, which `checkRule` refuses. */
export function toRule(raw: RawRule, scheme: NameValidationScheme): RelabelRule {
	return {
		sourceLabels: raw.sourceLabels ?? undefined,
		separator: raw.separator,
		regex: raw.regex ?? undefined,
		modulus: raw.modulus,
		targetLabel: raw.targetLabel,
		replacement: raw.replacement,
		action: raw.action as RelabelAction,
		nameValidationScheme: scheme
	};
}
