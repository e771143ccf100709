import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportSamples } from '../../../src/cli/export.ts';
import { openSource, type Source } from '../../../src/cli/source.ts';
import { ODD_QUERIES, SHOP_QUERIES } from './queries.ts';

/** A world that is lived and exported, and what is asked of it. */
export interface LifePlan {
	readonly name: string;
	/** As the command line takes them. */
	readonly options: Readonly<Record<'world' | 'app' | 'seed' | 'until', string>>;
	readonly queries: readonly string[];
}

/** A life that is over: the lab, and its dump, read back as well. */
export interface Life {
	readonly plan: LifePlan;
	readonly lab: Source;
	readonly readBack: Source;
	/** The path of the dump. */
	readonly dump: string;
}

/** As long as the moments of moments.ts suppose. */
const UNTIL = '20m';

/** The worlds that are lived: healthy ones, one whose orders fail for a while, and two whose instances crash. */
export function lifePlans(seed: number): LifePlan[] {
	const shop = { world: 'shop', app: inLessons('worlds/shop/app.ts'), until: UNTIL };
	const failing = { ...shop, world: beside('failing-shop.yaml') };
	const early = { ...shop, world: beside('early-shop.yaml') };
	const lesson = inLessons('02-types/01-counter-only-up');
	const [first, second] = [String(seed), String(seed + 1)];
	return [
		{ name: 'the shop', options: { ...shop, seed: first }, queries: SHOP_QUERIES },
		{ name: 'the shop', options: { ...shop, seed: second }, queries: SHOP_QUERIES },
		{
			name: 'a lesson, its orders failing',
			options: {
				world: join(lesson, 'world.yaml'),
				app: join(lesson, 'solution/app.ts'),
				seed: first,
				until: UNTIL
			},
			queries: SHOP_QUERIES
		},
		{ name: 'the failing shop', options: { ...failing, seed: first }, queries: SHOP_QUERIES },
		{
			name: 'the early shop, with odd metrics',
			options: { ...early, app: beside('odd-app.ts'), seed: first },
			queries: ODD_QUERIES
		}
	];
}

function inLessons(path: string): string {
	return fileURLToPath(new URL(`../../../lessons/${path}`, import.meta.url));
}

function beside(path: string): string {
	return fileURLToPath(new URL(path, import.meta.url));
}

/** Lives a world in this process, as `lab query` does, and exports it into the folder, as `lab export` does. */
export async function live(plan: LifePlan, folder: string): Promise<Life> {
	mkdirSync(folder, { recursive: true });
	const dump = join(folder, 'dump.om');
	const lab = await openSource(plan.options);
	writeFileSync(dump, await exported(plan.options));
	return { plan, lab, dump, readBack: await openSource({ openmetrics: dump }) };
}

async function exported(options: LifePlan['options']): Promise<string> {
	const pieces: string[] = [];
	const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
	await exportSamples(args, (piece) => void pieces.push(piece));
	return pieces.join('');
}
