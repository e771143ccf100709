import type { MetricMetadata } from '#engine/model';
import type { Fact } from './page-reader.ts';

/** What HELP, TYPE and UNIT lines say of each family, by name. Of two lines of a kind the later one counts. */
export function metadataOf(facts: Iterable<Fact>): ReadonlyMap<string, MetricMetadata> {
	const metadata = new Map<string, MetricMetadata>();
	for (const fact of facts) metadata.set(fact.name, describe(metadata.get(fact.name), fact));
	return metadata;
}

/** What is known of a family, with what one more line says of it. */
function describe(known: MetricMetadata | undefined, fact: Fact): MetricMetadata {
	return {
		type: fact.type ?? known?.type ?? 'unknown',
		help: fact.help ?? known?.help ?? '',
		unit: fact.unit ?? known?.unit ?? ''
	};
}
