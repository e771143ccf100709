/** A pair of columns over the steps of a grid: values, and the mask that says which count. Contents are arbitrary at first. */
export interface StepBuffer {
	readonly values: Float64Array;
	readonly present: Uint8Array;
}

/** Columns of one length, handed out and taken back, so that a fold over a thousand series needs one pair of them. */
export interface StepBuffers {
	take(): StepBuffer;
	giveBack(buffer: StepBuffer): void;
}

export function createStepBuffers(count: number): StepBuffers {
	const free: StepBuffer[] = [];
	return {
		take: () => free.pop() ?? { values: new Float64Array(count), present: new Uint8Array(count) },
		giveBack: (buffer) => {
			free.push(buffer);
		}
	};
}

/** How many steps of a mask are present. */
export function countPresent(present: Uint8Array): number {
	let count = 0;
	for (let i = 0; i < present.length; i++) count += present[i] as number;
	return count;
}
