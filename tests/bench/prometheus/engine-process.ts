import type { Head } from '#engine/tsdb';
import { makeDataSet, type DataSetName } from './data.ts';
import { peakMemory } from './memory.ts';
import { loadHead, timeQuery, type Answer } from './ours.ts';
import type { Bounds } from './queries.ts';

/** What the process that holds our engine is asked, and what it answers. */
export type Request =
	| { readonly op: 'load'; readonly set: DataSetName }
	| (Asked & { readonly op: 'time'; readonly repeat: number })
	| (Asked & { readonly op: 'answers' })
	| (Asked & { readonly op: 'memory' });

interface Asked {
	readonly set: DataSetName;
	readonly query: string;
	readonly bounds: Bounds;
}

export interface Reply {
	/** Milliseconds of an evaluation, or bytes at the peak of one. */
	readonly figure?: number;
	readonly answers?: readonly Answer[];
}

const heads = new Map<DataSetName, Head>();

function answer(request: Request): Reply {
	if (request.op === 'load') {
		heads.set(request.set, loadHead(makeDataSet(request.set)));
		return {};
	}
	const { set, query, bounds } = request;
	const head = heads.get(set);
	if (!head) throw new Error(`no data set ${set}`);
	switch (request.op) {
		case 'time':
			return { figure: timeQuery(head, query, bounds, request.repeat).ms };
		case 'answers':
			return { answers: timeQuery(head, query, bounds).answers().map(detach) };
		case 'memory':
			return { figure: peakMemory(head, query, bounds) };
	}
}

/** Columns are cut from slabs, which would be sent whole with each of them. */
function detach({ labels, values, present }: Answer): Answer {
	return { labels, values: values.slice(), present: present.slice() };
}

process.on('message', (request: Request) => process.send?.(answer(request)));
