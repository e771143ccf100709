import { metricName, type Labels, type SeriesColumns, type Timestamp } from '#engine/model';
import { PageError } from '../page-error.ts';

/** The samples of one series as a text has them, in any order, each with the offset of its line. */
export class SampleColumn {
	readonly labels: Labels;
	readonly #times: number[] = [];
	readonly #values: number[] = [];
	readonly #offsets: number[] = [];

	constructor(labels: Labels) {
		this.labels = labels;
	}

	get name(): string {
		return metricName(this.labels);
	}

	add(time: Timestamp, value: number, offset: number): void {
		this.#times.push(time);
		this.#values.push(value);
		this.#offsets.push(offset);
	}

	/** In order of time, each time once. Two values at one time are added to the errors, at the line of the later one. */
	finish(errors: PageError[]): SeriesColumns {
		const order = this.#inOrder();
		const times = new Float64Array(order.length);
		const values = new Float64Array(order.length);
		let end = 0;
		for (const i of order) {
			const [time, value] = [this.#times[i]!, this.#values[i]!];
			if (end > 0 && times[end - 1] === time) {
				if (!Object.is(values[end - 1], value)) errors.push(this.#conflict(time, i));
				continue;
			}
			times[end] = time;
			values[end++] = value;
		}
		return { labels: this.labels, times, values, start: 0, end };
	}

	/** The numbers of the samples by time, those of one time as the text has them. */
	#inOrder(): number[] {
		const times = this.#times;
		const order = [...times.keys()];
		const isSorted = times.every((time, i) => i === 0 || times[i - 1]! <= time);
		return isSorted ? order : order.sort((a, b) => times[a]! - times[b]!);
	}

	#conflict(time: Timestamp, i: number): PageError {
		const message = `${this.name} has two different values at ${time / 1000}`;
		return new PageError(message, this.#offsets[i]);
	}
}
