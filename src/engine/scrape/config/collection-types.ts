import { quote } from '#engine/model';
import {
	collectionTag,
	complain,
	complainOfType,
	decode,
	refuse,
	type Decoder,
	type Type,
	type ValueNode
} from './decode.ts';
import { eachPair } from './each-pair.ts';
import { resolveScalar } from './resolve-scalar.ts';
import type { YamlNode } from './yaml-tree.ts';

/** A list; null where none is given. */
export function listType<T>(name: string, element: Type<T>): Type<readonly T[] | null> {
	const type: Type<readonly T[] | null> = {
		name,
		zero: null,
		read(decoder, node) {
			if (node.kind !== 'sequence') return wrongKind(decoder, node, type);
			const before = decoder.failures;
			const values = node.children.map((child) => decode(decoder, child, element));
			if (decoder.failures > before) return undefined;
			const fields = new Map(node.children.map((child, i) => [String(i), child]));
			decoder.places.set(values, { node, fields });
			return values as T[];
		}
	};
	return type;
}

/** A mapping of texts to values; null where none is given. */
export function mapType<T>(
	name: string,
	key: Type<string>,
	value: Type<T>
): Type<ReadonlyMap<string, T> | null> {
	const type: Type<ReadonlyMap<string, T> | null> = {
		name,
		zero: null,
		read(decoder, node) {
			if (node.kind !== 'mapping') return wrongKind(decoder, node, type);
			const before = decoder.failures;
			const map = new Map<string, T>();
			const fields = new Map<string, YamlNode>();
			eachPair(decoder, node, () => (keyNode, valueNode) => {
				const name = decode(decoder, keyNode, key);
				if (name === undefined) return;
				const read = decode(decoder, valueNode, value);
				if (read === undefined) return;
				if (map.has(name)) complain(decoder, valueNode, `key ${quote(name)} already set in map`);
				else map.set(name, read);
				fields.set(name, keyNode);
			});
			if (decoder.failures > before) return undefined;
			decoder.places.set(map, { node, fields });
			return map;
		}
	};
	return type;
}

/** Says that a value is not of the kind that it should be, list or mapping. */
export function wrongKind(
	decoder: Decoder,
	node: ValueNode,
	type: { readonly name: string }
): undefined {
	if (node.kind !== 'scalar') return complainOfType(decoder, node, collectionTag(node), type);
	const resolved = resolveScalar(node);
	if ('error' in resolved) return refuse(decoder, node, resolved.error);
	return complainOfType(decoder, node, resolved.tag, type);
}
