import type { Row } from './side-by-side.ts';

const WIDTHS = { query: 72, number: 11 };

/** The heading of the table of `formatRow`. */
export function tableHead(): string {
	return line('query', 'steps', 'theirs ms', 'ours ms', 'ratio', 'answers');
}

export function formatRow({ query, steps, theirs, ours, ratio, agreement }: Row): string {
	const answers = {
		same: () => 'same bits',
		close: (gap: number) => `order of addition (${gap.toExponential(1)})`
	};
	const verdict =
		agreement.kind === 'same'
			? answers.same()
			: agreement.kind === 'close'
				? answers.close(agreement.difference)
				: `DIFFERENT: ${agreement.what}`;
	return line(query, String(steps), digits(theirs), digits(ours), ratio.toFixed(1), verdict);
}

function line(query: string, ...rest: string[]): string {
	const verdict = rest.pop() as string;
	const numbers = rest.map((text) => text.padStart(WIDTHS.number)).join('');
	return `${query.padEnd(WIDTHS.query)}${numbers}  ${verdict}`;
}

function digits(ms: number): string {
	return ms.toFixed(ms < 1 ? 3 : 2);
}
