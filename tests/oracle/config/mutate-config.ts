import type { Chance } from '../chance.ts';

const PIECES = [
	' ',
	'  ',
	':',
	'- ',
	'\n',
	'"',
	"'",
	'[',
	']',
	'{',
	'}',
	',',
	'#',
	'&a ',
	'*a',
	'!x ',
	'|',
	'>',
	'%',
	'\t',
	'<<: ',
	'null',
	'~',
	'---\n',
	'x',
	'0',
	'?',
	'\\'
];

/** The text, damaged in a place or three as people and their tools damage texts. */
export function mutateConfig(chance: Chance, text: string): string {
	let damaged = text;
	for (let i = chance.below(3); i >= 0; i--) damaged = mutateOnce(chance, damaged);
	return damaged;
}

function mutateOnce(chance: Chance, text: string): string {
	const at = chance.below(text.length + 1);
	const lines = text.split('\n');
	const line = chance.below(lines.length);
	switch (chance.below(6)) {
		case 0:
			return text.slice(0, at) + text.slice(at + 1 + chance.below(4));
		case 1:
			return text.slice(0, at) + chance.pick(PIECES) + text.slice(at);
		case 2:
			return lines.toSpliced(line, 1).join('\n');
		case 3:
			return lines.toSpliced(line, 0, chance.pick(lines)).join('\n');
		case 4:
			return lines.with(line, ` ${lines[line] ?? ''}`).join('\n');
		default:
			return lines.with(line, (lines[line] ?? '').replace(/^ {1,2}/, '')).join('\n');
	}
}
