import type { Chance } from '../chance.ts';

export type Format = 'text 0.0.4' | 'text 1.0.0' | 'OpenMetrics';

export const CONTENT_TYPES: Readonly<Record<Format, string>> = {
	'text 0.0.4': 'text/plain; version=0.0.4; charset=utf-8',
	'text 1.0.0': 'text/plain; version=1.0.0; charset=utf-8; escaping=allow-utf-8',
	OpenMetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8'
};

const WORDS = ['http', 'requests', 'x', 'Y_', 'job:rate', 'a1', 'le', 'le_', '_', 'seconds'];
const UTF8_NAMES = ['my.metric', 'ünï', 'a b', 'a\\"b', 'a\\\\', 'a\\nb', '☃', '0', 'x{y}', '🦊'];
const LABEL_NAMES = ['le', 'quantile', 'job', 'code', '_a', 'B9', '__name__', 'x', 'y', 'z'];
const TEXTS = [
	'',
	'200',
	'a b',
	'ünï ☃ 🦊',
	'\\\\',
	'\\"',
	'\\n',
	'\\t',
	'{}=,#',
	'# EOF',
	"'",
	'\t'
];
const BOUNDS = [
	'1',
	'1.0',
	'+Inf',
	'Inf',
	'NaN',
	'0.5',
	'1e3',
	'1e-7',
	'0x1p3',
	'-0',
	'1e400',
	'ten'
];
const HELPS = [
	'',
	'Help.',
	'A \\\\ b \\n c',
	'with \\"quotes\\"',
	' two  blanks ',
	'ünï',
	'#',
	'\\'
];
const UNITS = ['seconds', 'bytes', '', 'requests', '_', 'x'];
const SUFFIXES = ['', '_total', '_created', '_sum', '_count', '_bucket', '_info', '_seconds'];

/** A page that follows its format, but for odd numbers and texts, which not all can be read. */
export function randomPage(chance: Chance, format: Format): string {
	const count = chance.below(5);
	let page = '';
	for (let i = 0; i < count; i++) page += family(chance, format);
	if (format !== 'OpenMetrics') return chance.is(0.1) ? page.trimEnd() : page;
	return `${page}# EOF${chance.is(0.2) ? '' : '\n'}`;
}

function family(chance: Chance, format: Format): string {
	const name = familyName(chance, format);
	let lines = header(chance, format, name);
	for (let i = chance.below(5); i > 0; i--) lines += sample(chance, format, name);
	if (format !== 'OpenMetrics' && chance.is(0.1))
		lines += chance.pick(['\n', '# note\n', '#\n', ' \n']);
	return lines;
}

function familyName(chance: Chance, format: Format): string {
	if (format !== 'text 0.0.4' && chance.is(0.3)) return `"${chance.pick(UTF8_NAMES)}"`;
	const name = `${chance.pick(WORDS)}${chance.is(0.5) ? `_${chance.pick(WORDS)}` : ''}`;
	return format !== 'text 0.0.4' && chance.is(0.1) ? `"${name}"` : name;
}

function header(chance: Chance, format: Format, name: string): string {
	const types = ['counter', 'gauge', 'histogram', 'summary'];
	const more = ['info', 'stateset', 'unknown', 'gaugehistogram'];
	const all = format === 'OpenMetrics' ? [...types, ...more] : [...types, 'untyped'];
	let lines = '';
	if (chance.is(0.6)) lines += `# HELP ${name} ${chance.pick(HELPS)}\n`;
	if (chance.is(0.7)) lines += `# TYPE ${name} ${chance.pick(all)}\n`;
	if (format === 'OpenMetrics' && chance.is(0.2)) lines += unitLine(chance, name);
	return lines;
}

function unitLine(chance: Chance, name: string): string {
	const known = UNITS.filter((unit) => name.replaceAll('"', '').endsWith(`_${unit}`));
	return `# UNIT ${name} ${known[0] ?? (chance.is(0.2) ? chance.pick(UNITS) : '')}\n`;
}

