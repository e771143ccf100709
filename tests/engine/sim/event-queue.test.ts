import { EventQueue } from '#engine/sim';
import fc from 'fast-check';
import { expect, test } from 'vitest';

function drain<Item>(queue: EventQueue<Item>): Item[] {
	const items: Item[] = [];
	for (let event = queue.pop(); event; event = queue.pop()) items.push(event.item);
	return items;
}

test('events come out by time, and those of one moment as they were put in', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
			const queue = new EventQueue<readonly [number, number]>();
			times.forEach((at, i) => queue.push(at, [at, i]));
			const sorted = times.map((at, i) => [at, i] as const).sort((a, b) => a[0] - b[0]);
			expect(drain(queue)).toEqual(sorted);
		})
	);
});

test('cancelled events are skipped', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean())), (entries) => {
			const queue = new EventQueue<number>();
			const events = entries.map(([at], i) => queue.push(at, i));
			entries.forEach(([, isCancelled], i) => (events[i]!.cancelled = isCancelled));
			const kept = entries.flatMap(([at, isCancelled], i) => (isCancelled ? [] : [{ at, i }]));
			expect(drain(queue)).toEqual(kept.sort((a, b) => a.at - b.at).map(({ i }) => i));
		})
	);
});

test('peek shows the next event and leaves it in', () => {
	const queue = new EventQueue<string>();
	queue.push(2, 'late');
	queue.push(1, 'early');
	expect(queue.peek()?.item).toBe('early');
	expect(drain(queue)).toEqual(['early', 'late']);
	expect(queue.peek()).toBeUndefined();
});
