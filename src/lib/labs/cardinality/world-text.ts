import type { Knobs } from './knobs.ts';

/** How long restarts go on, virtual seconds: longer than anybody looks. */
const RESTARTS_FOR = 6 * 3600;
/** Instances are restarted one after the other, as in a rolling deployment, seconds. */
const ROLL = 5;

/** The lab's world with the knobs that worlds are made from. `world` is the text of lessons/worlds/cardinality/world.yaml. */
export function worldText(
	world: string,
	{
		rate,
		instances,
		exponent,
		pageRate,
		restarts
	}: Pick<Knobs, 'rate' | 'instances' | 'exponent' | 'pageRate' | 'restarts'>
): string {
	const told = [
		['  rate', rate],
		['  instances', instances],
		['exponent', exponent],
		['  page_rate', pageRate]
	] as const;
	const text = told.reduce((before, [name, value]) => withNumber(before, name, value), world);
	return restarts > 0 ? `${text}faults:\n${restartLines(restarts, instances).join('')}` : text;
}

function withNumber(text: string, name: string, value: number): string {
	const place = new RegExp(`(^|[ {])(${name}: )[\\d.]+`, 'm');
	if (!place.test(text)) throw new Error(`the world has no ${name.trim()}`);
	return text.replace(place, `$1$2${value}`);
}

function restartLines(perHour: number, instances: number): string[] {
	const every = 3600 / perHour;
	const rounds = Math.floor(RESTARTS_FOR / every);
	return Array.from({ length: rounds * instances }, (_, i) => {
		const instance = i % instances;
		const at = (Math.floor(i / instances) + 1) * every + instance * ROLL;
		return `  - crash: { at: ${at}s, instance: ${instance + 1}, down_for: 1s }\n`;
	});
}
