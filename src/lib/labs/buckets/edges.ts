/** Bucket edges in seconds, strictly ascending; +Inf is not listed, it is always there. */
export type Edges = readonly number[];

/** Edges by their name. */
export interface EdgePreset {
	readonly id: string;
	readonly label: string;
	readonly edges: Edges;
}

/** The most edges that the lab lets a learner have. */
export const MOST_EDGES = 24;

/** The narrowest and the widest edge, in seconds. */
export const EDGE_RANGE = { min: 0.0001, max: 120 } as const;

/** What a client library or a first guess would give, the edges that the lab opens on first. */
export const EDGE_PRESETS: readonly [EdgePreset, ...EdgePreset[]] = [
	{ id: 'common', label: 'A common guess', edges: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] },
	{
		id: 'python',
		label: 'prometheus_client default',
		edges: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
	},
	{
		id: 'typescript',
		label: 'prom-client default',
		edges: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
	},
	{
		id: 'linear',
		label: 'Linear 0.1 … 1 s',
		edges: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
	},
	{
		id: 'exponential',
		label: 'Exponential, 5 ms × 2, 12',
		edges: Array.from({ length: 12 }, (_, i) => 0.005 * 2 ** i)
	},
	// Found by search: within 4 % of p50, p95 and p99 of the web shop, the cache and the timeout cliff alike.
	{ id: 'tuned', label: 'Tuned, 8 edges', edges: [0.004, 0.005, 0.07, 0.1, 0.22, 0.28, 0.33, 30] }
];

/** The edges of a preset; throws for an id that none has. */
export function edgesOf(id: string): Edges {
	const preset = EDGE_PRESETS.find((one) => one.id === id);
	if (!preset) throw new Error(`no edge preset ${id}`);
	return preset.edges;
}

/** Three digits: finer than anybody places an edge, and short in code. */
export function roundEdge(value: number): number {
	return Number(value.toPrecision(3));
}

/** Edges in order, each within its range and there once, and not more than fit. */
export function tidyEdges(edges: readonly number[]): Edges {
	const usable = edges.filter((edge) => edge >= EDGE_RANGE.min && edge <= EDGE_RANGE.max);
	return [...new Set(usable)].sort((a, b) => a - b).slice(0, MOST_EDGES);
}

/** The place of an edge that is dragged or typed: it stays between its neighbours, however far the hand goes. */
export function moveEdge(edges: Edges, at: number, to: number): Edges {
	if (at < 0 || at >= edges.length || Number.isNaN(to)) return edges;
	const below = edges[at - 1];
	const above = edges[at + 1];
	const least = below === undefined ? EDGE_RANGE.min : nextUp(below);
	const most = above === undefined ? EDGE_RANGE.max : nextDown(above);
	const moved = Math.min(most, Math.max(least, to));
	// Neighbours that are as close as edges can be leave no room.
	if (least > most || moved === edges[at]) return edges;
	return edges.with(at, moved);
}

/** The nearest edges of three digits on either side. */
function nextUp(edge: number): number {
	return roundEdge(edge + unitOf(edge));
}

function nextDown(edge: number): number {
	const below = roundEdge(edge - unitOf(edge) / 10);
	return below < edge ? below : roundEdge(edge - unitOf(edge));
}

/** What the third digit of a number counts. */
function unitOf(value: number): number {
	return 10 ** (Math.floor(Math.log10(value)) - 2);
}

/** One more edge; unchanged when it is there already, out of range, or there are too many. */
export function addEdge(edges: Edges, edge: number): Edges {
	return edges.length >= MOST_EDGES ? edges : tidyEdges([...edges, roundEdge(edge)]);
}

/** One edge less. The last one stays: a histogram of +Inf alone knows nothing but a count. */
export function removeEdge(edges: Edges, at: number): Edges {
	return edges.length <= 1 ? edges : edges.filter((_, i) => i !== at);
}

/** Where a new edge would help: in the middle, on a logarithmic scale, of the gap after this edge, or half as far below the first. */
export function edgeAfter(edges: Edges, at: number): number {
	const from = edges[at];
	const to = edges[at + 1];
	if (from === undefined) return roundEdge((edges[0] ?? 0.1) / 2);
	return roundEdge(to === undefined ? from * 2 : Math.sqrt(from * to));
}

const STEPS = [1, 2, 5, 10] as const;

/** The number of the series 1, 2, 5, 10, 20 … nearest to a value, on a logarithmic scale. */
export function nearestRound(value: number): number {
	const exponent = Math.floor(Math.log10(value));
	const candidates = STEPS.map((step) => Number(`${step}e${exponent}`));
	return candidates.reduce((best, one) =>
		distance(one, value) < distance(best, value) ? one : best
	);
}

/** Draws a dragged value to 1, 2, 5, or to `objective` if there is one, where it comes within a factor of exp(reach) of them. */
export function snapEdge(value: number, objective: number | undefined, reach: number): number {
	const places = [nearestRound(value), ...(objective === undefined ? [] : [objective])];
	const [nearest] = places
		.filter((one) => distance(one, value) <= reach)
		.sort((a, b) => distance(a, value) - distance(b, value));
	return nearest ?? roundEdge(value);
}

function distance(a: number, b: number): number {
	return Math.abs(Math.log(a / b));
}
