/** The lab's thread is gone, or was ended; what had been asked of it will not be answered. */
export class LabGone extends Error {
	override readonly name = 'LabGone';
}

/** What the lab answers; undefined when its thread is gone, which the lab tells everybody on the page itself. */
export async function unlessGone<Result>(run: () => Promise<Result>): Promise<Result | undefined> {
	try {
		return await run();
	} catch (error) {
		if (error instanceof LabGone) return undefined;
		throw error;
	}
}