function sample(chance: Chance, format: Format, family: string): string {
	const suffix = chance.pick(SUFFIXES);
	const isQuoted = family.startsWith('"');
	const name = isQuoted ? `"${family.slice(1, -1)}${suffix}"` : family + suffix;
	const rest = ` ${number(chance)}${timestamp(chance, format)}${exemplar(chance, format)}\n`;
	const own = labels(chance, format);
	if (isQuoted) return `{${[name, ...own].join(',')}}${rest}`;
	return own.length > 0 || chance.is(0.2) ? `${name}{${braces(chance, own)}}${rest}` : name + rest;
}

function braces(chance: Chance, labels: readonly string[]): string {
	return labels.join(',') + (labels.length > 0 && chance.is(0.1) ? ',' : '');
}

function labels(chance: Chance, format: Format): string[] {
	return Array.from({ length: chance.below(4) }, () => label(chance, format));
}

function label(chance: Chance, format: Format): string {
	const isQuoted = format !== 'text 0.0.4' && chance.is(0.2);
	const name = isQuoted
		? `"${chance.pick([...UTF8_NAMES, ...LABEL_NAMES])}"`
		: chance.pick(LABEL_NAMES);
	const isBound = name === 'le' || name === 'quantile';
	return `${name}="${chance.pick(isBound && chance.is(0.9) ? BOUNDS : TEXTS)}"`;
}

function exemplar(chance: Chance, format: Format): string {
	if (format !== 'OpenMetrics' || !chance.is(0.2)) return '';
	const time = chance.is(0.5) ? timestamp(chance, format) : '';
	return ` # {${braces(chance, labels(chance, 'text 0.0.4'))}} ${number(chance)}${time}`;
}

function timestamp(chance: Chance, format: Format): string {
	if (!chance.is(0.4)) return '';
	if (chance.is(0.1)) return ` ${chance.pick(ODD_TIMES)}`;
	const milliseconds = Math.floor(chance.unit() * 2 ** 41);
	return ` ${format === 'OpenMetrics' ? milliseconds / 1000 : milliseconds}`;
}

const ODD_TIMES = [
	'0',
	'-1',
	'-0.0015',
	'1.001',
	'1e3',
	'1e18',
	'1e300',
	'-1e300',
	'NaN',
	'Inf'
].concat([
	'99999999999999999999',
	'9223372036854775807',
	'00012',
	'+5',
	'1_0',
	'0x10',
	'1.',
	'.5',
	'9007199254740993'
]);

/** A number as one may write it: mostly as it should be, else nearly so. */
export function number(chance: Chance): string {
	if (chance.is(0.15)) return chance.pick(ODD_NUMBERS);
	if (chance.is(0.3)) return String(chance.below(1000));
	const size = 10 ** (chance.below(60) - 30);
	const value = (chance.unit() - 0.3) * size;
	return chance.is(0.5) ? String(value) : value.toExponential(chance.below(20));
}

const ODD_NUMBERS = [
	...[
		'NaN',
		'nan',
		'Nan',
		'+NaN',
		'-nan',
		'Inf',
		'+Inf',
		'-Inf',
		'infinity',
		'-INFINITY',
		'Infinit'
	],
	...[
		'1e999',
		'-1e999',
		'1e-999',
		'1e308',
		'1.7976931348623159e308',
		'5e-324',
		'2e-324',
		'-0',
		'+0'
	],
	...[
		'1_000',
		'0x1p3',
		'0x10',
		'0X1.8P1',
		'0b1',
		'0o7',
		'1e',
		'1e+',
		'e5',
		'.',
		'+',
		'-',
		'',
		'.5',
		'5.'
	],
	...['1.2.3', '--1', '1e5.5', '00012', '1E5', '1e+05', '9007199254740993', '0.1', '1d', '1f', '١'],
	...['123456789012345678901234567890', '0.000000000000000000000000000001', '4.35', '1e22', '1e23'],
	...[
		'9'.repeat(400),
		`0.${'0'.repeat(400)}1`,
		'179769313486231580793e289',
		`1${'0'.repeat(310)}e-310`
	]
];
