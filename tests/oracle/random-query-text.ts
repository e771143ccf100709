import fc from 'fast-check';
import { functionTable, type FunctionDefinition, type ValueType } from '#engine/promql';

/**
 * Query text for comparing parsers: what can be read, nearly so, and not at all. Nothing here is meant to be evaluated (see
 * random-query.ts for that). `fc.sample(queryText(), { seed, numRuns })` gives the same texts for the same seed.
 */

/** Text of all three kinds. `known` queries are material for mutation beside those made here. */
export function queryText(known: readonly string[] = []): fc.Arbitrary<string> {
	return fc.oneof(
		{ weight: 4, arbitrary: validQueryText() },
		{ weight: 5, arbitrary: mutatedQueryText(known) },
		{ weight: 1, arbitrary: noise() }
	);
}

/**
 * Queries that follow the grammar and mostly the types as well: every construct, in odd spellings and spacings. Some are
 * refused (two offsets, labels both in on() and group_left(), durations of nothing), which is the point.
 */
export function validQueryText(): fc.Arbitrary<string> {
	const { query } = fc.letrec<Grammar>((tie) => grammar(tie as Tie));
	return fc.tuple(query, fc.infiniteStream(space())).map(([text, spaces]) => {
		// A mark stands where there may be any amount of space; a plain space is one that must be.
		return text.replace(/▫/g, () => spaces.next().value as string);
	});
}

/** Queries to which one to four things have been done: tokens lost, added, exchanged, moved; characters likewise; cut short. */
export function mutatedQueryText(known: readonly string[] = []): fc.Arbitrary<string> {
	const material =
		known.length > 0 ? fc.oneof(fc.constantFrom(...known), validQueryText()) : validQueryText();
	return fc
		.tuple(material, material, fc.array(mutation(), { minLength: 1, maxLength: 4 }))
		.map(([text, other, mutations]) =>
			mutations.reduce((mutated, mutate) => mutate(mutated, other), text)
		);
}

/** Texts that never were queries: tokens in any order, and characters in any order. */
export function noise(): fc.Arbitrary<string> {
	return fc.oneof(
		fc.array(token(), { maxLength: 12 }).map((tokens) => tokens.join('')),
		fc.array(token(), { maxLength: 12 }).map((tokens) => tokens.join(' ')),
		fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: 20 }),
		fc.string({ unit: 'binary-ascii', maxLength: 12 })
	);
}

type Grammar = Record<ValueType | 'query' | 'duration', string>;
type Tie = (name: keyof Grammar) => fc.Arbitrary<string>;
type Part = string | fc.Arbitrary<string>;

/** The parts one after the other. */
function seq(...parts: Part[]): fc.Arbitrary<string> {
	const arbitraries = parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part));
	return fc.tuple(...arbitraries).map((texts) => texts.join(''));
}

/** One of the parts; those that end come first, as fast-check falls back on the first when it is deep. */
function oneOf(...parts: Part[]): fc.Arbitrary<string> {
	const arbitraries = parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part));
	return fc.oneof({ depthSize: 'small', withCrossShrink: true }, ...arbitraries);
}

/** The first part, but now and then the second. */
function mostly(usual: fc.Arbitrary<string>, odd: fc.Arbitrary<string>): fc.Arbitrary<string> {
	return fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: odd });
}

function words(text: string): fc.Arbitrary<string> {
	return fc.constantFrom(...text.split(' '));
}

/** The part, or with the given chance out of ten nothing. */
function maybe(part: Part, chance: number): fc.Arbitrary<string> {
	const arbitrary = typeof part === 'string' ? fc.constant(part) : part;
	return fc.oneof(
		{ weight: 10 - chance, arbitrary: fc.constant('') },
		{ weight: chance, arbitrary }
	);
}

function list(part: fc.Arbitrary<string>, options: fc.ArrayConstraints): fc.Arbitrary<string> {
	return seq(
		'▫(▫',
		fc.array(part, options).map((parts) => parts.join('▫,▫')),
		maybe('▫,', 1),
		'▫)▫'
	);
}

function grammar(tie: Tie): { [Name in keyof Grammar]: fc.Arbitrary<string> } {
	return {
		query: oneOf(
			tie('vector'),
			tie('vector'),
			tie('vector'),
			tie('scalar'),
			tie('matrix'),
			tie('string')
		),
		vector: vector(tie),
		scalar: scalar(tie),
		matrix: matrix(tie),
		string: string(),
		duration: durationExpression(tie)
	};
}

