/** Parts of the language and the data that the generator can leave out. */
export const PARTS = [
	'histograms',
	'fill',
	'extended',
	'info',
	'start-timestamps',
	'duration-expressions'
] as const;

export type Part = (typeof PARTS)[number];

export type Parts = ReadonlySet<Part>;
