import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFloat, labels } from '#engine/model';
import { query } from '#engine/promql';
import { Head } from '#engine/tsdb';
import {
	classicEstimate,
	classicQuantile,
	classicShare,
	observe,
	sumByLe,
	type ClassicBuckets
} from '$lib/labs/buckets/classic.ts';
import { drawCrowd, drawFleet, trueQuantile } from '$lib/labs/buckets/crowd.ts';
import { EDGE_PRESETS, tidyEdges } from '$lib/labs/buckets/edges.ts';
import { atSchema, observeNative, quantileOfNative } from '$lib/labs/buckets/native.ts';
import { TRAFFIC_PRESETS, trafficOf } from '$lib/labs/buckets/traffic.ts';

const AT = Date.UTC(2026, 0, 5, 9);

/** A store with the buckets of each instance, as scraped. */
function storeOf(histograms: readonly ClassicBuckets[]): Head {
	const head = new Head();
	histograms.forEach(({ bounds, counts }, i) => {
		const appender = head.appender();
		appender.begin(AT);
		bounds.forEach((bound, b) => {
			const name = { __name__: 'd_bucket', instance: `shop-${i}`, le: formatFloat(bound) };
			appender.add(appender.ref(labels(name)), counts[b] as number);
		});
		appender.commit();
	});
	return head;
}

/** The one value that a query gives. */
function ask(head: Head, text: string): number {
	const outcome = query(head, text, AT);
	if (!outcome.ok || outcome.result.type !== 'vector') throw new Error(`no vector for ${text}`);
	const [sample, ...others] = outcome.result.samples;
	if (!sample || others.length > 0) throw new Error(`not one sample for ${text}`);
	return sample.value;
}

const QUANTILES = [0, 0.01, 0.5, 0.95, 0.99, 0.999, 1];

describe('what the lab draws is what a query over the same buckets says, to the last bit', () => {
	it.each(TRAFFIC_PRESETS.map(({ id }) => id))('%s, through every kind of edges', (id) => {
		const { all } = drawCrowd(trafficOf(id), 190);
		for (const { edges } of EDGE_PRESETS) {
			const buckets = observe(all, edges);
			const head = storeOf([buckets]);
			for (const q of QUANTILES) {
				expect(classicQuantile(q, buckets)).toBe(ask(head, `histogram_quantile(${q}, d_bucket)`));
			}
			for (const bound of [0.001, 0.3, 1.05, 40]) {
				const asked = ask(head, `histogram_fraction(0, ${bound}, d_bucket)`);
				expect(classicShare(bound, buckets)).toBe(asked);
			}
		}
	});

	it('two instances, summed by le', () => {
		const { instances } = drawFleet(0.2, 190);
		const each = instances.map((sorted) => observe(sorted, EDGE_PRESETS[0].edges));
		const asked = ask(storeOf(each), 'histogram_quantile(0.95, sum by (le) (d_bucket))');
		expect(classicQuantile(0.95, sumByLe(each))).toBe(asked);
	});

	it('native histograms of every schema', () => {
		const finest = observeNative(drawCrowd(trafficOf('shop'), 190).all);
		for (let schema = 0; schema <= 8; schema++) {
			const histogram = atSchema(finest, schema);
			const head = new Head();
			const appender = head.appender();
			appender.begin(AT);
			appender.addHistogram(appender.ref(labels({ __name__: 'd' })), histogram);
			appender.commit();
			for (const q of QUANTILES) {
				expect(quantileOfNative(q, histogram)).toBe(ask(head, `histogram_quantile(${q}, d)`));
			}
		}
	});
});

describe('a bucket', () => {
	const values = fc
		.array(fc.double({ min: 1e-4, max: 100, noNaN: true }), { minLength: 1, maxLength: 60 })
		.map((all) => Float64Array.from(all).sort());
	const edges = fc
		.array(fc.double({ min: 1e-3, max: 50, noNaN: true }), { minLength: 1, maxLength: 12 })
		.map(tidyEdges);
	const quantiles = fc.double({ min: 0.001, max: 1, noNaN: true });

	it('always holds the true quantile that it is used to estimate', () => {
		fc.assert(
			fc.property(values, edges, quantiles, (sorted, bounds, q) => {
				const { lower, upper } = classicEstimate(q, observe(sorted, bounds));
				const truth = trueQuantile(q, sorted);
				expect(truth).toBeGreaterThan(lower);
				expect(truth).toBeLessThanOrEqual(upper);
			})
		);
	});

	it('tells the share at its edge exactly', () => {
		fc.assert(
			fc.property(values, edges, (sorted, bounds) => {
				const buckets = observe(sorted, bounds);
				for (const bound of bounds) {
					const true_ = sorted.filter((value) => value <= bound).length / sorted.length;
					expect(classicShare(bound, buckets)).toBeCloseTo(true_, 12);
				}
			})
		);
	});
});
