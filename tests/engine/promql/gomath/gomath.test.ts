import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseFloatGo } from '#engine/model';
import { goExp, goExp2 } from '../../../../src/engine/promql/gomath/exp.ts';
import {
	goAcosh,
	goAsinh,
	goAtanh,
	goCosh,
	goSinh,
	goTanh
} from '../../../../src/engine/promql/gomath/hyperbolic.ts';
import {
	goAcos,
	goAsin,
	goAtan,
	goAtan2
} from '../../../../src/engine/promql/gomath/inverse-trigonometric.ts';
import { goLog, goLog10, goLog1p, goLog2 } from '../../../../src/engine/promql/gomath/log.ts';
import { goPow } from '../../../../src/engine/promql/gomath/pow.ts';
import { goCos, goSin, goTan } from '../../../../src/engine/promql/gomath/trigonometric.ts';

const FUNCTIONS: Readonly<Record<string, (a: number, b: number) => number>> = {
	exp: goExp,
	exp2: goExp2,
	log: goLog,
	log2: goLog2,
	log10: goLog10,
	log1p: goLog1p,
	sin: goSin,
	cos: goCos,
	tan: goTan,
	asin: goAsin,
	acos: goAcos,
	atan: goAtan,
	atan2: goAtan2,
	sinh: goSinh,
	cosh: goCosh,
	tanh: goTanh,
	asinh: goAsinh,
	acosh: goAcosh,
	atanh: goAtanh,
	pow: goPow,
	mod: (a, b) => a % b
};

/** Lines of values.go: the name of a function, its arguments, and what Go gives for them. */
const LINES = readFileSync(new URL('values.txt', import.meta.url), 'utf8')
	.trim()
	.split('\n');

describe.each(Object.entries(FUNCTIONS))('%s', (name, compute) => {
	const lines = LINES.filter((line) => line.startsWith(`${name} `));

	it('is known for 50 arguments at least', () => expect(lines.length).toBeGreaterThanOrEqual(50));

	it('gives the float64 that Go gives', () => {
		for (const line of lines) {
			const numbers = line
				.split(' ')
				.slice(1)
				.map((text) => parseFloatGo(text) as number);
			const [a = NaN, b = NaN] = numbers;
			expect(compute(a, b), line).toBe(numbers.at(-1));
		}
	});
});
