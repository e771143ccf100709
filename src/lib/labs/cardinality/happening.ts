import type { Stop } from './stops.ts';
import type { Bill } from './story.ts';

/** What there is to say of this moment, in a line. */
export interface Happening {
	readonly tone: 'good' | 'warn' | 'bad';
	readonly text: string;
	/** Words of a link to what a server would do next. */
	readonly link?: string;
}

interface HappeningInput {
	readonly isUp: boolean;
	readonly bills: readonly Bill[];
	readonly stopped: Stop | undefined;
	/** That live. */
	readonly series: number;
}

const STOPS: Readonly<Record<Stop, string>> = {
	series: 'That is all this tab holds',
	memory: 'The store is as big as this tab lets it become',
	page: 'The page is as big as this tab lets it become'
};

const BEYOND = 'What a server does next';

/** The worst first: a tab that is full, a shop that is not seen, bills that are due. */
export function happening({ isUp, bills, stopped, series }: HappeningInput): Happening {
	const due = bills.filter(({ headline }) => headline !== undefined);
	if (stopped) {
		const text = `${STOPS[stopped]}: ${series.toLocaleString('en')} live series. Time stands still; take the label out, and it goes on.`;
		return { tone: 'warn', text, link: BEYOND };
	}
	const [first] = due;
	if (!isUp) return { tone: 'bad', text: `up is 0: ${first?.headline ?? 'the scrape failed'}.` };
	if (!first) return { tone: 'good', text: 'up is 1: the shop is seen.' };
	const text = `up, but ${due.map(({ headline }) => headline).join('; ')}.`;
	return { tone: 'warn', text, ...(due.some(({ id }) => id === 'memory') && { link: BEYOND }) };
}
