import type { Chance } from '../chance.ts';

/** A node of a configuration that is being made up: keys may come twice, which an object could not say. */
export type Tree = string | Tree[] | Mapping;

export interface Mapping {
	readonly pairs: readonly (readonly [string, Tree])[];
}

/** Scalars as they are written, apart by two spaces; an underlined gap stands for nothing at all. */
function scalars(list: string): readonly string[] {
	return list.split(/ {2,}|\n\t*/).map((one) => (one === '␣' ? '' : one));
}

/** Values of one kind: some that are taken, and some that are mostly not. */
interface Kind {
	readonly good: readonly string[];
	readonly bad: readonly string[];
}

const kind = (good: string, bad: string): Kind => ({ good: scalars(good), bad: scalars(bad) });

const ACTIONS =
	'replace  keep  drop  keepequal  dropequal  hashmod  labelmap  labeldrop  labelkeep';

export const KINDS = {
	action: kind(`${ACTIONS}  lowercase  uppercase  Replace`, '␣  swap  ""'),
	boolean: kind('true  false  yes  off  True  n  Y  NO', 'tRue  "true"  1  ␣'),
	duration: kind(
		'15s  1m  10s  1m30s  5m  30s  1h  500ms  1d  "20s"  0  0s  ␣  8d  1w',
		'10  1x  -5s  1s1m  1.5m  400y  100y  ""  s'
	),
	escaping: kind('allow-utf-8  underscores  dots  values  ""', 'none  ␣'),
	factor: kind('1.1  2  .inf  1e7  .5  0.00001  -3  123456.5', 'x  "1"'),
	job: kind('job1  job2  job3  job4  "job 5"  6  job7  job8  job9', '""  ␣'),
	labelName: kind('env  team  a1  a10  a_b  a2  A  "1x"', '"with space"  é  ""  ~'),
	number: kind(
		'0  1  30  1500  0x10  010  1_000  1.9  1e3  .5  ␣  +7  0b11  0o17  1__0  -0',
		'-1  "5"  08  .inf  2001-01-01  1:20  18446744073709551616  .nan'
	),
	path: kind('rules.yml  my/*.yml  "*"  /etc/rules/*  x y', 'a/*/b'),
	protocol: kind(
		'PrometheusProto  PrometheusText0.0.4  PrometheusText1.0.0  OpenMetricsText0.0.1  OpenMetricsText1.0.0',
		'text  ""  ␣'
	),
	regex: kind(
		`(.*)  a|b  "(.+):(\\\\d+)"  'x y'  .+  ""  ␣  (?P<n>a)b*  \\d+`,
		"(foo  [z-a]  a{2,1}  '**'  \\8  (?<n"
	),
	replacement: kind(`$1  "\${1}x"  ''  static  a b  "$$"`, '␣'),
	scheme: kind('http  https  ftp', '␣'),
	separator: kind(`;  "-"  ''  ","`, '␣'),
	size: kind(
		'15MB  1KiB  0  1.5GiB  1GiB512MiB  2B  -1MB  1EiB  .5KB  1MB1KiB  "10MB"  +3TB',
		'100  7kB  9EB  MB  1..5KB  ␣'
	),
	sourceLabel: kind('__name__  job  instance  __meta_x  "a b"  le', '""  ␣'),
	target: kind(`localhost:9090  a:1  "b"  '[::1]:80'`, 'http://a  ␣'),
	targetLabel: kind('a  b_c  "${1}"  __tmp  $1_x', 'x-y  ""'),
	urlPath: kind('/metrics  /a b  x', '""  ␣'),
	validation: kind('utf8  ""', 'legacy  Legacy  ␣')
} as const;

/** A value of a kind: a good one nearly always, else a bad one, or something of another shape. */
export function valueOf(chance: Chance, name: keyof typeof KINDS): Tree {
	if (chance.is(0.99)) return chance.pick(KINDS[name].good);
	if (chance.is(0.7)) return chance.pick(KINDS[name].bad);
	return chance.pick<Tree>([randomText(chance), [], ['a'], { pairs: [] }, { pairs: [['a', 'b']] }]);
}

const LONG =
	'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen  seventeen eighteen';

const TEXTS = [
	...scalars(`a  prod  'it''s'  "tab\\there"  "a: b"  12  true  x y z  ' lead'  "trail "  0x1F  1e5  1_000
		"line\\nbreak"  "\\n"  "two\\n\\n"  " \\nx"  "x \\ny"  "\\n\\nx"  "x\\n y"  1:30  2001-01-01  2001-1-1 1:2:3
		\${HOME_X}y  "$$x"  $  "\${"  "\${}a"  "$1x"  "-"  "- a"  "#x"  a#b  "a #b"  "a, b"  "[x"  "x]"  "{"  "!t"  "&a"
		"*a"  "%a"  "@a"  "|"  ">"  "?"  "? a"  "a:"  ":a"  a:b  "---"  "...x"  "="  "<<"  é  "😀"  "\\u0001"  "\\x85"
		"a\\"b"  "a\\\\b"  "'"  !!str 5  !!int 5  !!float 5  !!binary "aGk="  !own x  0.  +.inf  .  ..  ""`),
	`"one ${LONG}"`,
	`'one: ${LONG}'`,
	`"one\\t${LONG}"`
];

const BAD_TEXTS = scalars('!!binary "aGk"  !!bool x  !!null x  [a]  {a: b}  ␣');

/** A text of any kind, in any style. */
export function randomText(chance: Chance): string {
	return chance.pick(chance.is(0.99) ? TEXTS : BAD_TEXTS);
}
