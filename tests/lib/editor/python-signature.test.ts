import { expect, it } from 'vitest';
import { signatureLabel } from '../../../src/lib/editor/python-signature.ts';

it.each([
	['f', [], 'f()'],
	['Counter', ['name: str', 'unit: str=""'], 'Counter(name: str, unit: str="")'],
	['f', ['a', 'a'], 'f(a, a)']
])('signatureLabel() of %s(%s) says where its parameters stand', (name, params, expected) => {
	const { label, parameters } = signatureLabel({ name, params });
	expect(label).toBe(expected);
	expect(parameters.map(([from, to]) => label.slice(from, to))).toEqual(params);
	expect(parameters.map(([from]) => from)).toEqual([...new Set(parameters.map(([from]) => from))]);
});
