import { expect, it } from 'vitest';
import { splitAnnotations } from '../../../src/engine/api/annotations.ts';

function warnings(count: number): { level: 'warning'; text: string }[] {
	return Array.from({ length: count }, (_, i) => ({ level: 'warning', text: `w${i}` }));
}

it('splitAnnotations tells warnings and infos apart, each once', () => {
	const info = { level: 'info', text: 'i' } as const;
	expect(splitAnnotations([info, ...warnings(2), info, ...warnings(1)])).toEqual({
		warnings: ['w0', 'w1'],
		infos: ['i']
	});
});

it('splitAnnotations leaves out what exceeds ten of a kind, and says so', () => {
	expect(splitAnnotations(warnings(10)).warnings).toHaveLength(10);
	const { warnings: texts } = splitAnnotations(warnings(13));
	expect(texts).toHaveLength(11);
	expect(texts.at(-1)).toBe('3 more warning annotations omitted');
});
