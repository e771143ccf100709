import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseWorld, runTrial, type Evidence } from '#engine/lab';
import { createTypeScriptRunner } from '#runners/typescript';
import {
	DEFUSALS,
	LABEL_OPTIONS,
	type Choice,
	type ExtraLabel
} from '$lib/labs/cardinality/choice.ts';
import { labelNames, programText } from '$lib/labs/cardinality/program.ts';

const WORLD = readFileSync(
	new URL('../../../../lessons/worlds/cardinality/world.yaml', import.meta.url),
	'utf8'
);

async function lived(choice: Choice, seconds = 60): Promise<Evidence> {
	const parsed = parseWorld(WORLD);
	if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
	const { world } = parsed;
	const outcome = await runTrial(
		{
			world,
			seed: 1,
			files: { 'app.ts': programText(choice, 'typescript') },
			duration: seconds * 1000
		},
		({ seed }) => createTypeScriptRunner({ seed, workers: world.service.workers })
	);
	if (!outcome.ok) throw new Error(outcome.problems[0]?.message);
	return outcome.evidence;
}

function valuesOf({ pages }: Evidence, label: string): Set<string> {
	const values = pages.flatMap(({ text }) => [
		...text.matchAll(new RegExp(`\\b${label}="([^"]*)"`, 'g'))
	]);
	return new Set(values.map(([, value]) => value as string));
}

function samplesOf({ pages }: Evidence, name: string): number {
	return pages.flatMap(({ samples }) => samples).filter(({ labels }) => labels.includes(name))
		.length;
}

it('the world has for its own program the one that the lab begins with', () => {
	const own = new URL('../../../../lessons/worlds/cardinality/app.ts', import.meta.url);
	expect(readFileSync(own, 'utf8')).toBe(
		programText({ label: 'user_id', kind: 'counter' }, 'typescript')
	);
});

describe('programText()', () => {
	it.each([...LABEL_OPTIONS.map(({ value }) => value), 'log' as ExtraLabel])(
		'writes a TypeScript program with the label %s that runs without a problem',
		async (label) => {
			const evidence = await lived({ label, kind: 'histogram' }, 30);
			expect(evidence.problems).toEqual([]);
			for (const name of labelNames(label))
				expect(valuesOf(evidence, name).size).toBeGreaterThan(0);
		}
	);

	it('counts every request that was answered, whatever the label', async () => {
		const evidence = await lived({ label: 'plan', kind: 'counter' });
		const counted = evidence.pages
			.flatMap(({ samples }) => samples)
			.filter(({ labels }) => labels.includes('http_requests_total'))
			.reduce((sum, { value }) => sum + value, 0);
		expect(counted).toBe(evidence.truth.reduce((sum, { count }) => sum + count, 0));
		expect([...valuesOf(evidence, 'plan')].sort()).toEqual(['free', 'pro', 'team']);
	});

	it('meets 402 users in the first 15 s at 50 requests a second, and their requests make 474 series', async () => {
		const evidence = await lived({ label: 'user_id', kind: 'counter' }, 15);
		expect(valuesOf(evidence, 'user_id').size).toBe(402);
		expect(samplesOf(evidence, 'http_requests_total')).toBe(474);
	});

	it('adds ten buckets and more for each child of a histogram', async () => {
		const evidence = await lived({ label: 'none', kind: 'histogram' });
		const children = samplesOf(evidence, 'http_requests_total');
		expect(samplesOf(evidence, 'http_request_duration_seconds_bucket')).toBe(9 * children);
	});

	it.each([4, 8, 16, 32])(
		'makes a histogram with %i edges, and one more for all',
		async (edges) => {
			const evidence = await lived({ label: 'none', kind: 'histogram', edges }, 15);
			const children = samplesOf(evidence, 'http_requests_total');
			expect(evidence.problems).toEqual([]);
			expect(samplesOf(evidence, 'http_request_duration_seconds_bucket')).toBe(
				(edges + 1) * children
			);
		}
	);

	it.each(['user_id', 'path', 'request_id'] as const)('fills up %s to a length', async (label) => {
		const evidence = await lived({ label, kind: 'counter', valueLength: 128 }, 15);
		expect(evidence.problems).toEqual([]);
		expect(new Set([...valuesOf(evidence, label)].map(({ length }) => length))).toEqual(
			new Set([128])
		);
	});

	it('names the same labels in Python', () => {
		for (const { value: label } of LABEL_OPTIONS) {
			const text = programText({ label, kind: 'counter' }, 'python');
			const names = labelNames(label);
			expect(text).toContain(`[${names.map((name) => `"${name}"`).join(', ')}]`);
			expect(text).toContain(`.labels(${names.join(', ')}).inc()`);
		}
	});
});

describe('each defusal', () => {
	it.each(DEFUSALS)('$id takes the label out', async ({ from, to }) => {
		for (const label of from) expect(labelNames(to)).not.toContain(label);
		const evidence = await lived({ label: to, kind: 'counter' });
		expect(samplesOf(evidence, 'http_requests_total')).toBeLessThan(60);
	});
});
