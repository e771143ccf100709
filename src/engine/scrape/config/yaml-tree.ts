import { DEEPEST, findTooDeep } from './yaml-depth.ts';
import {
	Composer,
	isAlias,
	isMap,
	isPair,
	isScalar,
	isSeq,
	Parser,
	Scalar,
	type Document,
	type Node,
	type Pair
} from 'yaml';

/**
 * A YAML document as go-yaml sees it before it is decoded: nothing but texts, tags and where they stand. What a text means, `1m` or
 * `yes`, is decided by the type that it is read into (go.yaml.in/yaml/v2, decode.go, node).
 */
export type YamlNode = ScalarNode | CollectionNode | AliasNode;

interface Place {
	/** Half-open, in UTF-16 code units of the text. */
	readonly from: number;
	readonly to: number;
	/** In its long form, `tag:yaml.org,2002:str`; empty where none is written. */
	readonly tag: string;
}

export interface ScalarNode extends Place {
	readonly kind: 'scalar';
	readonly value: string;
	/** Whether it stands without quotes and tag, so that its text says what it is. */
	readonly isImplicit: boolean;
}

export interface CollectionNode extends Place {
	readonly kind: 'mapping' | 'sequence';
	/** Of a mapping: key, value, key, value, … */
	readonly children: readonly YamlNode[];
}

export interface AliasNode extends Place {
	readonly kind: 'alias';
	readonly name: string;
	/** May hold the alias itself. */
	readonly target: ScalarNode | CollectionNode;
}

/** What is wrong with the text as YAML, at an offset. */
export interface YamlError {
	readonly message: string;
	readonly offset: number;
}

export interface YamlTree {
	/** Absent in an empty text, and where there is an error. */
	readonly root?: YamlNode;
	readonly errors: readonly YamlError[];
	/** Where the first document has ended and more comes, which nobody reads. */
	readonly ignoredFrom?: number;
}

const OPTIONS = {
	schema: 'failsafe',
	resolveKnownTags: false,
	uniqueKeys: false,
	logLevel: 'silent'
} as const;

/**
 * Reads the first document of a text. Where it has ended go-yaml stops, so that even what could not belong to any document is not
 * refused: a mapping that begins with a space ends at the first line that begins without.
 */
export function readYamlTree(text: string): YamlTree {
	const unreadable = UNREADABLE.exec(text);
	if (unreadable) {
		const message = 'control characters are not allowed';
		return { errors: [{ message, offset: unreadable.index }] };
	}
	const tokens = [...new Parser().parse(text)];
	const tooDeep = findTooDeep(tokens);
	if (tooDeep !== undefined) {
		return { errors: [{ message: `exceeded max depth of ${DEEPEST}`, offset: tooDeep }] };
	}
	const [document, second] = new Composer(OPTIONS).compose(tokens, true, text.length);
	if (!document) return { errors: [] };
	const rest = document.errors.find((error) => isBehind(text, document, error))?.pos[0];
	const errors = toYamlErrors(document.errors).filter(({ offset }) => offset < (rest ?? Infinity));
	const ignoredFrom = rest ?? second?.range?.[0];
	if (errors.length > 0) return { errors, ignoredFrom };
	if (isNothing(document)) return { errors: [], ignoredFrom };
	const conversion: Conversion = { text, anchors: new Map(), errors: [] };
	const root = convert(conversion, document.contents as Node, 0);
	return conversion.errors.length > 0
		? { errors: conversion.errors, ignoredFrom }
		: { root, errors: [], ignoredFrom };
}

/** The first: what follows one mistake is mostly an echo of it. */
function toYamlErrors(errors: Document['errors']): YamlError[] {
	return errors.slice(0, 1).map(({ message, pos }) => ({ message, offset: pos[0] }));
}

/** Whether an error is in what comes when the document has ended: its mapping by a line further left, anything else at once. */
function isBehind(
	text: string,
	{ contents }: Document,
	{ code, pos: [offset] }: Document['errors'][number]
): boolean {
	if (code !== 'UNEXPECTED_TOKEN' || !contents?.range || offset < contents.range[1]) return false;
	if (isUnwritten(contents)) return false;
	const isBlock = (isMap(contents) || isSeq(contents)) && !contents.flow;
	return !isBlock || columnOf(text, offset) < columnOf(text, contents.range[0]);
}

