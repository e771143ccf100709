import { AGGREGATORS, isAggregationOp } from '../aggregators.ts';
import type { ValueType } from '../ast.ts';
import type { FunctionDefinition } from '../function-definition.ts';
import { functionTable } from '../functions.ts';
import { AGGREGATOR_TEXTS } from './aggregators.ts';
import { HISTOGRAM_TEXTS } from './histograms.ts';
import { keywordsOf } from './keywords.ts';
import { MATHS_TEXTS, TRIGONOMETRY_TEXTS } from './maths.ts';
import { CHANGE_TEXTS, OVER_TIME_TEXTS } from './ranges.ts';
import type { Example, HistogramSupport, ReferenceText, ReferenceTexts } from './reference-text.ts';
import { OPERATORS, SELECTION, type SyntaxText } from './syntax.ts';
import { TIME_TEXTS } from './times.ts';
import { LABEL_TEXTS, VECTOR_TEXTS } from './vectors.ts';

/** All that is to be said about one function, aggregator or operator: for hover, completion and the reference. Plain data. */
export interface ReferenceEntry {
	/** What it is looked up by, and its anchor in a page: the name, but for operators. */
	readonly id: string;
	readonly name: string;
	readonly kind: 'function' | 'aggregator' | 'operator' | 'modifier';
	/** As a person would write it down: `rate(v range-vector) instant-vector`. */
	readonly signature: string;
	readonly params: readonly ReferenceParam[];
	/** One line. */
	readonly doc: string;
	readonly about: string;
	readonly trap?: string;
	readonly histograms: HistogramSupport;
	readonly experimental: boolean;
	readonly example: Example;
	/** Words that people look for it by, and that it does not use itself; lower case, with spaces between. */
	readonly keywords: string;
}

/** An argument of a function or aggregator. */
export interface ReferenceParam {
	readonly name: string;
	readonly type: ValueType;
	readonly about: string;
	readonly optional: boolean;
	/** May be given several times. */
	readonly repeats: boolean;
}

/** What belongs together, in the order of a reference. */
export interface ReferenceFamily {
	readonly id: string;
	readonly title: string;
	readonly entries: readonly ReferenceEntry[];
}

const FAMILIES: readonly (readonly [id: string, title: string, texts: ReferenceTexts])[] = [
	['change', 'How counters and gauges change', CHANGE_TEXTS],
	['aggregation', 'Aggregation over series', AGGREGATOR_TEXTS],
	['over-time', 'Aggregation over time', OVER_TIME_TEXTS],
	['histograms', 'Histograms', HISTOGRAM_TEXTS],
	['labels', 'Labels', LABEL_TEXTS],
	['vectors', 'Presence, order, numbers', VECTOR_TEXTS],
	['time', 'Time and dates', TIME_TEXTS],
	['maths', 'Arithmetic', MATHS_TEXTS],
	['trigonometry', 'Trigonometry', TRIGONOMETRY_TEXTS]
];

/** Everything there is in PromQL, by family. */
export function referenceFamilies(): readonly ReferenceFamily[] {
	const calls = FAMILIES.map(([id, title, texts]) => ({
		id,
		title,
		entries: Object.keys(texts).flatMap((name) => referenceOf(name) ?? [])
	}));
	const syntax = [
		{
			id: 'selection',
			title: 'Selectors',
			entries: SELECTION.map((text) => asEntry(text, 'modifier'))
		},
		{
			id: 'operators',
			title: 'Operators',
			entries: OPERATORS.map((text) => asEntry(text, 'operator'))
		}
	];
	return [...syntax, ...calls];
}

function asEntry(
	{ form, experimental = false, ...text }: SyntaxText,
	kind: ReferenceEntry['kind']
): ReferenceEntry {
	const keywords = keywordsOf(text.id);
	return { ...text, kind, signature: form, params: [], experimental, keywords };
}

/** What is to be said about a function or aggregator; undefined for any other name. */
export function referenceOf(name: string): ReferenceEntry | undefined {
	const text = textOf(name);
	const row = functionTable.get(name) ?? aggregatorRow(name);
	if (!text || !row) return undefined;
	const { about, trap, histograms, example } = text;
	const params = paramsOf(row, text.params);
	return {
		id: name,
		name,
		kind: functionTable.has(name) ? 'function' : 'aggregator',
		signature: signatureText(name, params, row.returns),
		params,
		doc: row.doc,
		about,
		...(trap ? { trap } : {}),
		histograms,
		experimental: row.experimental,
		example,
		keywords: keywordsOf(name)
	};
}

/** How a function is called: `rate(v range-vector) instant-vector`. */
export function signature(definition: FunctionDefinition): string {
	const names = textOf(definition.name)?.params ?? {};
	return signatureText(definition.name, paramsOf(definition, names), definition.returns);
}

function textOf(name: string): ReferenceText | undefined {
	for (const [, , texts] of FAMILIES) if (Object.hasOwn(texts, name)) return texts[name];
	return undefined;
}

/** What of a row of the function table a reference needs. */
type Row = Pick<
	FunctionDefinition,
	'args' | 'optional' | 'variadic' | 'returns' | 'experimental' | 'doc'
>;

function paramsOf(row: Row, about: Readonly<Record<string, string>>): ReferenceParam[] {
	const entries = Object.entries(about);
	const required = row.args.length - row.optional;
	return entries.map(([name, phrase], i) => ({
		name,
		type: row.args[i] ?? 'scalar',
		about: phrase,
		optional: i >= required,
		repeats: i === entries.length - 1 && (row.variadic || row.args.length > entries.length)
	}));
}

const TYPE_WORDS: Readonly<Record<ValueType, string>> = {
	scalar: 'scalar',
	vector: 'instant-vector',
	matrix: 'range-vector',
	string: 'string'
};

function signatureText(
	name: string,
	params: readonly ReferenceParam[],
	returns: ValueType
): string {
	const written = params.map(({ name: param, type, optional, repeats }) => {
		const one = `${param} ${TYPE_WORDS[type]}${repeats ? ', …' : ''}`;
		return optional ? `[${one}]` : one;
	});
	return `${name}(${written.join(', ')}) ${TYPE_WORDS[returns]}`;
}

/** Aggregators are no functions to the parser, but are called alike. */
function aggregatorRow(name: string): Row | undefined {
	if (!isAggregationOp(name)) return undefined;
	const { parameter, experimental, doc } = AGGREGATORS[name];
	return {
		args: parameter ? [parameter, 'vector'] : ['vector'],
		optional: 0,
		variadic: false,
		returns: 'vector',
		experimental,
		doc
	};
}
