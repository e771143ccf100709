import type { Answer } from './answer.ts';
import { compareAnswers } from './compare.ts';
import type { Asked } from './judge.ts';
import type { QueryTree } from './query-tree.ts';
import type { TestQuery } from './random-query.ts';

/** How often Prometheus is asked at each step, because some orders are random there, too. */
const ATTEMPTS = 200;

/** The instant queries at the steps of a range query; none if it is an instant query. */
export function instantQueries(query: TestQuery, base: number): TestQuery[] {
	const steps: TestQuery[] = [];
	const tree = withBounds(query.tree, query, base);
	for (let at = query.start; query.step > 0 && at <= query.end; at += query.step) {
		steps.push({ ...query, tree, start: at, end: at, step: 0 });
	}
	return steps;
}

/** The tree with numbers in place of what depends on the bounds of the query. */
function withBounds(tree: QueryTree, query: TestQuery, base: number): QueryTree {
	const { start, end, step } = query;
	const numbers: Readonly<Record<string, number>> = {
		start: base + start,
		end: base + end,
		range: end - start,
		step
	};
	const number = (_: string, name: string) => String((numbers[name] as number) / 1000);
	const pieces = tree.pieces.map((piece) => {
		if (typeof piece === 'string') return piece.replace(/\b(start|end|range|step)\(\)/g, number);
		return typeof piece === 'number' ? piece : withBounds(piece, query, base);
	});
	return { type: tree.type, pieces };
}

/**
 * Whether a range answer is at each step, to the last bit, what Prometheus answers there to the instant query, and has the annotations of all
 * of these. In a range query it collects the results of operators and of many functions in a Go map (promql/engine.go, rangeEval), so that
 * what adds them up rounds at random, and what has to choose among equals chooses at random. In an instant query most orders are fixed,
 * and they are ours. For answers that vary.
 */
export async function agreesAtEachStep({ prometheus, data, query, ours }: Asked): Promise<boolean> {
	const steps = instantQueries(query, data.base);
	if (steps.length === 0) return false;
	const answers = await prometheus.answers(data, steps, ATTEMPTS);
	const isOne = ({ start }: TestQuery, i: number) => {
		const mine = atTime(ours, data.base + start);
		const theirs = answers[i] as Answer[];
		return theirs.some((one) => !compareAnswers(mine, { ...one, warnings: [], infos: [] }, 'none'));
	};
	return steps.every(isOne) && haveSameAnnotations(ours, answers);
}

function haveSameAnnotations(ours: Answer, theirs: readonly (readonly Answer[])[]): boolean {
	return (['warnings', 'infos'] as const).every((level) => {
		const union = new Set(theirs.flatMap((answers) => (answers[0] as Answer)[level].map(unplaced)));
		const mine = new Set(ours[level].map(unplaced));
		return mine.size === union.size && [...mine].every((text) => union.has(text));
	});
}

/** An annotation without its place in the query, which moves where bounds became numbers. */
function unplaced(text: string): string {
	return text.replace(/ \(\d+:\d+\)$/, '');
}

/** The part of a range answer that belongs to one step, as an instant answer has it. */
function atTime(answer: Answer, time: number): Answer {
	const series = answer.series.map(({ labels, floats, histograms }) => ({
		labels,
		floats: floats.filter((point) => point.time === time),
		histograms: histograms.filter((point) => point.time === time)
	}));
	return {
		error: answer.error,
		type: 'vector',
		series: series.filter(({ floats, histograms }) => floats.length + histograms.length > 0),
		warnings: [],
		infos: []
	};
}
