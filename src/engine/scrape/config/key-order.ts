const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;

/**
 * The order that Go's encoder gives the keys of a map: letters after everything else, and digits by the number that they make
 * (go.yaml.in/yaml/v2, sorter.go, keyList.Less).
 */
export function compareKeys(a: string, b: string): number {
	const [left, right] = [[...a], [...b]];
	const length = Math.min(left.length, right.length);
	for (let i = 0; i < length; i++) {
		if (left[i] !== right[i]) return compareAt(left, right, i);
	}
	return left.length - right.length;
}

/** Compares from the first place where the two differ. */
function compareAt(left: readonly string[], right: readonly string[], at: number): number {
	const [a, b] = [left[at] as string, right[at] as string];
	const isLetter = LETTER.test(a);
	if (isLetter !== LETTER.test(b)) return isLetter ? 1 : -1;
	const byCode = (a.codePointAt(0) as number) - (b.codePointAt(0) as number);
	if (isLetter) return byCode;
	// A zero counts only behind digits that make it one.
	const lead = (a === '0' || b === '0') && isInsideNumber(left, at) ? '1' : '';
	const [one, other] = [digitsFrom(left, at), digitsFrom(right, at)];
	return Number(lead + one) - Number(lead + other) || one.length - other.length || byCode;
}

function isInsideNumber(characters: readonly string[], at: number): boolean {
	for (let i = at - 1; i >= 0 && DIGIT.test(characters[i] as string); i--) {
		if (characters[i] !== '0') return true;
	}
	return false;
}

function digitsFrom(characters: readonly string[], from: number): string {
	let end = from;
	while (end < characters.length && DIGIT.test(characters[end] as string)) end++;
	return characters.slice(from, end).join('');
}
