import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labels } from '#engine/model';
import { labelChanges, unchanged } from '../../../src/routes/sandbox/label-changes.ts';

const anyLabels = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('', '1', '2'));

describe('labelChanges', () => {
	it('says of each label what became of it, in the order of names', () => {
		const before = labels({ job: 'shop', region: 'eu', zone: '1' });
		const after = labels({ job: 'web', host: 'shop-1', zone: '1' });
		expect(labelChanges(before, after)).toEqual([
			{ name: 'host', value: 'shop-1', kind: 'added' },
			{ name: 'job', value: 'web', kind: 'changed', before: 'shop' },
			{ name: 'region', value: 'eu', kind: 'removed' },
			{ name: 'zone', value: '1', kind: 'same' }
		]);
	});

	it('leads from the one set to the other, and back', () => {
		fc.assert(
			fc.property(anyLabels, anyLabels, (one, other) => {
				const [before, after] = [labels(one), labels(other)];
				const changes = labelChanges(before, after);
				const now = changes.filter(({ kind }) => kind !== 'removed');
				expect(now.flatMap(({ name, value }) => [name, value])).toEqual(after);
				const old = changes.filter(({ kind }) => kind !== 'added');
				expect(old.flatMap((change) => [change.name, change.before ?? change.value])).toEqual(
					before
				);
			})
		);
	});

	it('finds nothing changed in a set by itself', () => {
		expect(unchanged(labels({ a: '1' }))).toEqual([{ name: 'a', value: '1', kind: 'same' }]);
	});
});
