import {
	isBareMetricName,
	isSurrogate,
	type ExposedSample,
	type MetricFamily
} from '#engine/model';

/** How names that are not bare reach a reader that knows only bare ones; `allow-utf-8` leaves them as they are. */
export type EscapingScheme = (typeof ESCAPING_SCHEMES)[number];

/** As headers and configurations name them. */
export const ESCAPING_SCHEMES = ['allow-utf-8', 'underscores', 'dots', 'values'] as const;

export function isEscapingScheme(word: string): word is EscapingScheme {
	return ESCAPING_SCHEMES.includes(word as EscapingScheme);
}

/** A name in a scheme (common/model/metric.go, EscapeName). With `dots` a bare name changes too: its underscores are doubled. */
export function escapeName(name: string, scheme: EscapingScheme): string {
	if (scheme === 'allow-utf-8' || (scheme !== 'dots' && (name === '' || isBareMetricName(name)))) {
		return name;
	}
	const characters = [...name].map((character, i) => {
		const isBare = BARE.test(character) || (i > 0 && DIGIT.test(character));
		return escapeCharacter(character, isBare, scheme);
	});
	return (scheme === 'values' ? 'U__' : '') + characters.join('');
}

const BARE = /^[a-zA-Z_:]$/;
const DIGIT = /^[0-9]$/;

function escapeCharacter(
	character: string,
	isBare: boolean,
	scheme: Exclude<EscapingScheme, 'allow-utf-8'>
): string {
	if (scheme === 'underscores') return isBare ? character : '_';
	if (character === '_') return '__';
	if (isBare) return character;
	if (scheme === 'dots') return character === '.' ? '_dot_' : '__';
	const code = character.codePointAt(0) as number;
	// What is not UTF-8 Go reads as U+FFFD.
	return `_${(isSurrogate(code) ? 0xfffd : code).toString(16)}_`;
}

/**
 * A family with its names in a scheme (common/model/metric.go, EscapeMetricFamily). Bare names stay in every scheme, `dots`
 * included. What a sample's name has after the family's, such as `_bucket`, is put after the escaped one.
 */
export function escapeFamily(family: MetricFamily, scheme: EscapingScheme): MetricFamily {
	if (scheme === 'allow-utf-8') return family;
	const name = escapeUnlessBare(family.name, scheme);
	const samples = family.samples.map((sample): ExposedSample => {
		const suffix = sample.name.startsWith(family.name) && sample.name.slice(family.name.length);
		return {
			...sample,
			name: suffix === false ? escapeUnlessBare(sample.name, scheme) : name + suffix,
			labels: sample.labels.map((text, i) => (i % 2 === 0 ? escapeUnlessBare(text, scheme) : text))
		};
	});
	return { ...family, name, samples };
}

function escapeUnlessBare(name: string, scheme: EscapingScheme): string {
	return isBareMetricName(name) ? name : escapeName(name, scheme);
}