function columnOf(text: string, offset: number): number {
	return offset - 1 - text.lastIndexOf('\n', offset - 1);
}

/** What go-yaml's reader refuses (readerc.go, yaml_parser_update_buffer). */
const UNREADABLE =
	/[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}](?<!^\ufeff)/u;

/** Comments alone are no document. */
function isNothing({ contents, directives }: Document): boolean {
	return !contents || (isUnwritten(contents) && !directives?.docStart);
}

function isUnwritten(node: Document['contents']): boolean {
	return isScalar(node) && node.source === '' && node.type === Scalar.PLAIN && !node.tag;
}

interface Conversion {
	readonly text: string;
	/** The node that an anchor named last. */
	readonly anchors: Map<string, ScalarNode | CollectionNode>;
	readonly errors: YamlError[];
}

/** Makes a node out of the library's; where there is none, an empty scalar at the offset. */
function convert(conversion: Conversion, node: Node | null | undefined, at: number): YamlNode {
	const from = startOf(conversion.text, node, at);
	const to = node?.range?.[1] ?? at;
	const tag = (!isAlias(node) && node?.tag) || '';
	if (isAlias(node)) return convertAlias(conversion, node.source, from, to);
	if (isMap(node) || isSeq(node)) {
		const children: YamlNode[] = [];
		const kind = isMap(node) ? 'mapping' : 'sequence';
		const converted: CollectionNode = { kind, from, to, tag: meant(tag), children };
		if (node.anchor) conversion.anchors.set(node.anchor, converted);
		const child = (part: unknown, otherwise: number) =>
			convert(conversion, part as Node | null, otherwise);
		for (const item of node.items) {
			if (!isPair(item)) {
				children.push(child(item, from));
				continue;
			}
			const { key, value } = item as Pair;
			if (!node.flow) refuseLoneColon(conversion, key as Node | null);
			const name = child(key, from);
			children.push(name, child(value, name.to));
		}
		return converted;
	}
	return convertScalar(conversion, node, { from, to, tag });
}

/** A line that begins with a colon has an empty key for the library, and none for go-yaml. */
function refuseLoneColon({ text, errors }: Conversion, key: Node | null): void {
	if (!isScalar(key) || !isUnwritten(key) || key.anchor) return;
	const offset = key.range?.[0] ?? 0;
	if (/\?\s*$/.test(text.slice(Math.max(0, offset - LONGEST_PROPERTIES), offset))) return;
	errors.push({ message: 'did not find expected key', offset });
}

/** Where a node begins, with its anchor and tag. */
function startOf(text: string, node: Node | null | undefined, otherwise: number): number {
	const from = node?.range?.[0] ?? otherwise;
	if (!node || isAlias(node) || (!node.anchor && !node.tag)) return from;
	return (
		from -
		(PROPERTIES.exec(text.slice(Math.max(0, from - LONGEST_PROPERTIES), from))?.[0].length ?? 0)
	);
}

/** Further back nobody looks for an anchor. */
const LONGEST_PROPERTIES = 1_000;
const PROPERTIES = /(?<![^\s[{,:-])(?:[&!]\S*(?:\s|#[^\n]*\n)+|[&!]\S*$){1,2}$/;

function convertAlias(
	{ anchors, errors }: Conversion,
	name: string,
	from: number,
	to: number
): YamlNode {
	const target = anchors.get(name);
	if (target) return { kind: 'alias', from, to, tag: '', name, target };
	errors.push({ message: `unknown anchor '${name}' referenced`, offset: from });
	return { kind: 'scalar', from, to, tag: '', value: '', isImplicit: true };
}

function convertScalar(
	{ anchors }: Conversion,
	node: Node | null | undefined,
	{ from, to, tag }: Place
): ScalarNode {
	const scalar = isScalar(node) ? node : undefined;
	const type = scalar?.type ?? Scalar.PLAIN;
	const converted: ScalarNode = {
		kind: 'scalar',
		from,
		to,
		tag: meant(tag),
		value: scalar?.source ?? '',
		isImplicit: tag === '!' || (tag === '' && type === Scalar.PLAIN)
	};
	if (scalar?.anchor) anchors.set(scalar.anchor, converted);
	return converted;
}

/** A lone `!` is as good as no tag. */
function meant(tag: string): string {
	return tag === '!' ? '' : tag;
}
