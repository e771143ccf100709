import { area, line, scaleLinear, scaleLog } from 'd3';
import type { Timestamp } from '#engine/model';
import { formatValue, type Unit } from '$lib/charts/numbers.ts';
import { valueAxis } from '$lib/charts/value-axis.ts';
import type { TimeRange } from '$lib/charts/series.ts';
import type { BandPoint, ChartLine, ChartPoint, ChartSpec } from './chart-spec.ts';

/** A small chart worked out in pixels. */
export interface ChartGeometry {
	readonly ticks: readonly { readonly y: number; readonly text: string }[];
	/** SVG paths, in the order of the lines. */
	readonly lines: readonly string[];
	readonly band: string;
	readonly outline: string;
	readonly truth: string;
	readonly ahead: { readonly line: string; readonly band: string } | undefined;
	/** Undefined where the threshold is far above everything. */
	readonly threshold: number | undefined;
}

export interface ChartSize {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

/** A threshold this many times above all values is not on the axis: it would press them flat. */
const FAR = 4;

/** Works out a chart on a linear or a logarithmic value axis. */
export function geometry(
	spec: ChartSpec,
	range: TimeRange,
	size: ChartSize,
	isLog: boolean
): ChartGeometry {
	const values = allValues(spec);
	const highest = Math.max(0, ...values);
	const { threshold } = spec;
	const isNear = threshold !== undefined && (isLog || threshold.value <= highest * FAR);
	const top = Math.max(highest, isNear ? threshold.value : 0) || 1;
	const lowest = Math.min(top / 10, ...values.filter((value) => value > 0));
	const axis = valueAxis([0, top], spec.unit, 2);
	const y = isLog
		? scaleLog()
				.domain([lowest, top * 1.3])
				.range([size.bottom, size.top])
				.clamp(true)
		: scaleLinear().domain(axis.domain).range([size.bottom, size.top]);
	const ticks = isLog
		? logTicks([lowest, top * 1.3], spec.unit)
		: fewTicks(axis.ticks.map(valueOf));
	const x = scaleLinear().domain(range).range([size.left, size.right]);
	const place = { x: (at: Timestamp) => x(at), y: (value: number) => y(value) };
	return {
		ticks: ticks.map((value) => ({
			y: y(value),
			text: formatValue(value, spec.unit)
		})),
		lines: spec.lines.map(({ points }) => linePath(points, place)),
		band: bandPath(spec.band?.points ?? [], place),
		outline: linePath(spec.outline?.points ?? [], place),
		truth: linePath(spec.truth?.points ?? [], place),
		ahead: spec.ahead && {
			line: linePath(spec.ahead.line, place),
			band: bandPath(spec.ahead.band, place)
		},
		threshold: isNear ? y(threshold.value) : undefined
	};
}

function allValues({ lines, outline, truth, band, ahead }: ChartSpec): number[] {
	const defined = (points: readonly ChartPoint[]) =>
		points.flatMap(([, value]) => (value === undefined ? [] : [value]));
	return [
		...lines.flatMap(({ points }) => defined(points)),
		...defined(outline?.points ?? []),
		...defined(truth?.points ?? []),
		...(band?.points ?? []).flatMap(({ low, high }) => [low, high]),
		...defined(ahead?.line ?? []),
		...(ahead?.band ?? []).flatMap(({ low, high }) => [low, high])
	];
}

/** Zero and at the most two more: rows are low. */
function fewTicks(values: readonly number[]): readonly number[] {
	const stride = Math.max(1, Math.ceil((values.length - 1) / 2));
	return values.filter((_, i) => i % stride === 0);
}

function valueOf({ value }: { readonly value: number }): number {
	return value;
}

/** At most three powers, of the largest base that has two in reach: of ten, or of what bytes are written in. */
function logTicks(reach: readonly [number, number], unit: Unit): readonly number[] {
	const bases = unit === 'bytes' ? [32, 4, 2] : [10, 2];
	const found = bases.map((base) => powersWithin(reach, base));
	const powers = found.find(({ length }) => length > 1) ?? found.at(-1) ?? [];
	const stride = Math.max(1, Math.ceil(powers.length / 3));
	return powers.filter((_, i) => (powers.length - 1 - i) % stride === 0);
}

function powersWithin([low, high]: readonly [number, number], base: number): readonly number[] {
	const power = (value: number) => Math.log(value) / Math.log(base);
	const first = Math.ceil(power(low));
	const length = Math.max(0, Math.floor(power(high)) - first + 1);
	return Array.from({ length }, (_, i) => base ** (first + i));
}

interface Place {
	readonly x: (at: Timestamp) => number;
	readonly y: (value: number) => number;
}

function linePath(points: readonly ChartPoint[], { x, y }: Place): string {
	const draw = line<ChartPoint>()
		.defined(([, value]) => value !== undefined)
		.x(([at]) => x(at))
		.y(([, value]) => y(value as number))
		.digits(1);
	return draw(points) ?? '';
}

function bandPath(points: readonly BandPoint[], { x, y }: Place): string {
	const draw = area<BandPoint>()
		.x(({ at }) => x(at))
		.y0(({ low }) => y(low))
		.y1(({ high }) => y(high))
		.digits(1);
	return points.length > 0 ? (draw(points) ?? '') : '';
}

/** The chart in a sentence: where its first line is now, how high it has been, and what is crossed. */
export function sentence(spec: ChartSpec): string {
	const first = spec.lines[0] ?? spec.truth;
	const values = valuesOf(first);
	const last = first?.points.at(-1)?.[1];
	if (!first || values.length === 0) return `${spec.title}: nothing measured yet.`;
	const say = (value: number) => formatValue(value, spec.unit);
	const parts = [
		last === undefined ? `${first.label} has a gap now` : `${first.label} ${say(last)} now`,
		`highest ${say(Math.max(...values))}`
	];
	const { threshold, band, outline } = spec;
	const server = band?.points.at(-1);
	if (band && server)
		parts.push(`${band.label} ${say(server.low)} to ${say(server.high)}, computed`);
	if (outline) {
		parts.push(`${outline.label} up to ${say(Math.max(0, ...valuesOf(outline)))}, computed`);
	}
	if (threshold) parts.push(`${threshold.label} at ${say(threshold.value)}`);
	return `${spec.title}: ${parts.join('; ')}.`;
}

function valuesOf(line: ChartLine | undefined): number[] {
	return line?.points.flatMap(([, value]) => (value === undefined ? [] : [value])) ?? [];
}
