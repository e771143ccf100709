import { followAlias, refuse, type Decoder } from './decode.ts';
import type { CollectionNode, YamlNode } from './yaml-tree.ts';

/**
 * Goes through the keys and values of a mapping. What `<<` brings in comes where it stands, as if it had been written there
 * (go.yaml.in/yaml/v2, decode.go, merge).
 */
export function eachPair(
	decoder: Decoder,
	{ children }: CollectionNode,
	visitor: PairVisitor
): void {
	const visit = visitor();
	for (let i = 0; i + 1 < children.length; i += 2) {
		const key = children[i] as YamlNode;
		const value = children[i + 1] as YamlNode;
		if (isMerge(key)) merge(decoder, value, visitor);
		else visit(key, value);
	}
}

/** Is asked for a new function for each mapping, because a merged one may repeat what the other has. */
export type PairVisitor = () => (key: YamlNode, value: YamlNode) => void;

function isMerge(node: YamlNode): boolean {
	return (
		node.kind === 'scalar' &&
		node.value === '<<' &&
		(node.isImplicit || node.tag === 'tag:yaml.org,2002:merge')
	);
}

function merge(decoder: Decoder, node: YamlNode, visitor: PairVisitor): void {
	// Of a list the last one comes first.
	const mappings = node.kind === 'sequence' ? node.children.toReversed() : [node];
	for (const mapping of mappings) {
		followAlias(decoder, mapping, (value) => {
			if (value.kind === 'mapping') eachPair(decoder, value, visitor);
			else refuse(decoder, mapping, 'map merge requires map or sequence of maps as the value');
		});
	}
}
