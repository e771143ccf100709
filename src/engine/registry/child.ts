import type { LabelValues } from './configuration.ts';
import type { Exemplar } from './exemplar.ts';
import type { TextStyle } from './text-style.ts';

/** One of the lines that every series of a metric is written as: a histogram has one for each bucket, a sum, a count. */
export interface SampleShape {
	/** What the line's name has after the metric's: `_bucket`. */
	readonly suffix: string;
	/** The label that tells the lines of one series apart, as `le` does. */
	readonly label?: { readonly name: string; readonly value: string | number };
	/** Whether the line can carry an exemplar. */
	readonly exemplar?: boolean;
}

/**
 * One series of a metric, as `labels()` hands it out: an object to keep and write to.
 *
 * It is live from its first write, and exposed only then. `remove` and `reset` end it; a write to an ended child
 * begins a new series with its labels, or goes to the child that has done so already (`Metric.enter`).
 */
export abstract class Child {
	live = false;
	readonly labels: LabelValues;
	#style: TextStyle | undefined;
	#prefixes: readonly string[] = [];

	constructor(labels: LabelValues) {
		this.labels = labels;
	}

	/** Gets ready to hold values, all of them zero. */
	abstract begin(): void;
	/** Gives up what it held. */
	abstract end(): void;
	/** Writes its values into `values`, one for each of the metric's shapes. */
	abstract read(values: Float64Array): void;
	/** The exemplar of a line that can carry one. */
	exemplarOf(_shape: number): Exemplar | undefined {
		return undefined;
	}

	/** The labels it is exposed with, besides those of a single line. */
	get exposedLabels(): LabelValues {
		return this.labels;
	}

	/** To be called when `exposedLabels` are others than before. */
	protected changed(): void {
		this.#style = undefined;
	}

	/** The unchanging beginning of each of its lines, kept until the style changes. */
	prefixes(style: TextStyle, make: (labels: LabelValues) => readonly string[]): readonly string[] {
		if (this.#style !== style) {
			this.#prefixes = make(this.exposedLabels);
			this.#style = style;
		}
		return this.#prefixes;
	}
}
