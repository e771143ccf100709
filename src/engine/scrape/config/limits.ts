import type { ScrapeLimits } from './config.ts';
import { BYTE_SIZE, UNSIGNED } from './scalar-types.ts';
import type { Fields } from './struct.ts';

/** The limits, which `global` and every scrape config have alike. */
export const LIMIT_FIELDS: Fields<ScrapeLimits> = {
	bodySizeLimit: ['body_size_limit', BYTE_SIZE],
	sampleLimit: ['sample_limit', UNSIGNED],
	targetLimit: ['target_limit', UNSIGNED],
	labelLimit: ['label_limit', UNSIGNED],
	labelNameLengthLimit: ['label_name_length_limit', UNSIGNED],
	labelValueLengthLimit: ['label_value_length_limit', UNSIGNED],
	keepDroppedTargets: ['keep_dropped_targets', UNSIGNED]
};

/** The limits of a job: its own, and where it has none those of `global`. */
export function inheritLimits(own: ScrapeLimits, global: ScrapeLimits): ScrapeLimits {
	return {
		bodySizeLimit: own.bodySizeLimit || global.bodySizeLimit,
		sampleLimit: own.sampleLimit || global.sampleLimit,
		targetLimit: own.targetLimit || global.targetLimit,
		labelLimit: own.labelLimit || global.labelLimit,
		labelNameLengthLimit: own.labelNameLengthLimit || global.labelNameLengthLimit,
		labelValueLengthLimit: own.labelValueLengthLimit || global.labelValueLengthLimit,
		keepDroppedTargets: own.keepDroppedTargets || global.keepDroppedTargets
	};
}
