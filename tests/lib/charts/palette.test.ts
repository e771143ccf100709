import { readFileSync } from 'node:fs';
import { lab, rgb } from 'd3';
import { describe, expect, test } from 'vitest';
import { assignStyles, COLOR_COUNT, MEASURED_STYLE, TRUTH_STYLE } from '$lib/charts/palette.ts';
import { series } from './example.ts';

const tokens = readFileSync(new URL('../../../src/lib/ui/tokens.css', import.meta.url), 'utf8');

const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];
type Linear = readonly [number, number, number];

/** A colour token in a theme, as linear light. */
function color(name: string, theme: Theme): Linear {
	const pair = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(tokens);
	const { r, g, b } = rgb(pair?.[theme === 'light' ? 1 : 2] ?? '');
	return [linear(r), linear(g), linear(b)];
}

function linear(channel: number): number {
	const share = channel / 255;
	return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function luminance([r, g, b]: Linear): number {
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast as WCAG 2 defines it. */
function contrast(a: Linear, b: Linear): number {
	const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
	return (light + 0.05) / (dark + 0.05);
}

/** How the three kinds of colour-blind readers see a colour: Machado, Oliveira and Fernandes (2009), severity 1. */
const VIEWS: Readonly<Record<string, readonly number[]>> = {
	'full colour': [1, 0, 0, 0, 1, 0, 0, 0, 1],
	protanopia: [
		0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998
	],
	deuteranopia: [
		0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881
	],
	tritanopia: [
		1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039
	]
};

function seenAs(color: Linear, view: readonly number[]): Linear {
	const row = (i: number) =>
		color.reduce((sum, channel, j) => sum + channel * (view[3 * i + j] as number), 0);
	return [row(0), row(1), row(2)];
}

/** Distance in CIELAB. */
function distance(a: Linear, b: Linear): number {
	const [x, y] = [a, b].map((one) => lab(rgb(...(one.map(gamma) as [number, number, number]))));
	return x && y ? Math.hypot(x.l - y.l, x.a - y.a, x.b - y.b) : NaN;
}

function gamma(light: number): number {
	const clamped = Math.min(1, Math.max(0, light));
	return 255 * (clamped <= 0.0031308 ? 12.92 * clamped : 1.055 * clamped ** (1 / 2.4) - 0.055);
}

const SERIES = Array.from({ length: COLOR_COUNT }, (_, i) => `series-${i + 1}`);
const GRAPHICS = ['truth', 'measured', ...SERIES];
const TEXT = ['ink', 'ink-soft', 'truth', 'measured', 'bad', 'warn', 'good', 'info'];
const PAPERS = ['paper', 'paper-sunk'];

describe.each(THEMES)('colours of the %s theme', (theme) => {
	const onPaper = (name: string) =>
		Math.min(...PAPERS.map((paper) => contrast(color(name, theme), color(paper, theme))));

	test.each(GRAPHICS)('%s stands out as a line (WCAG 1.4.11)', (name) => {
		expect(onPaper(name)).toBeGreaterThanOrEqual(3);
	});

	test.each(TEXT)('%s is readable as text (WCAG 1.4.3)', (name) => {
		expect(onPaper(name)).toBeGreaterThanOrEqual(4.5);
	});

	test('the borders of controls stand out (WCAG 1.4.11)', () => {
		expect(onPaper('border')).toBeGreaterThanOrEqual(3);
	});

	// About eight times what an eye can just tell apart side by side (2.3 in CIELAB).
	test.each(Object.entries(VIEWS))('every two lines differ in %s', (_, view) => {
		const seen = GRAPHICS.map((name) => seenAs(color(name, theme), view));
		const distances = seen.flatMap((a, i) => seen.slice(i + 1).map((b) => distance(a, b)));
		expect(Math.min(...distances)).toBeGreaterThanOrEqual(18);
	});
});

describe('assignStyles()', () => {
	const many = (count: number) =>
		Array.from({ length: count }, (_, i) => series([1], { record: { instance: `shop-${i}` } }));
	const looks = (count: number) =>
		[...assignStyles(many(count)).values()].map(({ color, dash }) => `${color} ${dash.join()}`);

	test('gives what is true and what is measured their own colours', () => {
		const seen = series([1], { record: { job: 'shop' } });
		const truth = series([1], { role: 'truth' });
		const styles = assignStyles([seen, truth]);
		expect(styles.get(seen.key)).toEqual(MEASURED_STYLE);
		expect(styles.get(truth.key)).toEqual(TRUTH_STYLE);
	});

	test('does not depend on order', () => {
		const forwards = assignStyles(many(20));
		const backwards = assignStyles(many(20).reverse());
		for (const [key, style] of forwards) expect(backwards.get(key)).toEqual(style);
	});

	test('gives four series four colours and four dashes', () => {
		const styles = [...assignStyles(many(4)).values()];
		expect(new Set(styles.map(({ color }) => color)).size).toBe(4);
		expect(new Set(styles.map(({ dash }) => dash.join())).size).toBe(4);
	});

	test('gives eight series eight colours', () => {
		const colors = [...assignStyles(many(8)).values()].map(({ color }) => color);
		expect(new Set(colors).size).toBe(8);
	});

	test('gives 32 series looks of their own', () => {
		expect(new Set(looks(32)).size).toBe(32);
	});

	test('repeats looks past that', () => {
		expect(looks(100)).toHaveLength(100);
	});

	test('leaves a series the style it comes with', () => {
		const own = { ...series([1]), style: { color: '--truth', dash: [], width: 1 } as const };
		expect(assignStyles([own, ...many(2)]).get(own.key)).toEqual(own.style);
	});
});
