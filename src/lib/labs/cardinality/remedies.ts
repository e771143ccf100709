import { formatValue } from '$lib/charts/numbers.ts';
import { killedAt } from './server.ts';

/** Something that one could do about a server that is killed again and again, and what would come of it. */
export interface Remedy {
	readonly id: 'memory' | 'empty' | 'label' | 'both';
	readonly title: string;
	readonly outcome: string;
	/** Whether it lasts. */
	readonly lasts: boolean;
}

interface RemedyInput {
	/** In its log. */
	readonly series: number;
	/** New ones a minute. */
	readonly growth: number;
	/** Of the server, bytes. */
	readonly memoryLimit: number;
}

/** What each step would do, computed: from the series that there are, those that come, and 8 kB for each, at which a server may be killed. */
export function remedies({ series, growth, memoryLimit }: RemedyInput): readonly Remedy[] {
	const { maybe } = killedAt(memoryLimit);
	const doubled = killedAt(2 * memoryLimit).maybe;
	const again = (room: number) =>
		growth > 0
			? `at ${Math.round(growth).toLocaleString('en')} new series a minute it may be killed again after ${formatValue((Math.max(0, room) / growth) * 60, 'seconds')}`
			: 'with nothing new to come it stays up';
	return [
		{
			id: 'memory',
			title: 'Give it twice the memory',
			outcome: `It replays its log and comes up; ${again(doubled - series)}.`,
			lasts: false
		},
		{
			id: 'empty',
			title: 'Delete the write-ahead log',
			outcome: `It starts at once, and the last two hours of every metric of every service are gone. The label is still there: ${again(maybe)}.`,
			lasts: false
		},
		{
			id: 'label',
			title: 'Take the label out of the code',
			outcome: `No new series come, but ${Math.round(series).toLocaleString('en')} are in its log: it is killed while it replays them, as before.`,
			lasts: false
		},
		{
			id: 'both',
			title: 'Take the label out, and give it memory for once',
			outcome:
				'It replays its log and comes up. Nothing grows, and after two to three hours the head is written to a block and the series that have ended leave memory. Then it can have its old size again.',
			lasts: true
		}
	];
}
