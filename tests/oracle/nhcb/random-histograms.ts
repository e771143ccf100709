import type { Chance } from '../chance.ts';
import type { Format } from '../exposition/random-page.ts';

/** A page as lines, each of which can be moved, doubled and given another value. */
export function randomHistograms(chance: Chance, format: Format): string[] {
	const families = Array.from({ length: 1 + chance.below(4) }, () => family(chance, format));
	return disturb(chance, families.flat(), format);
}

/** The text of a page. */
export function pageText(lines: readonly string[], format: Format): string {
	const page = lines.map((line) => `${line}\n`).join('');
	return format === 'OpenMetrics' ? `${page}# EOF\n` : page;
}

/** The same lines with other values, as the next scrape shows them. */
export function nextLines(chance: Chance, lines: readonly string[]): string[] {
	const isFlat = chance.is(0.3);
	return lines.map((line) => {
		const sample = SAMPLE.exec(line);
		if (!sample || line.startsWith('#')) return line;
		const [, before = '', value = '', after = ''] = sample;
		if (chance.is(0.02)) return `${before} ${oddNumber(chance)}${after}`;
		return isFlat || chance.is(0.1) ? line : `${before} ${Number(value) * 2}${after}`;
	});
}

const SAMPLE = /^([^ ]+) (\d+(?:\.\d+)?)((?: .*)?)$/;

const NAMES = ['x', 'latency_seconds', 'x_bucket', 'x_sum', 'a:b', '_count', 'y_created'];
const LABELS = ['', '', 'a="1"', 'a="2"', 'a="1",b="x"', 'b="x",a="1"', 'a=""', 'B="1",z="ü"'];
const TYPES = ['histogram', 'histogram', 'histogram', 'histogram', 'counter', 'gauge', 'summary'];

function family(chance: Chance, format: Format): string[] {
	const name = chance.pick(NAMES);
	const isQuoted = format !== 'text 0.0.4' && chance.is(0.15);
	const shown = isQuoted ? `my.${name}` : name;
	const type = chance.pick(TYPES);
	const written = isQuoted ? `"${shown}"` : shown;
	const lines = chance.is(0.95) ? [`# TYPE ${written} ${type}`] : [];
	if (chance.is(0.3)) lines.push(`# HELP ${written} Help.`);
	const members = Array.from({ length: 1 + chance.below(3) }, () =>
		member(chance, format, { name: shown, isQuoted, labels: chance.pick(LABELS) })
	);
	return [...lines, ...members.flat()];
}

interface Member {
	readonly name: string;
	readonly isQuoted: boolean;
	readonly labels: string;
}

function member(chance: Chance, format: Format, of: Member): string[] {
	const time = timestamp(chance, format);
	const sample = (suffix: string, value: string, le?: string) =>
		`${seriesText(chance, of, suffix, le)} ${value}${time}${exemplar(chance, format)}`;
	const counts = cumulativeCounts(chance);
	const bounds = boundsFor(chance, counts.length - 1);
	const buckets = counts.map((count, i) => sample('_bucket', count, bounds[i]));
	const total = chance.is(0.93) ? (counts.at(-1) as string) : oddCount(chance);
	const around = [
		...(chance.is(0.9)
			? [sample('_sum', chance.is(0.9) ? String(chance.below(900) / 8) : oddNumber(chance))]
			: []),
		...(chance.is(0.9) ? [sample('_count', total)] : [])
	];
	if (chance.is(0.1)) buckets.pop();
	if (chance.is(0.1)) buckets.sort(() => chance.unit() - 0.5);
	const created = chance.is(0.2) ? [sample('_created', '1520430001')] : [];
	const own = chance.is(0.05) ? [sample('', '7')] : [];
	const parts = chance.is(0.5) ? [buckets, around] : [around, buckets];
	return [...parts, ...(chance.is(0.5) ? [created, own] : [own, created])].flat();
}

