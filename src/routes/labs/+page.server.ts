import type { PageServerLoad } from './$types';
import type { Previews } from './preview.ts';
import { bucketsPreview, cardinalityPreview, ratePreview } from './previews.ts';

/** The day whose 95th percentile is 268 ms in truth and 305 ms in the histogram. */
const BUCKETS_SEED = 190;

/** The pictures are made when the page is built: of a world that was lived through, and by the engine's own functions. */
export const load: PageServerLoad = async () => {
	const previews: Previews = {
		'/labs/buckets': bucketsPreview(BUCKETS_SEED),
		'/labs/cardinality': await cardinalityPreview(1),
		'/labs/rate': ratePreview()
	};
	return { previews };
};