function vector(tie: Tie): fc.Arbitrary<string> {
	const v = tie('vector');
	return oneOf(
		selector(tie),
		selector(tie),
		call('vector', tie),
		aggregation(tie),
		seq(v, '▫', operator(), matching(), v),
		seq(v, '▫', operator(), matching(), v),
		seq(v, '▫', operator(), maybe(' bool', 1), ' ', tie('scalar')),
		seq(tie('scalar'), '▫', operator(), maybe(' bool', 1), ' ', v),
		seq(words('+ -'), '▫', v),
		seq('(▫', v, '▫)')
	);
}

function scalar(tie: Tie): fc.Arbitrary<string> {
	const s = tie('scalar');
	return oneOf(
		number(),
		number(),
		duration(),
		call('scalar', tie),
		seq(s, '▫', operator(), maybe(' bool', 3), ' ', s),
		seq(words('+ -'), '▫', s),
		seq('(▫', s, '▫)')
	);
}

function matrix(tie: Tie): fc.Arbitrary<string> {
	const range = tie('duration');
	return oneOf(
		seq(metric(), maybe(braces(), 4), '▫[▫', range, '▫]', modifiers(tie)),
		seq(metric(), maybe(braces(), 4), maybe(' anchored', 1), '▫[▫', range, '▫]', modifiers(tie)),
		seq(tie('vector'), '▫[▫', range, '▫:▫', maybe(range, 6), '▫]', modifiers(tie))
	);
}

function selector(tie: Tie): fc.Arbitrary<string> {
	return oneOf(
		seq(metric(), modifiers(tie)),
		seq(metric(), '▫', braces(), modifiers(tie)),
		seq(braces(), modifiers(tie))
	);
}

function modifiers(tie: Tie): fc.Arbitrary<string> {
	const modifier = oneOf(
		seq('▫offset ', signed(anyButNaN())),
		seq(' offset ', signed(duration())),
		seq(' OFFSET ', maybe(words('+ -'), 3), '(▫', tie('duration'), '▫)'),
		seq(' offset ', maybe(words('+ -'), 3), words('step() range()')),
		seq(' offset ', maybe('-', 2), extreme(tie)),
		seq('▫@▫', signed(number())),
		seq('▫@▫', words('start() end() start▫(▫)'), '▫'),
		' anchored ',
		' smoothed '
	);
	return fc.oneof(
		{ weight: 6, arbitrary: fc.constant('') },
		{ weight: 3, arbitrary: modifier },
		{ weight: 1, arbitrary: seq(modifier, modifier) }
	);
}

function signed(part: fc.Arbitrary<string>): fc.Arbitrary<string> {
	return seq(maybe(words('+ - --'), 3), part);
}

function durationExpression(tie: Tie): fc.Arbitrary<string> {
	const d = tie('duration');
	return oneOf(
		duration(),
		duration(),
		anyButNaN(),
		words('step() range() Step▫() RANGE(▫)'),
		seq(d, '▫', words('+ - * / % ^'), '▫', d),
		seq(words('+ -'), '▫', d),
		seq('(▫', d, '▫)'),
		extreme(tie)
	);
}

function extreme(tie: Tie): fc.Arbitrary<string> {
	return seq(words('min_of max_of'), '▫(▫', tie('duration'), '▫,▫', tie('duration'), '▫)');
}

function operator(): fc.Arbitrary<string> {
	return words('+ - * / % ^ == != < <= > >= </ >/ and or unless atan2 AND Unless').map((op) =>
		/\w/.test(op) ? ` ${op} ` : op
	);
}

function matching(): fc.Arbitrary<string> {
	const labels = list(label(), { maxLength: 3 });
	const fillValue = seq('▫(▫', maybe(words('+ -'), 3), oneOf(number(), duration()), '▫)▫');
	const fills = oneOf(
		seq(' fill', fillValue),
		seq(words(' fill_left  fill_right  Fill_Left'), fillValue),
		seq(' fill_left', fillValue, 'fill_right', fillValue),
		seq(' fill_right', fillValue, 'fill_left', fillValue)
	);
	const side = words('group_left group_right GROUP_LEFT');
	return seq(
		maybe(' bool ', 2),
		oneOf(
			' ',
			' ',
			seq(words('on ignoring On'), labels),
			seq(words('on ignoring'), labels, side, maybe(labels, 5), ' ')
		),
		maybe(fills, 2)
	);
}

const AGGREGATORS = 'sum avg min max count group stddev stdvar SUM';
const PARAMETRIZED = 'topk bottomk quantile limitk limit_ratio TopK';

function aggregation(tie: Tie): fc.Arbitrary<string> {
	const grouping = seq(words('by without BY'), list(label(), { maxLength: 3 }));
	const args = oneOf(
		seq(words(AGGREGATORS), '▫{(▫', tie('vector'), '▫)}'),
		seq(words(PARAMETRIZED), '▫{(▫', tie('scalar'), '▫,▫', tie('vector'), '▫)}'),
		seq('count_values▫{(▫', string(), '▫,▫', tie('vector'), '▫)}')
	);
	return fc.tuple(args, fc.nat(5), grouping).map(([text, place, group]) => {
		const [before, inside] = [place < 2 ? group : '', place === 2 ? group : ''];
		return text.replace('{', before).replace(/\}$/, inside);
	});
}

