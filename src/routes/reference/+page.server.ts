import { referenceFamilies } from '#engine/promql';

export function load() {
	return { families: referenceFamilies() };
}