function seriesText(chance: Chance, of: Member, suffix: string, le: string | undefined): string {
	const { name, isQuoted, labels } = of;
	const bound = le === undefined ? [] : [`le="${le}"`];
	const own = labels === '' ? [] : [labels];
	const all = chance.is(0.8) ? [...own, ...bound] : [...bound, ...own];
	if (isQuoted) return `{${[`"${name}${suffix}"`, ...all].join(',')}}`;
	return all.length > 0 ? `${name}${suffix}{${all.join(',')}}` : name + suffix;
}

/** Of a few buckets, mostly rising, whole or not. */
function cumulativeCounts(chance: Chance): string[] {
	const isWhole = chance.is(0.8);
	const isSparse = chance.is(0.5);
	const size = chance.is(0.05) ? 2 ** (50 + chance.below(16)) : 20;
	let count = 0;
	return Array.from({ length: 1 + chance.below(isSparse ? 14 : 6) }, () => {
		if (!isSparse || chance.is(0.3)) count += chance.below(size);
		if (!isWhole && chance.is(0.5)) count += 0.25;
		return chance.is(0.01) ? oddCount(chance) : String(count);
	});
}

function oddCount(chance: Chance): string {
	return chance.is(0.5) ? String(chance.below(30)) : oddNumber(chance);
}

const ODD_NUMBERS = ['NaN', '+Inf', '-Inf', '-1', '-0', '0', '1e300', '0.5', '9223372036854775808'];

function oddNumber(chance: Chance): string {
	return chance.pick(ODD_NUMBERS);
}

const ODD_BOUNDS = ['NaN', '-Inf', 'ten', '', '1e400', '0x1p3', '1_0', '-0', 'Infinity', '1e-7'];

/** So many bounds, and +Inf. */
function boundsFor(chance: Chance, count: number): string[] {
	let bound = chance.is(0.2) ? -5 : 0;
	const bounds = Array.from({ length: count }, () => {
		if (!chance.is(0.04)) bound += (1 + chance.below(8)) / 4;
		return chance.is(0.02) ? chance.pick(ODD_BOUNDS) : String(bound);
	});
	return [...bounds, chance.is(0.9) ? '+Inf' : chance.pick(['Inf', 'inf', '1e400', '+inf'])];
}

function timestamp(chance: Chance, format: Format): string {
	if (!chance.is(0.2)) return '';
	const milliseconds = 1_700_000_000_000 + chance.below(100_000);
	return ` ${format === 'OpenMetrics' ? milliseconds / 1000 : milliseconds}`;
}

function exemplar(chance: Chance, format: Format): string {
	if (format !== 'OpenMetrics' || !chance.is(0.15)) return '';
	const time = chance.is(0.5) ? ` ${1_700_000_000 + chance.below(1000) / 8}` : '';
	return ` # {trace_id="${chance.below(1000)}"} ${chance.below(100) / 4}${time}`;
}

/** Moves, doubles and drops lines, and puts others between them. */
function disturb(chance: Chance, lines: string[], format: Format): string[] {
	if (chance.is(0.4)) return lines;
	for (let i = 1 + chance.below(3); i > 0 && lines.length > 0; i--) {
		const at = chance.below(lines.length);
		const line = lines[at] as string;
		const other = chance.below(lines.length);
		switch (chance.below(5)) {
			case 0:
				lines.splice(at, 1);
				break;
			case 1:
				lines.splice(at, 0, line);
				break;
			case 2:
				[lines[at], lines[other]] = [lines[other] as string, line];
				break;
			case 3:
				lines.splice(other, 0, line);
				break;
			default:
				lines.splice(at, 0, chance.pick(format === 'OpenMetrics' ? BETWEEN : BETWEEN_IN_TEXT));
		}
	}
	return lines;
}

const BETWEEN = [
	'up 1',
	'x_bucket 3',
	'x{a="1"} 4',
	'# HELP x Again.',
	'# TYPE x histogram',
	'# TYPE up gauge',
	'x_created 12',
	'some_created 12',
	'x_bucket{le="2",le="3"} 2',
	'{"x_bucket","le"="1.5"} 2'
];

const BETWEEN_IN_TEXT = [...BETWEEN, '# note', ''];
