import type { Chance } from '../chance.ts';

/** A line of a page, but for what changes from scrape to scrape. */
export interface Exposed {
	/** Name and labels, as they are written. */
	readonly series: string;
	/** Whether it carries a timestamp. */
	readonly isStamped: boolean;
}

const NAMES = ['a', 'a', 'a', 'b', 'b', 'c', 'up', 'h_count'];
const LABELS: Readonly<Record<string, readonly string[]>> = {
	x: ['1', '1', '2', ''],
	y: ['1', 'long value'],
	job: ['app', 'mine', ''],
	instance: ['here', ''],
	exported_job: ['too'],
	env: ['prod']
};
const VALUES = ['0', '1', '2', '2', '3.5', 'NaN', '+Inf', '-0', '1e300', '0.1'];
const OFFSETS = [
	'+1s',
	'+6s',
	'+6s',
	'+20s',
	'+30s',
	'+50s',
	'+70s',
	'+9m',
	'+20m',
	'-30m',
	'-61m'
];
const BROKEN = ['}', 'a', 'a{x="1",x="2"} 1', '{x="1"} 1', 'a one', 'a{x=1} 1'];
const METADATA = ['# TYPE a counter', '# HELP b Help.', '# a comment', '# TYPE h histogram'];

/** The series that a target shows now and then. */
export function randomExposed(chance: Chance): Exposed[] {
	const isStamping = chance.is(0.3);
	return Array.from({ length: 1 + chance.below(7) }, () => ({
		series: randomSeries(chance),
		isStamped: isStamping && chance.is(0.4)
	}));
}

function randomSeries(chance: Chance): string {
	if (chance.is(0.04)) return '{"m.x"}';
	const labels = Object.entries(LABELS)
		.filter(() => chance.is(0.2))
		.map(([name, values]) => `${name}="${chance.pick(values)}"`);
	if (chance.is(0.5)) labels.reverse();
	return labels.length === 0 ? chance.pick(NAMES) : `${chance.pick(NAMES)}{${labels.join(',')}}`;
}

/** The lines of one page of a target: most of its series, now and then a histogram, metadata, or a fault. */
export function randomLines(
	chance: Chance,
	exposed: readonly Exposed[],
	isSeconds: boolean
): string[] {
	const lines = exposed.filter(() => chance.is(0.75)).map((one) => lineOf(chance, one, isSeconds));
	if (lines.length > 0 && chance.is(0.1)) lines.push(chance.pick(lines));
	if (!isSeconds && chance.is(0.15))
		lines.splice(chance.below(lines.length + 1), 0, chance.pick(METADATA));
	if (chance.is(0.15)) lines.push(...randomHistogram(chance));
	if (chance.is(0.08)) lines.splice(chance.below(lines.length + 1), 0, chance.pick(BROKEN));
	return lines;
}

function lineOf(chance: Chance, { series, isStamped }: Exposed, isSeconds: boolean): string {
	const line = `${series} ${chance.pick(VALUES)}`;
	if (!isStamped || chance.is(0.1)) return line;
	return `${line} {{start${chance.pick(OFFSETS)}${isSeconds ? ' as seconds' : ''}}}`;
}

function randomHistogram(chance: Chance): string[] {
	const [low, more] = [chance.below(4), chance.below(4)];
	const lines = [
		'# TYPE h histogram',
		`h_bucket{le="1.0"} ${low}`,
		`h_bucket{le="2.0"} ${low + more}`,
		`h_bucket{le="+Inf"} ${low + more}`,
		`h_sum ${chance.pick(VALUES)}`,
		`h_count ${low + more}`
	];
	return chance.is(0.2) ? lines.toSpliced(1 + chance.below(5), 1) : lines;
}
