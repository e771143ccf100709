import type { Chapter } from './lesson.ts';

/** A chapter's place on the map, in columns and in parts of its column's height. */
export interface Station {
	readonly slug: string;
	/** How many chapters lie before it on the longest way there. */
	readonly column: number;
	/** The middle of its place, from 0 at the top to 1 at the bottom. */
	readonly y: number;
}

/** A way from a chapter to one that builds on it. */
export interface Way {
	readonly from: Station;
	readonly to: Station;
}

export interface MapLayout {
	readonly columns: number;
	/** The most stations in one column. */
	readonly rows: number;
	readonly stations: readonly Station[];
	readonly ways: readonly Way[];
}

type Placed = Pick<Chapter, 'slug' | 'after'>;

/** Where each chapter lies on the map: to the right of all that it builds on. Chapters that are not there are not waited for. */
export function layOut(chapters: readonly Placed[]): MapLayout {
	const depths = depthsOf(chapters);
	const columns = Math.max(0, ...depths.values()) + 1;
	const inColumn = Array.from({ length: columns }, (_, column) =>
		chapters.filter(({ slug }) => depths.get(slug) === column)
	);
	const stations = inColumn.flatMap((some, column) =>
		some.map(({ slug }, i) => ({ slug, column, y: (i + 0.5) / some.length }))
	);
	const bySlug = new Map(stations.map((station) => [station.slug, station]));
	const ways = chapters.flatMap(({ slug, after }) =>
		after.flatMap((before) => {
			const [from, to] = [bySlug.get(before), bySlug.get(slug)];
			return from && to ? [{ from, to }] : [];
		})
	);
	return { columns, rows: Math.max(...inColumn.map((some) => some.length)), stations, ways };
}

/** Chapters are in an order in which each comes after what it builds on, so one pass is enough. */
function depthsOf(chapters: readonly Placed[]): Map<string, number> {
	const depths = new Map<string, number>();
	for (const { slug, after } of chapters) {
		depths.set(slug, Math.max(0, ...after.map((before) => (depths.get(before) ?? -1) + 1)));
	}
	return depths;
}