/** A call of any function that returns the type, the arguments of the right types but one in twenty. */
function call(returns: ValueType, tie: Tie): fc.Arbitrary<string> {
	const functions = [...functionTable.values()].filter((row) => row.returns === returns);
	return fc
		.constantFrom(...functions)
		.chain((row) =>
			seq(row.name, '▫(▫', fc.tuple(...argumentsOf(row, tie)).chain(shortened(row)), '▫)')
		);
}

function argumentsOf(
	{ name, args, variadic }: FunctionDefinition,
	tie: Tie
): fc.Arbitrary<string>[] {
	const last = args.at(-1);
	const types = variadic && last ? [...args, last, last] : args;
	return types.map((type, i) => {
		// Not without conditions: Prometheus prints that as nothing, which it can not read back.
		if (name === 'info' && i === 1) {
			return mostly(seq('{▫', label(), '▫=▫', string(), '▫}'), tie('vector'));
		}
		return fc.oneof({ weight: 19, arbitrary: tie(type) }, { weight: 1, arbitrary: tie('query') });
	});
}

function shortened({ optional, variadic }: FunctionDefinition) {
	return (args: string[]) =>
		fc
			.nat(optional + (variadic ? 2 : 0))
			.map((fewer) => args.slice(0, args.length - fewer).join('▫,▫'));
}

/** Names of metrics, among them words that mean something elsewhere. */
function metric(): fc.Arbitrary<string> {
	const odd = words(
		':x _ sum by offset start end step range fill fill_left min_of and without anchored smoothed limitk Sum bool nan'
	);
	return mostly(words('up foo http_requests_total a:b:c node_memory_MemAvailable_bytes'), odd);
}

function label(): fc.Arbitrary<string> {
	const odd = oneOf(
		words('__name__ sum by on bool start step fill offset atan2 without nan'),
		fc.constantFrom('"a"', "'a b'", '`c.d`', '"é"', '""', '"\\xff"')
	);
	return mostly(words('job instance le a b'), odd);
}

function braces(): fc.Arbitrary<string> {
	const matcher = oneOf(
		seq(label(), '▫=▫', string()),
		seq(label(), '▫', words('= != =~ !~'), '▫', string()),
		seq(label(), '▫', words('=~ !~'), '▫', regex()),
		fc.constantFrom('"foo"', '"foo.bar"', '"up"', "''")
	);
	const matchers = fc.array(matcher, { maxLength: 3 }).map((all) => all.join('▫,▫'));
	return mostly(
		seq('{▫', label(), '▫=▫"x"▫,▫', matchers, '▫}'),
		seq('{▫', matchers, maybe('▫,', 1), '▫}')
	);
}

function regex(): fc.Arbitrary<string> {
	const valid = fc.constantFrom(
		...[
			'.*',
			'.+',
			'a|b',
			'5..',
			'(a|b)c?',
			'a{2,3}',
			'[^x]+',
			'(?i:x)',
			'\\\\d+\\\\.',
			'^a$',
			'é'
		],
		...['\\\\pX', '[[:alpha:]]', '(?P<n>a)(?P<n>b)', '\\\\Q(', '(?<n>a)', '(|a)*', '(?s-i:.)']
	);
	const invalid = fc.constantFrom(
		...[
			'(',
			'[a',
			'*',
			'a**',
			'a{1001}',
			'\\\\8',
			'[z-a]',
			'(?=a)',
			'\\\\',
			'(a{1000}){1000}',
			')'
		],
		...['x{2,1}', '[[:foo:]]', '(?<n', 'a|*', '(?z)', 'a++', '\\xff+', '\\\\x{110000}', 'a{2}{3}']
	);
	return mostly(valid, invalid).map((text) => `"${text}"`);
}

function string(): fc.Arbitrary<string> {
	return oneOf(
		fc.constantFrom('"/api/v1/query_range"', '"a value of some length that fills the line"'),
		words('"a" "b" "" \'x\' `raw\\n` "5.." "le" "é😀"'),
		fc.constantFrom(
			'"\\n\\t\\\\\\""',
			"'it\\'s'",
			'"\\x41\\101\\u00e9\\U0001f600"',
			'"\\xff"',
			'`a\nb`',
			'"# no"'
		),
		fc
			.string({ unit: fc.constantFrom(...'ab \u00a0\u200b\ue000\u0007~$'), maxLength: 4 })
			.map((text) => `"${text}"`)
	);
}

