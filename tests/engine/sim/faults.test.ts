import {
	activeFaults,
	addFault,
	createRandom,
	failureShare,
	isDown,
	isOutboundCut,
	isScrapeLost,
	shiftFaults,
	slowdown,
	transitions,
	withFaults,
	type Fault,
	type FaultTimeline,
	type SimRequestDraft
} from '#engine/sim';
import { expect, test } from 'vitest';

const CRASH: Fault = { kind: 'crash', at: 100, instance: 'b', downFor: 50 };
const BURST: Fault = { kind: 'error-burst', at: 200, for: 100, share: 0.5, endpoint: '/pay' };
const SLOW: Fault = {
	kind: 'slow-dependency',
	at: 250,
	for: 100,
	dependency: 'payments',
	factor: 4
};
const LOST: Fault = { kind: 'lost-scrape', at: 400, for: 10, instance: 'a' };
const TIMELINE: FaultTimeline = [CRASH, BURST, SLOW, LOST];

test('a fault is active from its moment to its end, exclusive', () => {
	const kinds = (t: number) => activeFaults(TIMELINE, t).map((fault) => fault.kind);
	expect(kinds(99)).toEqual([]);
	expect(kinds(100)).toEqual(['crash']);
	expect(kinds(150)).toEqual([]);
	expect(kinds(260)).toEqual(['error-burst', 'slow-dependency']);
});

test('a fault is added in its place, and the timeline before stays', () => {
	const more = addFault(TIMELINE, { kind: 'lost-scrape', at: 150, for: 1 });
	expect(more.map((fault) => fault.at)).toEqual([100, 150, 200, 250, 400]);
	expect(TIMELINE).toHaveLength(4);
});

test('shifting moves every moment and no duration', () => {
	expect(shiftFaults([CRASH], 1000)).toEqual([{ ...CRASH, at: 1100 }]);
});

test('an error burst strikes its endpoint alone, and bursts add up as independent chances', () => {
	expect(failureShare(TIMELINE, '/pay', 250)).toBe(0.5);
	expect(failureShare(TIMELINE, '/', 250)).toBe(0);
	expect(failureShare(TIMELINE, '/pay', 300)).toBe(0);
	const everywhere: Fault = { kind: 'error-burst', at: 0, for: 1000, share: 0.2 };
	expect(failureShare([...TIMELINE, everywhere], '/pay', 250)).toBeCloseTo(0.6);
	expect(failureShare([...TIMELINE, everywhere], '/', 250)).toBeCloseTo(0.2);
});

test('a slow dependency slows what waits for it', () => {
	expect(slowdown(TIMELINE, 'payments', 260)).toBe(4);
	expect(slowdown([...TIMELINE, { ...SLOW, factor: 2 }], 'payments', 260)).toBe(8);
	expect(slowdown(TIMELINE, 'mail', 260)).toBe(1);
	expect(slowdown(TIMELINE, undefined, 260)).toBe(1);
	expect(slowdown(TIMELINE, 'payments', 350)).toBe(1);
});

test('a crash takes one instance down', () => {
	expect([99, 100, 149, 150].map((t) => isDown(TIMELINE, 'b', t))).toEqual([
		false,
		true,
		true,
		false
	]);
	expect(isDown(TIMELINE, 'a', 120)).toBe(false);
});

test('a lost scrape hits its instance, or all', () => {
	expect(isScrapeLost(TIMELINE, 'a', 405)).toBe(true);
	expect(isScrapeLost(TIMELINE, 'b', 405)).toBe(false);
	expect(isScrapeLost([{ kind: 'lost-scrape', at: 400, for: 10 }], 'b', 405)).toBe(true);
});

function crash(instance: string, at: number, downFor: number): Fault {
	return { kind: 'crash', at, instance, downFor };
}

test('transitions tell every going down and coming up of a stretch', () => {
	const check = (faults: FaultTimeline, from: number, until: number, expected: string) => {
		const texts = transitions(faults, from, until).map(
			({ at, instance, up }) => `${at}:${instance} ${up ? 'up' : 'down'}`
		);
		expect(texts.join(', ')).toBe(expected);
	};
	check(TIMELINE, 0, 1000, '100:b down, 150:b up');
	check(TIMELINE, 100, 149, '');
	check(TIMELINE, 100, 150, '150:b up');
	check([crash('a', 10, 20), crash('a', 20, 20)], 0, 99, '10:a down, 40:a up');
	check([crash('a', 10, 20), crash('a', 30, 20)], 0, 99, '10:a down, 50:a up');
	check([crash('a', 10, 5), crash('a', 30, 5)], 0, 99, '10:a down, 15:a up, 30:a down, 35:a up');
	check([crash('a', 10, 50), crash('a', 20, 1)], 0, 99, '10:a down, 60:a up');
	check([crash('a', 10, 10), crash('b', 12, 3)], 0, 99, '10:a down, 12:b down, 15:b up, 20:a up');
});

const PAY: SimRequestDraft = {
	at: 260,
	method: 'POST',
	path: '/pay',
	endpoint: '/pay',
	user: 1,
	work: 100,
	outcome: { status: 200 },
	dependency: 'payments'
};

test('a request meets the faults of its moment', () => {
	expect(withFaults(PAY, [SLOW], createRandom(1))).toEqual({ ...PAY, work: 400 });
	expect(withFaults(PAY, [SLOW], createRandom(1), 0.7).work).toBeCloseTo(30 + 4 * 70);
	expect(withFaults({ ...PAY, at: 10 }, TIMELINE, createRandom(1))).toEqual({ ...PAY, at: 10 });
	const sure: Fault = { kind: 'error-burst', at: 0, for: 1000, share: 1, message: 'no funds' };
	expect(withFaults(PAY, [sure], createRandom(1)).outcome).toEqual({ throws: 'no funds' });
});

test('who can call nobody finds out at once, and what calls nobody goes on', () => {
	const cut: Fault = { kind: 'outbound-cut', at: 200, for: 100 };
	expect([199, 200, 299, 300].map((t) => isOutboundCut([cut], t))).toEqual([
		false,
		true,
		true,
		false
	]);
	const { dependency, ...alone } = PAY;
	expect(withFaults(PAY, [cut, SLOW], createRandom(1), 0.7)).toEqual({
		...alone,
		work: expect.closeTo(30),
		outcome: { throws: `${dependency}: network is unreachable` }
	});
	const declined = { throws: 'card declined' };
	expect(withFaults({ ...PAY, outcome: declined }, [cut], createRandom(1)).outcome).toBe(declined);
	expect(withFaults(alone, [cut], createRandom(1))).toBe(alone);
	expect(withFaults({ ...PAY, at: 300 }, [cut], createRandom(1))).toEqual({ ...PAY, at: 300 });
});

test('a burst fails its share of requests', () => {
	const random = createRandom(4);
	const outcomes = Array.from({ length: 10_000 }, () => withFaults(PAY, TIMELINE, random).outcome);
	const failed = outcomes.filter((outcome) => 'throws' in outcome).length;
	expect(Math.abs(failed - 5000)).toBeLessThan(250);
});

test('chance is asked only while a burst is on', () => {
	const random = createRandom(4);
	for (let t = 0; t < 200; t++) withFaults({ ...PAY, at: t }, TIMELINE, random);
	expect(random()).toBe(createRandom(4)());
});
