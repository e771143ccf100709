import type { Completion } from '@codemirror/autocomplete';

/** Windows worth offering: from a few scrapes to an hour. */
const WINDOWS = ['1m', '5m', '15m', '1h'];

/** The windows to offer where the text before the cursor has just opened brackets, shortest first. */
export function windowsAfter(before: string): Completion[] {
	if (!/[\w:})]\s*\[$/.test(before)) return [];
	return WINDOWS.map((label, i) => ({ label, type: 'text', boost: -i }));
}

/** Where only a counter makes sense. */
const WANTS_COUNTER = /\b(?:rate|increase|irate|resets)\s*\(\s*[\w:]*$/i;

/** Units of a duration, those of windows first. */
const UNITS = ['m', 's', 'h', 'd', 'w', 'ms', 'y'];

/** After a number in brackets. */
const WANTS_UNIT = /\[[^\]]*\d\w*$/;

/** CodeMirror's bounds of a boost. */
const [FIRST, LAST] = [99, -99];

/**
 * The option with its rank for where the text before the cursor leaves off: counters lead in `rate(`, minutes after a
 * number in brackets, and `__name__` is a last resort.
 */
export function ranked(option: Completion, before: string): Completion {
	if (option.label === '__name__') return { ...option, boost: LAST };
	const unit = WANTS_UNIT.test(before) ? UNITS.indexOf(option.label) : -1;
	if (unit >= 0) return { ...option, boost: -unit };
	const isCounter = option.type === 'constant' && option.detail === 'counter';
	return isCounter && WANTS_COUNTER.test(before) ? { ...option, boost: FIRST } : option;
}