function number(): fc.Arbitrary<string> {
	const odd = words(
		'1__0 0x 09 1e400 0xG 1_ 9223372036854775807 18446744073709551616 00 0_1 1e308'
	);
	const usual = words(
		'0 1 2 5 0.5 .5 5. 1e3 1E-2 0x1F 0755 1_000 Inf nan inF 1e-400 0.1 123456789 1e20 0.0004'
	);
	const any = fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }).map(String);
	return mostly(usual, oneOf(odd, any));
}

/** A duration of NaN is whatever the processor makes of it. */
function anyButNaN(): fc.Arbitrary<string> {
	return number().filter((text) => !/nan/i.test(text));
}

function duration(): fc.Arbitrary<string> {
	return mostly(
		words('5m 1h30m 90s 1500ms 1d 2w 1y 1h 30s 1d1h1m1s1ms 10m'),
		oneOf(
			fc
				.nat(100_000_000)
				.filter(isPrintedWhole)
				.map((ms) => `${ms}ms`),
			words('1m1h 5m5m 5hs 300y 293y 5mm 0ms 0s 292y26w')
		)
	);
}

/** Prometheus prints some durations a millisecond short (NumberLiteral.String cuts off what a float64 lacks); we do not. */
function isPrintedWhole(milliseconds: number): boolean {
	return Math.trunc((milliseconds / 1000) * 1e9) === milliseconds * 1e6;
}

function space(): fc.Arbitrary<string> {
	return fc.oneof(
		{ weight: 12, arbitrary: fc.constant('') },
		{ weight: 6, arbitrary: fc.constant(' ') },
		{ weight: 1, arbitrary: fc.constantFrom('\n', '\t ', '\r\n', ' # note\n', '#é\n', '#\r') }
	);
}

const TOKENS = [
	...'sum topk count_values by without on ignoring group_left group_right fill fill_left bool'.split(
		' '
	),
	...'offset anchored smoothed start end step range max_of min_of and or unless atan2 inf NaN'.split(
		' '
	),
	...'( ) [ ] { } , : @ + - * / % ^ = == != =~ !~ < <= > >= </ >/'.split(' '),
	...'foo up a:b rate time info label_join 1 5m 0 0x 1e 1h1h 1.5 _ . step() start() (5m) foo[5m] foo[5m:]'.split(
		' '
	),
	...[
		'"a"',
		"'x'",
		'`r`',
		'"\\d"',
		'#',
		'\n',
		' ',
		'\\',
		'"',
		"'",
		'`',
		'!',
		'~',
		'$',
		'é',
		'😀',
		'\ufffd'
	]
];

function token(): fc.Arbitrary<string> {
	return fc.constantFrom(...TOKENS);
}

const CHARACTERS = [...'abz019_.:=!"\'`\\{}[]()#@^%,<>/+-* \n\té\u00a0\u200b😀\ufffd'];

type Mutation = (text: string, other: string) => string;

const TOKEN_PATTERN =
	/\s+|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|[A-Za-z_:][A-Za-z0-9_:]*|[0-9.]+[a-zA-Z0-9]*|[<>=!]=|=~|!~|./gsu;

function mutation(): fc.Arbitrary<Mutation> {
	const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
	const inTokens = fc
		.tuple(
			place,
			place,
			fc.constantFrom('lose', 'add', 'exchange', 'borrow', 'double', 'cut'),
			token()
		)
		.map(([at, from, kind, added]) => changeTokens(at, from, kind, added));
	const inCharacters = fc
		.tuple(place, fc.constantFrom(...CHARACTERS), fc.nat(1))
		.map(([at, added, lost]): Mutation => (text) => {
			const characters = [...text];
			characters.splice(Math.floor(at * (characters.length + 1)), lost, added);
			return characters.join('');
		});
	return fc.oneof({ weight: 5, arbitrary: inTokens }, { weight: 1, arbitrary: inCharacters });
}

function changeTokens(at: number, from: number, kind: string, added: string): Mutation {
	return (text, other) => {
		const tokens: string[] = text.match(TOKEN_PATTERN) ?? [];
		const others = other.match(TOKEN_PATTERN) ?? [''];
		const i = Math.floor(at * (tokens.length + 1));
		const borrowed = others[Math.floor(from * others.length)] as string;
		if (kind === 'cut') return tokens.slice(0, i).join('');
		const lost = kind === 'lose' || kind === 'exchange' ? 1 : 0;
		const gained = { add: added, exchange: added, borrow: ` ${borrowed}`, double: tokens[i] }[kind];
		tokens.splice(i, lost, ...(gained === undefined ? [] : [gained]));
		return tokens.join('');
	};
}
