import type { AliasNode, CollectionNode, ScalarNode, YamlNode } from './yaml-tree.ts';
import { excerpt, resolveScalar, shortTag, type Resolved } from './resolve-scalar.ts';

/**
 * Decoding as go-yaml does it (go.yaml.in/yaml/v2, decode.go): a value is read as a `Type`, which is told what null means, and
 * complains in Go's words. Unlike Go it goes on after everything that is wrong.
 */
export interface Type<T> {
	/** What Go calls it in messages. */
	readonly name: string;
	/** What null makes of it. */
	readonly zero: T;
	/** Undefined when it cannot be read, which has been said then. */
	read(decoder: Decoder, node: ValueNode): T | undefined;
}

export type ValueNode = ScalarNode | CollectionNode;

/**
 * How Prometheus takes what is wrong. `type`: it collects all of them and then refuses the file. `fatal`: it stops at once, and says
 * only this. `check`: it stops, in the checks that it makes when everything has been read.
 */
export type Severity = 'fatal' | 'type' | 'check' | 'warning';

export interface Finding {
	readonly severity: Severity;
	readonly message: string;
	readonly node: YamlNode;
}

/** What is known while a document is read. */
export interface Decoder {
	readonly findings: Finding[];
	/** Aliases that are being read, so that one that holds itself is noticed. */
	readonly aliases: Set<AliasNode>;
	/** Where the fields of what has been read stand. */
	readonly places: WeakMap<object, Places>;
	/** How many findings are no warnings. */
	failures: number;
	/** How many values have been read, and how many of them by way of an alias. */
	count: number;
	aliasCount: number;
}

/** Where a mapping or list and its fields or elements are; of a mapping of free names the names, not the values. */
export interface Places {
	readonly node: YamlNode;
	readonly fields: ReadonlyMap<string, YamlNode>;
}

export function createDecoder(): Decoder {
	return {
		findings: [],
		aliases: new Set(),
		places: new WeakMap(),
		failures: 0,
		count: 0,
		aliasCount: 0
	};
}

/** Says that a value is not of its type, or that a field should not be there. */
export function complain(decoder: Decoder, node: YamlNode, message: string): undefined {
	decoder.failures++;
	decoder.findings.push({ severity: 'type', node, message });
}

/** Says why a value is refused. */
export function refuse(decoder: Decoder, node: YamlNode, message: string): undefined {
	decoder.failures++;
	decoder.findings.push({ severity: 'fatal', node, message });
}

/** Says what a check found when everything had been read. */
export function object(decoder: Decoder, node: YamlNode, message: string): undefined {
	decoder.failures++;
	decoder.findings.push({ severity: 'check', node, message });
}

/** Says what is no error, and yet not as one might think. */
export function warn({ findings }: Decoder, node: YamlNode, message: string): undefined {
	findings.push({ severity: 'warning', node, message });
}

/** Where a field of something that was read stands; the whole where the field was not given. */
export function placeOf({ places }: Decoder, value: object, field?: string): YamlNode | undefined {
	const place = places.get(value);
	return (field === undefined ? undefined : place?.fields.get(field)) ?? place?.node;
}

/** Reads a value. Undefined when it cannot be read, which has been said then. */
export function decode<T>(decoder: Decoder, node: YamlNode, type: Type<T>): T | undefined {
	return followAlias(decoder, node, (value) => {
		if (!isNull(value)) return type.read(decoder, value);
		const resolved = value.kind === 'scalar' ? resolveScalar(value) : undefined;
		return resolved && 'error' in resolved ? refuse(decoder, value, resolved.error) : type.zero;
	});
}

/** Does something with a value, or with the one that an alias stands for. */
export function followAlias<T>(
	decoder: Decoder,
	node: YamlNode,
	use: (value: ValueNode) => T
): T | undefined {
	decoder.count++;
	if (decoder.aliases.size > 0) decoder.aliasCount++;
	if (node.kind !== 'alias') return use(node);
	if (decoder.aliases.has(node)) {
		return refuse(decoder, node, `anchor '${node.name}' value contains itself`);
	}
	if (isExcessive(decoder)) return refuseExcess(decoder, node);
	decoder.aliases.add(node);
	const result = use(node.target);
	decoder.aliases.delete(node);
	return result;
}

/** Said once is enough: every further alias is left out. */
function refuseExcess(decoder: Decoder, node: AliasNode): undefined {
	const message = 'document contains excessive aliasing';
	if (decoder.findings.some((finding) => finding.message === message)) return undefined;
	return refuse(decoder, node, message);
}

/** Whether a small text stands for so much that it must be meant to do harm. */
function isExcessive({ count, aliasCount }: Decoder): boolean {
	return aliasCount > 100 && count > 1_000 && aliasCount / count > 0.99;
}

function isNull(node: ValueNode): boolean {
	if (shortTag(node.tag) === '!!null') return true;
	return (
		node.kind === 'scalar' &&
		node.isImplicit &&
		['', '~', 'null', 'Null', 'NULL'].includes(node.value)
	);
}

/** Says that a value is not of the type (decode.go, terror). */
export function complainOfType(
	decoder: Decoder,
	node: ValueNode,
	tag: string,
	{ name }: { readonly name: string }
): undefined {
	const shown = node.tag === '' ? tag : shortTag(node.tag);
	const isCollection = shown === '!!seq' || shown === '!!map';
	const value = isCollection ? '' : excerpt(node.kind === 'scalar' ? node.value : '');
	return complain(decoder, node, `cannot unmarshal ${shown}${value} into ${name}`);
}

/** The tag of a value that is no scalar, as messages say it. */
export function collectionTag({ kind }: CollectionNode): string {
	return kind === 'sequence' ? '!!seq' : '!!map';
}

/**
 * A type that is written as a scalar. `from` makes it of what the scalar resolves to, and gives undefined when that is of another
 * type; null becomes the zero value.
 */
export function scalarType<T>(
	name: string,
	zero: T,
	from: (resolved: Resolved, text: string) => T | undefined
): Type<T> {
	const type: Type<T> = {
		name,
		zero,
		read(decoder, node) {
			if (node.kind !== 'scalar') return complainOfType(decoder, node, collectionTag(node), type);
			const resolved = resolveScalar(node);
			if ('error' in resolved) return refuse(decoder, node, resolved.error);
			if (resolved.value === null) return zero;
			const value = from(resolved, node.value);
			return value === undefined ? complainOfType(decoder, node, resolved.tag, type) : value;
		}
	};
	return type;
}

/** A type that is read as another one and then converted; `convert` gives the reason where that cannot be done. */
export function derivedType<S, T>(
	base: Type<S>,
	zero: T,
	convert: (value: S) => { readonly value: T } | { readonly error: string }
): Type<T> {
	return {
		name: base.name,
		zero,
		read(decoder, node) {
			const value = base.read(decoder, node);
			if (value === undefined) return undefined;
			const converted = convert(value);
			return 'error' in converted ? refuse(decoder, node, converted.error) : converted.value;
		}
	};
}

/** The same type where null is kept: a pointer in Go. */
export function nullable<T>(type: Type<T>): Type<T | null> {
	return { ...type, zero: null };
}
