import { CUSTOM_BUCKETS_SCHEMA, type FloatHistogram } from './float-histogram.ts';

/** The finest and the coarsest exponential schema (model/histogram/generic.go). */
const FINEST = 8;
const COARSEST = -4;

/** Whether buckets have bounds of their own (NHCB), rather than powers of a base. */
export function hasCustomBuckets(histogram: FloatHistogram): boolean {
	return histogram.schema === CUSTOM_BUCKETS_SCHEMA;
}

/** Whether a schema is one of the exponential ones, -4 … 8. */
export function isExponentialSchema(schema: number): boolean {
	return schema >= COARSEST && schema <= FINEST;
}
