import type { PythonSignature } from './python-help-answers.ts';

/** How a call is written, and where in that its parameters stand: offsets, the end exclusive. */
export function signatureLabel({ name, params }: Pick<PythonSignature, 'name' | 'params'>): {
	readonly label: string;
	readonly parameters: readonly (readonly [from: number, to: number])[];
} {
	let label = `${name}(`;
	const parameters = params.map((param, i) => {
		if (i > 0) label += ', ';
		const from = label.length;
		label += param;
		return [from, label.length] as const;
	});
	return { label: `${label})`, parameters };
}
