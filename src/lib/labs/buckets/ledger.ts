/** How the same histogram is counted in the two client libraries: Python's adds `_created` to each child. */
export type Client = 'python' | 'typescript';

/** What a histogram costs, in series. */
export interface Cost {
	readonly perChild: number;
	readonly children: number;
	readonly series: number;
}

/** What a service is made of, as far as it multiplies series. */
export interface Fleet {
	readonly endpoints: number;
	readonly instances: number;
	readonly client: Client;
}

/** A series for each edge, one for +Inf, `_sum` and `_count`, and in Python `_created`; for each endpoint of each instance. */
export function classicCost(edgeCount: number, { endpoints, instances, client }: Fleet): Cost {
	return cost(edgeCount + 1 + 2 + (client === 'python' ? 1 : 0), endpoints * instances);
}

/** A native histogram is one series, whatever its resolution. */
export function nativeCost({ endpoints, instances }: Fleet): Cost {
	return cost(1, endpoints * instances);
}

function cost(perChild: number, children: number): Cost {
	return { perChild, children, series: perChild * children };
}
