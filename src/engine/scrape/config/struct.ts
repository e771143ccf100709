import { wrongKind } from './collection-types.ts';
import { complain, decode, warn, type Decoder, type Type, type ValueNode } from './decode.ts';
import { eachPair } from './each-pair.ts';
import { TEXT } from './scalar-types.ts';
import type { YamlNode } from './yaml-tree.ts';

/** One field of a mapping: the name it has there, and how its value is read. */
export type Field<T> = readonly [name: string, type: Type<T>];

/** The fields of a mapping, by what they are called in the result. */
export type Fields<T> = { readonly [Key in keyof T]-?: Field<T[Key]> };

/** A field that Prometheus knows and nobody here asks for. */
export interface UnusedField {
	/** What to do instead, or why there is nothing to do. */
	readonly reason: string;
	/** Where the kind of value is checked all the same. */
	readonly type?: Type<unknown>;
}

export interface StructOptions<T> {
	readonly name: string;
	readonly fields: Fields<T>;
	readonly unused?: Readonly<Record<string, UnusedField>>;
}

/** Reads the fields of a mapping over what is there when they are not given. Undefined when something in it cannot be read. */
export function readStruct<T extends object>(
	decoder: Decoder,
	node: ValueNode,
	defaults: T,
	options: StructOptions<T>
): T | undefined {
	if (node.kind !== 'mapping') return wrongKind(decoder, node, options);
	const before = decoder.failures;
	const filled: Filled = { value: { ...defaults } as Record<string, unknown>, places: new Map() };
	eachPair(decoder, node, () => {
		const seen = new Set<string>();
		return (keyNode, valueNode) => {
			const name = decode(decoder, keyNode, TEXT);
			if (name === undefined) return;
			const field = findField(options as StructOptions<object>, name);
			const says = (what: string) =>
				complain(decoder, keyNode, `field ${name} ${what} in type ${options.name}`);
			if (!field) says('not found');
			else if (seen.has(name)) says('already set');
			else if ('reason' in field) readUnused(decoder, keyNode, valueNode, { name, ...field });
			else fill(decoder, filled, field, valueNode);
			seen.add(name);
		};
	});
	if (decoder.failures > before) return undefined;
	decoder.places.set(filled.value, { node, fields: filled.places });
	return filled.value as T;
}

interface Filled {
	readonly value: Record<string, unknown>;
	readonly places: Map<string, YamlNode>;
}

interface UsedField {
	readonly key: string;
	readonly type: Type<unknown>;
}

function fill(decoder: Decoder, { value, places }: Filled, field: UsedField, node: YamlNode): void {
	value[field.key] = decode(decoder, node, field.type);
	places.set(field.key, node);
}

function findField(
	{ fields, unused }: StructOptions<object>,
	name: string
): UsedField | UnusedField | undefined {
	for (const [key, [own, type]] of Object.entries(fields) as [string, Field<unknown>][]) {
		if (own === name) return { key, type };
	}
	return unused && Object.hasOwn(unused, name) ? unused[name] : undefined;
}

function readUnused(
	decoder: Decoder,
	key: YamlNode,
	value: YamlNode,
	{ name, reason, type }: UnusedField & { readonly name: string }
): void {
	const read = decode(decoder, value, type ?? ANYTHING);
	if (read !== undefined && read !== null) {
		warn(decoder, key, `${name} is not used here: ${reason}`);
	}
}

const ANYTHING: Type<true | null> = { name: 'interface {}', zero: null, read: () => true };
