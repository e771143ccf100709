import { compareText } from '#engine/model';
import { listType, mapType } from './collection-types.ts';
import type { StaticConfig } from './config.ts';
import type { Type } from './decode.ts';
import { LABEL_NAME, TEXT, textType } from './scalar-types.ts';
import { readStruct, type StructOptions } from './struct.ts';

interface RawStaticConfig {
	readonly targets: readonly string[] | null;
	readonly labels: ReadonlyMap<string, string> | null;
}

const STRUCT: StructOptions<RawStaticConfig> = {
	// In Go it has no name, so this is what its messages say.
	name: 'struct { Targets []string "yaml:\\"targets\\""; Labels model.LabelSet "yaml:\\"labels\\"" }',
	fields: {
		targets: ['targets', listType('[]string', TEXT)],
		labels: ['labels', mapType('model.LabelSet', LABEL_NAME, textType('model.LabelValue'))]
	}
};

/** Targets with the labels that they share (discovery/targetgroup, Group.UnmarshalYAML); null where there are none. */
const STATIC_CONFIG: Type<StaticConfig | null> = {
	name: STRUCT.name,
	zero: null,
	read(decoder, node) {
		const raw = readStruct(decoder, node, { targets: null, labels: null }, STRUCT);
		if (!raw) return undefined;
		return {
			targets: raw.targets ?? [],
			labels: [...(raw.labels ?? [])].sort(([a], [b]) => compareText(a, b))
		};
	}
};

export const STATIC_CONFIGS = listType('[]*targetgroup.Group', STATIC_CONFIG);
