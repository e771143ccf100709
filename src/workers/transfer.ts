/** The distinct buffers behind the typed arrays of some series, to be handed to another thread. Results never share theirs with the store. */
export function buffersOf(series: readonly object[]): ArrayBuffer[] {
	const buffers = new Set<ArrayBuffer>();
	for (const one of series) {
		for (const field of Object.values(one)) {
			if (ArrayBuffer.isView(field)) buffers.add(field.buffer as ArrayBuffer);
		}
	}
	return [...buffers];
}
