import { labelValue, metricName, type Labels } from '#engine/model';
import { annotationText } from './annotations.ts';
import { rangeSpan } from './arguments.ts';
import type { Call } from './ast.ts';
import type { Evaluation } from './evaluation.ts';

/** Asked for every series, so by no expression and no list. */
function isCounterName(name: string): boolean {
	if (name.endsWith('_total') || name.endsWith('_bucket')) return true;
	return name.endsWith('_sum') || name.endsWith('_count');
}

/** Makes what is asked for every series of which there are results: it says that a metric does not look like a counter. */
export function expectCounter(call: Call, { scope }: Evaluation): (labels: Labels) => void {
	const { annotations, features } = scope;
	const say = (text: string | undefined) =>
		text && annotations.add('info', text, rangeSpan(call), call.span);
	if (features.typeAndUnitLabels) {
		return (labels) => {
			const name = metricName(labels);
			if (name !== '') say(doubtOfType(name, labelValue(labels, '__type__')));
		};
	}
	let last = '';
	return (labels) => {
		const name = metricName(labels);
		if (name !== '' && name !== last) say(doubtOfName(name));
		last = name;
	};
}

function doubtOfName(name: string): string | undefined {
	return isCounterName(name) ? undefined : annotationText.possibleNonCounter(name);
}

function doubtOfType(name: string, type: string): string | undefined {
	if (type === 'counter' || type === 'histogram') return undefined;
	return annotationText.possibleNonCounterByLabel(name, type);
}
