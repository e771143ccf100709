import { hierarchy, treemap, treemapSquarify } from 'd3';
import type { ApiResponse } from '#engine/api';
import { labelValue } from '#engine/model';
import type { InstantResult } from '#engine/promql';

/** Live series that share a value. */
export interface SeriesGroup {
	readonly value: string;
	readonly count: number;
}

/** A group's place on the map, in pixels, and how its series lie in it: rows of cells, one each. */
export interface GroupTile extends SeriesGroup {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly columns: number;
	readonly rows: number;
}

/** How many groups have a place of their own; the rest share one. */
const MOST = 24;
const SHOP = '{job="shop", endpoint!=""}';

/** The values of a label with most live series of the shop; the report series have no endpoint. */
export function groupsQuery(label: string): string {
	return `topk(${MOST}, count by (${label}) (${SHOP}))`;
}

/** How many live series there are of the shop's own. */
export const TOTAL_QUERY = `count(${SHOP})`;

/** The largest groups first; what is left of the total is one more. */
export function readGroups(
	response: ApiResponse<InstantResult>,
	total: number,
	label: string
): readonly SeriesGroup[] {
	if (response.status !== 'success' || response.data.type !== 'vector') return [];
	const groups = response.data.samples
		.map(({ labels, value }) => ({ value: labelValue(labels, label) || '(none)', count: value }))
		.sort((a, b) => b.count - a.count);
	const rest = total - groups.reduce((sum, one) => sum + one.count, 0);
	return rest > 0 ? [...groups, { value: 'all others', count: rest }] : groups;
}

/** The number that an instant query gave; 0 for an empty answer. */
export function readNumber(response: ApiResponse<InstantResult>): number {
	if (response.status !== 'success' || response.data.type !== 'vector') return 0;
	return response.data.samples[0]?.value ?? 0;
}

/** The groups as tiles whose areas are their numbers of series. */
export function tiles(
	groups: readonly SeriesGroup[],
	width: number,
	height: number
): readonly GroupTile[] {
	if (groups.length === 0 || width <= 0 || height <= 0) return [];
	const root = hierarchy<{ group?: SeriesGroup; children?: { group: SeriesGroup }[] }>({
		children: groups.map((group) => ({ group }))
	}).sum(({ group }) => group?.count ?? 0);
	const laid = treemap<{ group?: SeriesGroup }>()
		.tile(treemapSquarify)
		.size([width, height])
		.paddingInner(2)
		.round(true)(root as never);
	return laid.leaves().flatMap(({ data, x0, y0, x1, y1 }) => {
		const { group } = data;
		if (!group || x1 <= x0 || y1 <= y0) return [];
		const size = { width: x1 - x0, height: y1 - y0 };
		return [{ ...group, x: x0, y: y0, ...size, ...cells(group.count, size.width, size.height) }];
	});
}

/** As many rows and columns as make cells nearly square, with room for `count`. */
function cells(count: number, width: number, height: number): { columns: number; rows: number } {
	const columns = Math.max(1, Math.ceil(Math.sqrt((count * width) / height)));
	return { columns, rows: Math.max(1, Math.ceil(count / columns)) };
}
